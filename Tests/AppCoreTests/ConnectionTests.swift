import AppCore
import Domain
import Testing
import Text

@Suite("How it stands with a server")
struct ConnectionTests {
    private let now = Sample.now
    private let shows = ShopQuery.shows(ShowFilter(), cursor: nil)

    @Test(
        "Each kind of failure has its word",
        arguments: [
            (ShopFailure.unreachable("no route", mayHaveArrived: false), "offline"),
            (.notUnderstood("a web page"), "troubled"), (.busy(status: 503, retryAfterSeconds: nil), "troubled"),
            (.busy(status: 429, retryAfterSeconds: 5), "refused"), (.unauthorized, "refused"), (.notFound, "live"),
            (.refused(Refusal(code: "gone", message: "gone")), "live"), (.notSent("too long"), "live"),
        ])
    func words(failure: ShopFailure, word: String) {
        var connection = ConnectionState()
        _ = connection.succeeded(.schedule, at: now)
        connection.failed(.schedule, failure, at: now + .seconds(3))
        #expect("\(connection.status)".prefix { $0 != "(" } == word)
        #expect(connection.isAway == (word != "live"))
        #expect(connection.upToDateAt == now)
    }

    @Test("What is shown stays old until it has been asked for again") func catchingUp() {
        let viewer = Rehearsal.withSchedule()
        viewer.wait(.seconds(40))
        let gone = viewer.state.now
        let fresh = viewer.state.connection.upToDateAt
        viewer.fail(shows, .lost)
        viewer.answer(.follows, .follows([]))
        #expect(viewer.state.connection.status == .catchingUp(since: gone))
        #expect(viewer.state.connection.upToDateAt == fresh)
        viewer.answer(shows, .shows(Sample.shows, nextCursor: nil))
        #expect(viewer.state.connection.isLive && viewer.state.connection.upToDateAt == viewer.state.now)
    }

    @Test("In a show it has caught up when no part of the timeline is missing") func catchingUpWithAShow() {
        var chronicle = Chronicle()
        chronicle.chatter(1200, from: now - .seconds(10), every: .milliseconds(300))
        let viewer = Rehearsal.watching(chronicle)
        let asked = viewer.wait(.seconds(2)).questions
        #expect(asked.contains(.head("lamps")))
        viewer.fail(.head("lamps"), .lost)
        viewer.state.now = now + .seconds(120)
        let effects = viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        guard case .catchingUp = viewer.state.connection.status else {
            Issue.record("not catching up: \(viewer.state.connection.status)")
            return
        }
        var pending = effects.questions
        while let query = pending.popLast() {
            guard case .segment(_, let number) = query else { continue }
            pending += viewer.answer(query, .segment(chronicle.segment(number, at: viewer.state.now))).questions
        }
        #expect(viewer.state.connection.isLive)
    }

    @Test("The seconds to the next try are counted down, and then it is tried") func countsDown() throws {
        let viewer = Rehearsal.withSchedule()
        viewer.wait(.seconds(40))
        viewer.fail(shows, .busy(status: 503, retryAfterSeconds: 10))
        let next = try #require(viewer.state.connection.nextTryAt)
        #expect(next - viewer.state.now >= .seconds(10))
        let wakeUps = viewer.wakeUps
        let effects = viewer.wait(next - viewer.state.now)
        #expect(effects.schedules == 1)
        // Once a second, and for what else is due.
        #expect((10...25).contains(viewer.wakeUps - wakeUps))
        #expect(viewer.state.connection.askedAt == next && viewer.state.connection.nextTryAt == nil)
    }

    @Test("A key tries at once, in sight of what failed") func triesNow() {
        let viewer = Rehearsal.withSchedule()
        viewer.wait(.seconds(40))
        for _ in 0..<6 { viewer.fail(shows, .lost) }
        #expect(viewer.press(.refresh).schedules == 1)
        viewer.fail(shows, .lost)
        // A key that is held down is no storm.
        #expect((0..<30).reduce(0) { sum, _ in sum + viewer.press(.refresh).schedules } == 0)
        viewer.state.now = viewer.state.now + .seconds(1)
        #expect(viewer.press(.refresh).schedules == 1)
    }

    @Test("But no key asks sooner than the server wants") func keyRespectsTheServer() {
        let viewer = Rehearsal.withSchedule()
        viewer.wait(.seconds(40))
        viewer.fail(shows, .busy(status: 429, retryAfterSeconds: 48))
        #expect(viewer.press(.refresh).schedules == 0)
        #expect(viewer.state.notice?.text == "The server wants to be left alone for 48 s.")
        #expect(viewer.wait(.seconds(49)).schedules == 1)
    }

    @Test("Two servers are told apart") func oneForEach() {
        var (first, second) = (ConnectionState(), ConnectionState())
        _ = first.succeeded(.schedule, at: now)
        _ = second.succeeded(.schedule, at: now)
        first.failed(.schedule, .lost, at: now)
        #expect(first.isAway && second.isLive)
    }
}
