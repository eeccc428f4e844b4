import AppCore
import Domain
import SeededRandom
import Testing
import Text

@Suite("The chat: bounded, folded, and the reader's place kept")
struct ChatLogTests {
    private func log(_ numbers: ClosedRange<Int>) -> ChatLog {
        var log = ChatLog()
        for number in numbers { log.append(Sample.message(number)) }
        return log
    }

    /// What stands at the reader's place.
    private func bottom(_ log: ChatLog) -> String? {
        log.bottomIndex.map { log.entries[$0].message.text.string }
    }

    @Test func noMoreThanItsCapacity() {
        let log = log(1...12_000)
        #expect(log.entries.count == ChatLog.capacity)
        #expect(log.entries.first?.message.text == "line 7001")
        #expect(bottom(log) == "line 12000")
    }

    @Test func theSameSaidAgainIsCounted() {
        var log = ChatLog()
        for number in 1...40 { log.append(Sample.message(number, "🔥")) }
        log.append(Sample.message(41, "hello"))
        log.append(Sample.message(42, "🔥"))
        #expect(log.entries.map(\.count) == [40, 1, 1])
    }

    @Test("What the host or a moderator says is never folded away") func staffIsNotFolded() {
        var log = ChatLog()
        for number in 1...3 {
            var message = Sample.message(number, "welcome")
            message.role = number == 2 ? .moderator : .host
            log.append(message)
        }
        #expect(log.entries.map(\.count) == [1, 1, 1])
    }

    @Test("Unpublishing one of several that are folded leaves the others") func removingARepeat() {
        var log = ChatLog()
        for number in 1...3 { log.append(Sample.message(number, "spam")) }
        log.remove("m2")
        #expect(log.entries.map(\.count) == [2])
        log.remove("m1")
        #expect(log.entries.map(\.count) == [1])
        log.remove("m3")
        #expect(log.entries.isEmpty)
        log.remove("m3")
    }

    @Test func thePlaceIsKeptWhileMessagesArrive() {
        var log = log(1...100)
        log.scroll(by: -10)
        #expect(bottom(log) == "line 90")
        for number in 101...114 { log.append(Sample.message(number)) }
        #expect(bottom(log) == "line 90" && log.unread == 14)
        log.scroll(by: 1)
        #expect(bottom(log) == "line 91" && log.unread == 14)
        log.follow()
        #expect(bottom(log) == "line 114" && log.unread == 0 && log.anchor == nil)
    }

    @Test("When the oldest fall off, the place moves only if it fell off itself") func thePlaceFallsOffLast() {
        var log = log(1...5000)
        log.scroll(by: -4990)
        #expect(bottom(log) == "line 10")
        for number in 5001...5005 { log.append(Sample.message(number)) }
        #expect(bottom(log) == "line 10")
        for number in 5006...5100 { log.append(Sample.message(number)) }
        #expect(bottom(log) == "line 101")
        log.scrollToTop()
        #expect(bottom(log) == "line 101")
    }

    @Test func scrollingPastTheNewestFollowsAgain() {
        var log = log(1...20)
        log.scroll(by: -3)
        #expect(log.anchor != nil)
        log.scroll(by: 3)
        #expect(log.anchor == nil)
        log.scroll(by: -1000)
        #expect(bottom(log) == "line 1")
        log.scroll(by: 1000)
        #expect(log.anchor == nil)
    }

    @Test func anEmptyChatScrollsNowhere() {
        var log = ChatLog()
        log.scroll(by: -1)
        log.scroll(by: 1)
        log.scrollToTop()
        #expect(log.anchor == nil && log.bottomIndex == nil)
    }

    @Test func theLineUnderTheReaderMayBeUnpublished() {
        var log = log(1...20)
        log.scroll(by: -5)
        log.remove("m15")
        #expect(bottom(log) == "line 14")
        for number in 1...14 { log.remove(MessageID("m\(number)")) }
        #expect(bottom(log) == "line 16")
    }

    @Test func whatIsWrittenHereIsPendingUntilTheTimelineHasIt() {
        var log = log(1...2)
        log.append(Sample.message(9, "mine"), isPending: true)
        #expect(log.entries.map(\.isPending) == [false, false, true])
        log.append(Sample.message(3))
        log.append(Sample.message(9, "mine"))
        #expect(log.entries.map(\.message.text.string) == ["line 1", "line 2", "line 3", "mine"])
        #expect(!log.entries.contains { $0.isPending })
    }

    @Test("The answer to a message may come after the message") func theTimelineMayBeFaster() {
        var log = ChatLog()
        log.append(Sample.message(9, "mine"))
        log.append(Sample.message(9, "mine"), isPending: true)
        #expect(log.entries.count == 1 && !log.entries[0].isPending)
    }

    @Test func theSameWrittenTwiceIsTwoMessages() {
        var log = ChatLog()
        log.append(Sample.message(1, "again"), isPending: true)
        log.append(Sample.message(2, "again"), isPending: true)
        log.append(Sample.message(1, "again"))
        #expect(log.entries.map(\.isPending) == [true, false])
        log.append(Sample.message(2, "again"))
        #expect(log.entries.map(\.count) == [2])
    }

    @Test("Any order of arriving, removing and scrolling keeps the log sound", arguments: 0..<5 as Range<UInt64>)
    func anyOrder(seed: UInt64) {
        var random = Seeded(seed)
        var log = ChatLog()
        for step in 0..<1500 {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: log.remove(MessageID("m\(Int.random(in: 0...max(1, step), using: &random))"))
            case 1: log.scroll(by: Int.random(in: -30...30, using: &random))
            case 2 where step % 50 == 0: log.scrollToTop()
            case 3: log.append(Sample.message(step, "again"))
            case 4: log.append(Sample.message(step, "mine"), isPending: true)
            default: log.append(Sample.message(step))
            }
            if let bottom = log.bottomIndex, !log.entries.indices.contains(bottom) { Issue.record("step \(step)") }
        }
        let ordinals = log.entries.map(\.ordinal)
        #expect(zip(ordinals, ordinals.dropFirst()).allSatisfy { $0 < $1 })
        #expect(log.entries.count <= ChatLog.capacity)
        #expect(log.entries.allSatisfy { $0.count >= 1 })
    }
}
