import Glibc
import Testing

@testable import Domain

@Suite("Points in time")
struct TimeTests {
    @Test func lengthsAreWholeMillisecondsRoundedDown() {
        #expect(Duration.microseconds(1999).milliseconds == 1)
        #expect(Duration.microseconds(-1).milliseconds == -1)
        #expect(Duration.microseconds(-1999).milliseconds == -2)
        #expect(Duration.seconds(-1).milliseconds == -1000)
        #expect(Duration.milliseconds(-500).wholeSeconds == -1)
        #expect(Duration.milliseconds(1999).wholeSeconds == 1)
        #expect(Duration.zero.milliseconds == 0)
    }

    @Test("Lengths that 64 bits do not hold are clamped, and stay in order") func hugeLengthsAreClamped() {
        let seconds: [Int64] = [
            .min, .min / 1000, -9_223_372_036_854_775, -1, 1, 9_223_372_036_854_775, .max / 1000, .max,
        ]
        let lengths = seconds.map { (Duration.seconds($0) + .milliseconds(999)).milliseconds }
        #expect(lengths == lengths.sorted())
        #expect(lengths.first.map { $0 < 0 } == true)
        #expect(lengths.last.map { $0 > 0 } == true)
    }

    @Test func sumsNeverTrap() {
        let times = [Timestamp.distantPast, Timestamp(milliseconds: 0), .distantFuture]
        let lengths = [Duration.seconds(Int64.min), .zero, .seconds(Int64.max)]
        for time in times {
            for length in lengths {
                _ = time + length
                _ = time - length
            }
            for other in times { _ = time - other }
        }
        #expect(Timestamp.distantPast < Timestamp.distantFuture)
        #expect(Timestamp(milliseconds: 0) + .milliseconds(1500) == Timestamp(milliseconds: 1500))
        #expect(Timestamp(seconds: 2) - Timestamp(milliseconds: 1) == .milliseconds(1999))
    }

    @Test(arguments: [Int64.min, .min / 4, -62_135_596_800_001, 253_402_300_800_000, .max / 4, .max])
    func everyTimeHasALocalForm(milliseconds: Int64) {
        let local = LocalTime(Timestamp(milliseconds: milliseconds))
        #expect((1...12).contains(local.month) && (0...6).contains(local.weekday))
    }

    @Test func wallClocksFollowTheZone() async {
        await #expect(processExitsWith: .success) {
            setZone("UTC")
            #expect(wallClock(1_763_856_000_123) == [2025, 11, 23, 0, 0, 0, 0])
            #expect(wallClock(-1) == [1969, 12, 31, 23, 59, 59, 3])
            setZone("CET-1CEST,M3.5.0,M10.5.0/3")
            #expect(wallClock(1_763_856_000_000) == [2025, 11, 23, 1, 0, 0, 0])
            #expect(wallClock(1_751_328_000_000) == [2025, 7, 1, 2, 0, 0, 2])
            setZone("<+0545>-5:45")
            #expect(wallClock(1_763_856_000_000) == [2025, 11, 23, 5, 45, 0, 0])
            setZone("PST8")
            #expect(wallClock(1_763_856_000_000) == [2025, 11, 22, 16, 0, 0, 6])
        }
    }

    @Test func theDayTurnsAtLocalMidnight() async {
        await #expect(processExitsWith: .success) {
            setZone("CET-1")
            let before = LocalTime(Timestamp(milliseconds: 1_763_852_399_999))
            let after = LocalTime(Timestamp(milliseconds: 1_763_852_400_000))
            #expect(!before.isSameDay(as: after))
            #expect(after.isSameDay(as: LocalTime(Timestamp(milliseconds: 1_763_852_400_001))))
        }
    }
}

/// POSIX zones need no zone files. A process has one zone, so these run in processes of their own.
private func setZone(_ zone: String) {
    setenv("TZ", zone, 1)
    tzset()
}

private func wallClock(_ milliseconds: Int64) -> [Int] {
    let local = LocalTime(Timestamp(milliseconds: milliseconds))
    return [local.year, local.month, local.day, local.hour, local.minute, local.second, local.weekday]
}
