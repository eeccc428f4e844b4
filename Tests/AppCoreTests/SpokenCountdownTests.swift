import AppCore
import Domain
import Testing

@Suite("Ends are told at five minutes, one minute and ten seconds")
struct SpokenCountdownTests {
    private typealias Countdown = SpokenCountdown<String>

    private let start = Timestamp(seconds: 1_800_000_000)

    /// What is said from now on by somebody who wakes up exactly when something is due.
    private func run(_ countdown: inout Countdown, for length: Duration) -> [String] {
        var said: [String] = []
        while let next = countdown.nextAt, next <= start + length {
            for announcement in countdown.take(at: next) {
                said.append("\((next - start).wholeSeconds): \(announcement.subject) \(announcement.left.wholeSeconds)")
            }
        }
        return said
    }

    @Test func threeTimesAndNeverInBetween() {
        var countdown = Countdown()
        countdown.follow(["lamp": start + .seconds(400)], at: start)
        #expect(countdown.take(at: start).isEmpty)
        #expect(run(&countdown, for: .seconds(1000)) == ["100: lamp 300", "340: lamp 60", "390: lamp 10"])
        #expect(countdown.nextAt == nil)
    }

    @Test func severalEndsEachForItself() {
        var countdown = Countdown()
        countdown.follow(["lamp": start + .seconds(70), "pen": start + .seconds(65)], at: start)
        #expect(run(&countdown, for: .seconds(1000)) == ["5: pen 60", "10: lamp 60", "55: pen 10", "60: lamp 10"])
    }

    @Test func whatIsPastWhenAnEndBecomesKnownIsNotSaid() {
        var countdown = Countdown()
        countdown.follow(["lamp": start + .seconds(300), "pen": start + .seconds(8)], at: start)
        #expect(countdown.nextAt == start + .seconds(240))
        // Polls say the same again and again.
        countdown.follow(["lamp": start + .seconds(300)], at: start + .seconds(240))
        #expect(countdown.take(at: start + .seconds(240)).map(\.left) == [.seconds(60)])
        countdown.follow(["lamp": start + .seconds(300)], at: start + .seconds(241))
        #expect(countdown.take(at: start + .seconds(242)).isEmpty)
    }

    @Test func afterASleepTheTruthIsSaidOnce() {
        var countdown = Countdown()
        countdown.follow(["lamp": start + .seconds(400)], at: start)
        #expect(countdown.take(at: start + .seconds(355)).map(\.left) == [.seconds(45)])
        #expect(countdown.take(at: start + .seconds(356)).isEmpty)
        #expect(countdown.take(at: start + .seconds(500)).isEmpty)
        #expect(countdown.nextAt == nil)
    }

    @Test func anEndThatIsMovedOrTakenBackIsToldAsItIs() {
        var countdown = Countdown()
        countdown.follow(["lamp": start + .seconds(100)], at: start)
        countdown.follow(["lamp": start + .seconds(200)], at: start + .seconds(20))
        #expect(countdown.nextAt == start + .seconds(140))
        countdown.follow([:], at: start + .seconds(30))
        #expect(countdown.nextAt == nil)
    }
}
