import AppCore
import Domain
import Testing
import Text

/// One kind of question fails while another is answered.
@Suite("A server in trouble with a part of what it is asked")
struct PartialTroubleTests {
    private let now = Sample.now
    private static let trouble = ShopFailure.busy(status: 503, retryAfterSeconds: nil)
    private let everything: Set<QuestionKind> = [.head, .segments, .detail, .schedule, .product, .service]

    private enum Event {
        case answered(QuestionKind)
        case failed(QuestionKind, ShopFailure)
        /// Nothing but these is asked any more.
        case asked(Set<QuestionKind>)
    }

    /// The words for it after these events, one a second, with all that is shown brought up to date where it can be.
    private func word(after events: [Event], isUpToDate: Bool = true) -> String {
        var connection = ConnectionState()
        var kinds = everything
        for (second, event) in events.enumerated() {
            let time = now + .seconds(second)
            switch event {
            case .answered(let kind): _ = connection.succeeded(kind, at: time)
            case .failed(let kind, let failure): connection.failed(kind, failure, at: time)
            case .asked(let some): kinds = some
            }
            connection.plan(kinds, [], isUpToDate: isUpToDate, at: time)
        }
        return String("\(connection.status)".prefix { $0 != "(" })
    }

    // MARK: Sequences

    @Test("Trouble stays until what failed is answered, whatever else is")
    func staysUntilAnswered() {
        let failing: [Event] = [.answered(.schedule), .failed(.head, Self.trouble)]
        #expect(word(after: failing) == "troubled")
        #expect(word(after: failing + [.answered(.schedule), .answered(.service), .answered(.single)]) == "troubled")
        #expect(word(after: failing + [.answered(.schedule), .answered(.head)]) == "live")
        #expect(word(after: failing + [.answered(.head)], isUpToDate: false) == "catchingUp")
    }

    @Test("It does not matter which was told first")
    func orderOfEvents() {
        let events: [Event] = [
            .answered(.schedule), .failed(.head, Self.trouble), .answered(.detail), .answered(.service),
        ]
        for first in events.indices {
            for second in events.indices where second != first {
                let rest = events.indices.filter { $0 != first && $0 != second }
                let order = [first, second] + rest
                #expect(word(after: order.map { events[$0] }) == "troubled", "\(order)")
            }
        }
    }

    @Test("Or until nobody asks it any more")
    func noLongerAsked() {
        let failing: [Event] = [.answered(.schedule), .failed(.head, Self.trouble)]
        #expect(word(after: failing + [.asked([.schedule])]) == "live")
        // That it is asked again does not bring the old trouble back.
        #expect(word(after: failing + [.asked([.schedule]), .asked(everything)]) == "live")
        // But that there is no way to the server is true of everything.
        let cut: [Event] = [.answered(.schedule), .failed(.head, .lost), .asked([.schedule])]
        #expect(word(after: cut) == "offline")
        #expect(word(after: cut + [.answered(.schedule)]) == "live")
    }

    @Test("A no about a show is an answer, and ends the trouble with it")
    func aNoIsAnAnswer() {
        let failing: [Event] = [.answered(.schedule), .failed(.head, Self.trouble)]
        #expect(word(after: failing + [.failed(.head, .notFound)]) == "live")
        #expect(word(after: failing + [.failed(.detail, .notFound)]) == "troubled")
        #expect(word(after: failing + [.failed(.head, .notSent("too long"))]) == "troubled")
    }

    @Test("No way to the server is doubted as soon as anything is answered, and is trouble of its own after that")
    func unreachableInPart() {
        var events: [Event] = [.answered(.schedule), .failed(.head, .lost)]
        #expect(word(after: events) == "offline")
        events.append(.answered(.schedule))
        #expect(word(after: events) == "catchingUp")
        events.append(.failed(.head, .lost))
        #expect(word(after: events) == "troubled")
        events += [.answered(.schedule), .failed(.head, .lost), .answered(.single)]
        #expect(word(after: events) == "troubled")
        // All of it is cut off, and comes back but for the head.
        events.append(.failed(.schedule, .lost))
        #expect(word(after: events) == "offline")
        events.append(.answered(.schedule))
        #expect(word(after: events) == "troubled")
        events.append(.answered(.head))
        #expect(word(after: events) == "live")
    }

    @Test("The worst of several is told; as bad, what is most in sight")
    func theWorst() {
        let refused: Event = .failed(.schedule, .busy(status: 429, retryAfterSeconds: 5))
        let failing: Event = .failed(.service, Self.trouble)
        #expect(word(after: [refused, failing]) == "troubled" && word(after: [failing, refused]) == "troubled")
        #expect(word(after: [failing, .failed(.product, .lost), refused]) == "offline")
        var connection = ConnectionState()
        connection.failed(.schedule, .notUnderstood("a web page"), at: now)
        connection.failed(.head, Self.trouble, at: now + .seconds(1))
        connection.failed(.schedule, .notUnderstood("a web page"), at: now + .seconds(2))
        #expect(connection.status == .troubled(since: now, reason: "the server is in trouble (503)"))
    }

    @Test("It says since when, through all of it")
    func sinceWhen() {
        var connection = ConnectionState()
        _ = connection.succeeded(.schedule, at: now)
        connection.failed(.head, .lost, at: now + .seconds(1))
        _ = connection.succeeded(.schedule, at: now + .seconds(2))
        connection.failed(.head, .lost, at: now + .seconds(3))
        #expect(connection.status == .troubled(since: now + .seconds(1), reason: "no route to the server"))
        #expect(connection.upToDateAt == now)
    }

    // MARK: A show that is watched

