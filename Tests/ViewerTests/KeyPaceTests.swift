import Testing
@testable import Viewer

/// How many keys count, by a clock that the test moves.
@Suite struct KeyPaceTests {
    private let start = ContinuousClock.now

    private func admitted(_ pauses: some Sequence<Duration>) -> Int {
        var (pace, now) = (KeyPace(), start)
        return pauses.count { pause in
            now += pause
            return pace.admitsKey(at: now)
        }
    }

    @Test func aBurstIsBounded() {
        #expect(admitted(Array(repeating: .zero, count: 10)) == 10)
        #expect(admitted(Array(repeating: .zero, count: 10_000)) == KeyPace.burst)
    }

    /// As fast as keyboards repeat, for an hour.
    @Test func aKeyHeldDownAlwaysCounts() {
        #expect(admitted(Array(repeating: .milliseconds(20), count: 180_000)) == 180_000)
    }

    /// A flood that lasts is one flood: no key of it counts after the first ones, at whatever pace it is read.
    @Test(arguments: [1, 2, 5]) func aFloodStaysOne(milliseconds: Int) {
        let count = admitted(Array(repeating: .milliseconds(milliseconds), count: 100_000))
        #expect(count <= 2 * KeyPace.burst)
    }

    @Test func afterASilenceKeysCountAgain() {
        let flood = Array(repeating: Duration.zero, count: 1000)
        #expect(admitted(flood + [.milliseconds(249), .zero]) == KeyPace.burst)
        #expect(admitted(flood + [.milliseconds(250), .zero]) == KeyPace.burst + 2)
        // Each key of the flood begins the silence anew.
        #expect(admitted(flood + Array(repeating: .milliseconds(200), count: 50)) == KeyPace.burst)
    }

    @Test func aWheelMayTurnFaster() {
        var pace = KeyPace()
        #expect((0..<10_000).count { _ in pace.admitsWheelStep(at: start) } == 5 * KeyPace.burst)
    }
}
