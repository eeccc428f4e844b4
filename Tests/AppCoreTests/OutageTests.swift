import AppCore
import Domain
import Testing
import Text

@Suite("An outage while watching")
struct OutageTests {
    private let now = Sample.now

    /// Watches for `seconds`, the network being there or not.
    private func watch(_ viewer: Rehearsal, _ chronicle: Chronicle, seconds: Int, isOnline: Bool) -> Int {
        var questions = 0
        for _ in 0..<(seconds * 10) {
            var pending = viewer.wait(.milliseconds(100)).questions
            while !pending.isEmpty {
                let query = pending.removeFirst()
                questions += 1
                let time = viewer.state.now
                let effects: [Effect] =
                    switch query {
                    case _ where !isOnline: viewer.fail(query, .lost)
                    case .head: viewer.answer(query, .head(chronicle.head(at: time)))
                    case .segment(_, let number): viewer.answer(query, .segment(chronicle.segment(number, at: time)))
                    case .show: viewer.answer(query, .show(Sample.detail))
                    case .shows: viewer.answer(query, .shows(Sample.shows, nextCursor: nil))
                    default: []
                    }
                pending += effects.questions
            }
        }
        return questions
    }

    @Test("Live again within seconds, the chat complete and in order", arguments: [5, 60, 240])
    func chatIsComplete(seconds: Int) {
        var chronicle = Chronicle()
        chronicle.chatter(1200, from: now - .seconds(10), every: .milliseconds(300))
        let viewer = Rehearsal.watching(chronicle)
        _ = watch(viewer, chronicle, seconds: 10, isOnline: true)
        let asked = watch(viewer, chronicle, seconds: seconds, isOnline: false)
        guard case .offline = viewer.state.connection.status else {
            Issue.record("not offline")
            return
        }
        #expect(asked < 10 + seconds)
        #expect(viewer.state.watch != nil)
        _ = watch(viewer, chronicle, seconds: 8, isOnline: true)
        #expect(viewer.state.connection.isLive)
        let expected = chronicle.events.prefix { $0.at <= viewer.state.now - .seconds(2) }.count
        // Joined with the segment before the open one.
        #expect(viewer.chat == (21...expected).map { "line \($0)" })
    }

    @Test("A server that takes the question and says nothing is noticed before the time-out") func silence() {
        let viewer = Rehearsal.withSchedule()
        #expect(viewer.wait(.seconds(60)).questions.contains { if case .shows = $0 { true } else { false } })
        let asked = viewer.state.schedule[.first].poller.sentAt
        #expect(asked != nil && viewer.state.connection.unansweredSince(at: viewer.state.now) == asked)
        let wakeUps = viewer.wakeUps
        viewer.wait(.seconds(10))
        #expect(viewer.wakeUps - wakeUps <= 1)
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows(Sample.shows, nextCursor: nil))
        #expect(viewer.state.connection.unansweredSince(at: viewer.state.now) == nil)
    }

    @Test("After hours away it begins anew, and keeps what was read") func longAway() {
        var chronicle = Chronicle()
        chronicle.chatter(20, from: now - .seconds(30), every: .seconds(1))
        chronicle.chatter(1500, from: now + .seconds(20), every: .milliseconds(100))
        let viewer = Rehearsal.watching(chronicle)
        _ = watch(viewer, chronicle, seconds: 4, isOnline: true)
        let read = viewer.chat
        _ = watch(viewer, chronicle, seconds: 180, isOnline: false)
        let asked = watch(viewer, chronicle, seconds: 10, isOnline: true)
        #expect(asked < 30)
        #expect(viewer.chat.starts(with: read))
        #expect(viewer.chat.count > read.count && viewer.chat.last == "line 1520")
    }

    @Test("Whatever answers first brings the show back at once") func recoversAtOnce() {
        let viewer = Rehearsal.watching(Chronicle())
        for _ in 0..<12 { viewer.fail(.head("lamps"), .lost) }
        viewer.answer(.follows, .follows([]))
        #expect(viewer.wait(.zero).questions == [.head("lamps")])
    }

    @Test("But not before the server wants to be asked again") func leftAloneForSoLong() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.fail(.head("lamps"), .busy(status: 503, retryAfterSeconds: 60))
        viewer.answer(.follows, .follows([]))
        #expect(!viewer.wait(.seconds(59)).questions.contains(.head("lamps")))
        #expect(viewer.wait(.seconds(2)).questions.contains(.head("lamps")))
    }

    @Test("A storm of 429s is met with ever fewer questions, and never before the time that the server names")
    func storm() {
        let viewer = Rehearsal.watching(Chronicle())
        var asked: [ShopQuery: [Timestamp]] = [:]
        for _ in 0..<6000 {
            var pending = viewer.wait(.milliseconds(100)).questions
            // Somebody is impatient, and the machine sleeps now and then.
            pending += viewer.press(.refresh).questions + viewer.act(.resumed).questions
            for query in pending {
                asked[query, default: []].append(viewer.state.now)
                viewer.fail(query, .busy(status: 429, retryAfterSeconds: 5))
            }
        }
        #expect(asked[.head("lamps")]?.count ?? 0 > 20)
        for (query, times) in asked where query.isPolled {
            for (one, next) in zip(times, times.dropFirst()) { #expect(next - one >= .seconds(5), "\(query)") }
        }
        guard case .refused = viewer.state.connection.status else {
            Issue.record("not refused: \(viewer.state.connection.status)")
            return
        }
    }

    @Test("A question of one's own that fails says nothing of a server that answers the others")
    func twoKindsOfTrouble() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.fail(.orders(cursor: nil), .busy(status: 503, retryAfterSeconds: nil))
        #expect(viewer.state.connection.isLive && !viewer.state.orders.failures.isEmpty)
    }

    @Test func anAnswerToAShowThatWasLeftIsNotTaken() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.press(.back)
        #expect(viewer.state.watch == nil)
        #expect(viewer.answer(.head("lamps"), .head(Chronicle().head(at: now))).isEmpty)
        #expect(viewer.answer(.segment("lamps", 0), .segment(Chronicle().segment(0, at: now))).isEmpty)
        #expect(viewer.state.watch == nil)
    }

    @Test func afterSleepEverythingIsAskedAnew() {
        let viewer = Rehearsal.watching(Chronicle())
        let effects = viewer.act(.resumed)
        #expect(effects.questions.contains(.head("lamps")) && effects.schedules == 1)
    }
}

extension ShopQuery {
    /// Asked again and again by itself, under one name.
    fileprivate var isPolled: Bool { if case .head = self { true } else { false } }
}