    /// How the words for it change while a show is watched for so long at a server that answers `isFailing` with `failure`.
    private func words(
        _ viewer: Rehearsal, _ chronicle: Chronicle, minutes: Int, failing failure: ShopFailure,
        _ isFailing: (ShopQuery) -> Bool
    ) -> (changes: [String], failed: Int) {
        var changes: [String] = []
        var failed = 0
        for _ in 0..<(minutes * 600) {
            var pending = viewer.wait(.milliseconds(100)).questions
            while !pending.isEmpty {
                let query = pending.removeFirst()
                let time = viewer.state.now
                if isFailing(query) { failed += 1 }
                let effects: [Effect] =
                    switch query {
                    case _ where isFailing(query): viewer.fail(query, failure)
                    case .service: viewer.answer(query, .service(Self.shop))
                    case .head: viewer.answer(query, .head(chronicle.head(at: time)))
                    case .segment(_, let number): viewer.answer(query, .segment(chronicle.segment(number, at: time)))
                    case .show: viewer.answer(query, .show(Sample.detail))
                    case .shows: viewer.answer(query, .shows(Sample.shows, nextCursor: nil))
                    default: []
                    }
                pending += effects.questions
                let word = String("\(viewer.state.connection.status)".prefix { $0 != "(" })
                if changes.last != word { changes.append(word) }
            }
        }
        return (changes, failed)
    }

    private static let shop = ShopInfo(name: "Shop", capabilities: .all, serverTime: nil)

    @Test(
        "The header does not flicker while the schedule is answered and the heads are not",
        arguments: [
            (trouble, ["live", "troubled"]), (.notUnderstood("a web page"), ["live", "troubled"]),
            (.busy(status: 429, retryAfterSeconds: 2), ["live", "refused"]),
            (.lost, ["live", "offline", "catchingUp", "troubled"]),
        ])
    func headsFail(failure: ShopFailure, expected: [String]) {
        let chronicle = Chronicle()
        let viewer = Rehearsal.watching(chronicle)
        _ = words(viewer, chronicle, minutes: 1, failing: failure) { _ in false }
        let isHead: (ShopQuery) -> Bool = { if case .head = $0 { true } else { false } }
        let (changes, failed) = words(viewer, chronicle, minutes: 10, failing: failure, isHead)
        #expect(Array((["live"] + changes.drop { $0 == "live" })) == expected)
        #expect(failed > 50)
        let after = words(viewer, chronicle, minutes: 1, failing: failure) { _ in false }
        #expect(after.changes.last == "live")
    }

    @Test("A shop that does not say what it can do is asked again, and not by the second")
    func serviceFails() {
        let chronicle = Chronicle()
        let viewer = Rehearsal(account: "guest-1")
        let isService: (ShopQuery) -> Bool = { if case .service = $0 { true } else { false } }
        let effects = viewer.act(.started(StoredState()))
        for query in effects.questions {
            switch query {
            case .shows: viewer.answer(query, .shows(Sample.shows, nextCursor: nil))
            case .service: viewer.fail(query, Self.trouble)
            default: break
            }
        }
        viewer.press(.open)
        let (changes, failed) = words(viewer, chronicle, minutes: 10, failing: Self.trouble, isService)
        #expect(changes == ["troubled"])
        // Ten minutes of a head each second.
        #expect((10...60).contains(failed))
        let after = words(viewer, chronicle, minutes: 2, failing: Self.trouble) { _ in false }
        #expect(after.changes.last == "live" && viewer.state.shops[.first].isServiceKnown)
    }

    @Test("A schedule of several pages whose last one fails is in trouble, and not now and then")
    func aLaterPageFails() {
        let viewer = Rehearsal.withSchedule()
        var words: [String] = []
        for _ in 0..<3000 {
            var pending = viewer.wait(.milliseconds(100)).questions
            while !pending.isEmpty {
                let query = pending.removeFirst()
                guard case .shows(_, let cursor) = query else { continue }
                pending +=
                    (cursor == nil
                    ? viewer.answer(query, .shows(Sample.shows, nextCursor: "2"))
                    : viewer.fail(query, Self.trouble)).questions
                let word = String("\(viewer.state.connection.status)".prefix { $0 != "(" })
                if words.last != word { words.append(word) }
            }
        }
        #expect(words == ["live", "troubled"])
    }

    @Test("A part of the past that the show goes on without is no trouble any more")
    func goesOnWithout() throws {
        var chronicle = Chronicle()
        chronicle.chatter(1200, from: now - .seconds(10), every: .milliseconds(300))
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        viewer.answer(.show("lamps"), .show(Sample.detail))
        viewer.state.now = now + .seconds(120)
        let asked = viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now))).questions
        let segment = try #require(asked.first { if case .segment = $0 { true } else { false } })
        // It is asked for once more, and left out after that.
        viewer.fail(segment, Self.trouble)
        #expect(viewer.state.connection.isAway)
        let again = viewer.wait(.seconds(8)).questions
        #expect(again.contains(segment))
        viewer.fail(segment, Self.trouble)
        #expect(viewer.state.connection.isLive)
    }

    @Test("A shop that answers that it does not say what it can do is in no trouble")
    func serviceIsRefused() {
        let viewer = Rehearsal(account: nil)
        let effects = viewer.act(.started(StoredState()))
        for query in effects.questions {
            if case .shows = query { viewer.answer(query, .shows(Sample.shows, nextCursor: nil)) }
        }
        for failure in [ShopFailure.notFound, .unauthorized] {
            viewer.fail(.service, failure)
            #expect(viewer.state.connection.isLive)
        }
        #expect(!viewer.wait(.seconds(120)).questions.contains(.service))
    }

    @Test("Who leaves the show leaves its trouble")
    func leaving() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.fail(.head("lamps"), Self.trouble)
        #expect(viewer.state.connection.isAway)
        viewer.press(.back)
        #expect(viewer.state.connection.isLive)
    }
}
