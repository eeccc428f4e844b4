import AppCore
import Domain
import SeededRandom
import Testing
import Text

@Suite("A purchase happens at most once, and is never lost")
struct PurchaseTests {
    private let now = Sample.now

    /// The intent that Enter makes; the pane is open on it.
    private func confirmed(_ quantity: Int = 1) throws -> (Rehearsal, OrderIntent) {
        let viewer = BuyPaneTests.ready
        if quantity > 1 {
            viewer.state.buy?.quantity = quantity
            let query = ShopQuery.quote("LAMP-SAND-S", quantity: quantity, show: "lamps")
            viewer.answer(query, .quote(Sample.quote("q1", quantity: quantity)))
            viewer.wait(BuyState.deliberation)
        }
        let effects = viewer.press(.confirm)
        guard effects.count == 1, case .record(let intent, _) = effects[0] else {
            throw Unexpected(effects: effects)
        }
        return (viewer, intent)
    }

    private struct Unexpected: Error { let effects: [Effect] }

    /// The intent as it went out.
    private func sent(_ quantity: Int = 1) throws -> (Rehearsal, OrderIntent) {
        let (viewer, intent) = try confirmed(quantity)
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(intent.moved(to: .sent)))
        return (viewer, intent.moved(to: .sent))
    }

    @Test func writtenDownFirstThenSent() throws {
        let (viewer, intent) = try confirmed()
        #expect(intent.state == .committed && intent.maximumTotal == Sample.francs(14500) && intent.quote == "q1")
        #expect(viewer.state.orders.unresolved.isEmpty)
        #expect(viewer.press(.confirm, .confirm).isEmpty)
        let going = intent.moved(to: .sent)
        #expect(viewer.act(.intentRecorded(intent)).recorded == [going])
        #expect(viewer.act(.intentRecorded(going)) == [.ask(.placeOrder(going))])
        #expect(viewer.press(.confirm).isEmpty)
        // While it is under way it is not asked about, and the loop does not spin for it.
        #expect(!viewer.wait(.seconds(10)).questions.trace(intent.key))
    }

    /// A shop that cannot be told a maximum may take more in the moment of buying: that is said, and loudly.
    @Test func whatWasTakenAboveTheTotalIsSaid() throws {
        let (viewer, intent) = try confirmed()
        let going = intent.moved(to: .sent)
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(going))
        var dear = Sample.order("o1", key: intent.key)
        dear.total = Sample.francs(15000)
        viewer.answer(.placeOrder(going), .order(dear))
        #expect(viewer.state.notice?.text == "The shop took CHF 150.00, more than the CHF 145.00 that it had said.")
        #expect(viewer.state.orders.orders.first?.total == Sample.francs(15000))
    }

    @Test func beyondTheBudgetNothingIsWrittenOrSent() throws {
        let viewer = BuyPaneTests.ready
        var budget = Budget()
        budget.limit(.month, to: Sample.francs(28999))
        func set() {
            viewer.act(
                .settingsRead(
                    themes: [], theme: "", reduceMotion: false, mutes: [], budget: budget, problem: nil))
        }
        set()
        viewer.answer(.orders(cursor: nil), .orders([Sample.order("o1", key: "k1")], nextCursor: nil))
        #expect(viewer.press(.confirm).isEmpty)
        #expect(viewer.state.buy?.stage == .choosing && viewer.state.notice?.text.string.contains("budget") == true)
        budget.limit(.month, to: Sample.francs(29000))
        set()
        let effects = viewer.press(.confirm)
        guard case .record? = effects.first else { throw Unexpected(effects: effects) }
    }

    @Test func keysAreRandomAndNeverTheSame() throws {
        var keys: Set<String> = []
        var random = Seeded(1)
        for _ in 0..<1000 { keys.insert(Entropy(high: random.next(), low: random.next()).uuid) }
        #expect(keys.count == 1000)
        #expect(Entropy(high: 0, low: 0).uuid == "00000000-0000-4000-8000-000000000000")
        #expect(Entropy(high: .max, low: .max).uuid == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    }

    @Test func placed() throws {
        let (viewer, intent) = try sent()
        let order = Sample.order("o1", key: intent.key).measured(by: Agreement(intent))
        #expect(
            viewer.answer(.placeOrder(intent), .order(order)) == [.store(.placed(key: intent.key, order))])
        #expect(viewer.state.buyStage == .placed(order))
        #expect(viewer.state.orders.orders == [order] && viewer.state.orders.unresolved.isEmpty)
        viewer.wait(BuyState.deliberation)
        viewer.press(.confirm)
        #expect(viewer.state.buy == nil)
    }

    @Test func notWrittenIsNotSent() throws {
        let (viewer, intent) = try confirmed()
        #expect(viewer.act(.intentNotRecorded(intent, reason: "the disk is full")).isEmpty)
        #expect(viewer.state.buy?.stage == .choosing)
        #expect(viewer.state.buy?.refusal?.string.contains("the disk is full") == true)
        #expect(viewer.state.orders.unresolved.isEmpty)
    }

    @Test("Also when the pane has been closed meanwhile") func notWrittenIsSaid() throws {
        let (viewer, intent) = try confirmed()
        viewer.press(.back)
        viewer.act(.intentNotRecorded(intent, reason: "the disk is full"))
        #expect(viewer.state.notice?.tone == .problem)
        #expect(viewer.state.notice?.text.string.contains("the disk is full") == true)
    }

    @Test("That it was not bought is said when it is on disk, and not at all when the disk does not take it")
    func aRefusalIsKeptFirst() throws {
        for problem in [nil, "the disk is full"] as [SafeText?] {
            let (viewer, intent) = try sent()
            viewer.keepsRefusals = false
            #expect(
                viewer.fail(.placeOrder(intent), .unsent) == [
                    .store(.resolve(key: intent.key, .refused("connection refused")))
                ])
            #expect(viewer.state.buyStage == .buying(key: intent.key) && viewer.state.orders.refused.isEmpty)
            #expect(!viewer.wait(.seconds(10)).questions.trace(intent.key))
            viewer.act(.refusalKept(key: intent.key, problem: problem))
            #expect(viewer.state.orders.refused.isEmpty == (problem != nil))
            #expect((viewer.state.buy?.stage == .choosing) == (problem == nil))
            if problem != nil { #expect(viewer.wait(.seconds(6)).questions.trace(intent.key)) }
        }
    }

    @Test("What cannot be written down as sent is not sent, and is tried again while its price holds")
    func notMarkedSentIsNotSent() throws {
        let (viewer, intent) = try confirmed()
        viewer.act(.intentRecorded(intent))
        let going = intent.moved(to: .sent)
        viewer.turn = .taken(intent)
        #expect(viewer.act(.intentNotRecorded(going, reason: "the disk is full")).isEmpty)
        #expect(viewer.state.orders.refused.isEmpty && viewer.state.orders.unresolved.map(\.state) == [.committed])
        let effects = viewer.wait(.seconds(6))
        #expect(effects.recorded == [going] && !effects.questions.trace(intent.key))
        viewer.act(.intentNotRecorded(going, reason: "the disk is full"))
        viewer.state.now = viewer.state.now + .seconds(1000)
        viewer.wait(.seconds(10))
        #expect(viewer.state.orders.refused.map(\.key) == [intent.key] && viewer.state.orders.unresolved.isEmpty)
    }

    @Test func refusedWithANewTotal() throws {
        let (viewer, intent) = try sent()
        let quote = Sample.quote("q2", total: 16000)
        let effects = viewer.fail(
            .placeOrder(intent), .refused(Refusal(code: "price_changed", message: "costs more", quote: quote)))
        #expect(effects == [.store(.resolve(key: intent.key, .refused("costs more"))), .flushInput])
        #expect(viewer.state.buy?.quote == .ready(quote) && viewer.state.buy?.before?.total == Sample.francs(14500))
        #expect(viewer.press(.confirm).isEmpty)
        viewer.wait(BuyState.deliberation)
        guard case .record(let next, _) = viewer.press(.confirm).first else {
            Issue.record("not bought")
            return
        }
        #expect(next.key != intent.key && next.maximumTotal == Sample.francs(16000))
    }

    @Test func soldOut() throws {
        let (viewer, intent) = try sent()
        viewer.fail(.placeOrder(intent), .refused(Refusal(code: "sold_out", message: "sold out", stock: 0)))
        #expect(viewer.state.buy?.quote == .failed("Sold out."))
        #expect(viewer.state.buy?.variant?.stock == 0 && viewer.state.orders.unresolved.isEmpty)
        let (second, other) = try sent(2)
        second.fail(.placeOrder(other), .refused(Refusal(code: "sold_out", message: "one left", stock: 1)))
        #expect(second.state.buy?.quote == .failed("Only 1 left."))
    }

    @Test func declinedCanBeTriedAnew() throws {
        let (viewer, intent) = try sent()
        let effects = viewer.fail(.placeOrder(intent), .refused(Refusal(code: "declined", message: "card declined")))
        #expect(effects.questions == [.quote("LAMP-SAND-S", quantity: 1, show: "lamps")])
        #expect(viewer.state.buy?.refusal == "card declined")
    }

    @Test func neverSentIsRefused() throws {
        for failure in [ShopFailure.unsent, .notSent("no account")] {
            let (viewer, intent) = try sent()
            viewer.fail(.placeOrder(intent), failure)
            #expect(viewer.state.buy?.stage == .choosing)
            #expect(viewer.state.orders.unresolved.isEmpty)
        }
    }

    @Test(
        "What may have arrived is unknown: neither failed nor bought",
        arguments: [
            ShopFailure.lost, .busy(status: 500, retryAfterSeconds: nil), .busy(status: 429, retryAfterSeconds: 1),
            .unauthorized, .notFound, .notUnderstood("html"),
            .refused(Refusal(code: "idempotency_key_in_flight", message: "wait")),
            .refused(Refusal(code: "idempotency_key_reused", message: "other")),
        ])
    func unknown(failure: ShopFailure) throws {
        let (viewer, intent) = try sent()
        #expect(
            viewer.fail(.placeOrder(intent), failure) == [.store(.resolve(key: intent.key, .unknown))])
        #expect(viewer.state.buyStage == .unknown(key: intent.key))
        #expect(viewer.state.orders.rowIDs == [intent.key])
        #expect(viewer.wait(.seconds(3)).questions.trace(intent.key))
        let order = Sample.order("o1", key: intent.key).measured(by: Agreement(intent))
        #expect(
            viewer.answer(trace: intent.key, .order(order)) == [
                .store(.placed(key: intent.key, order))
            ])
        #expect(viewer.state.buyStage == .placed(order) && viewer.state.orders.unresolved.isEmpty)
    }

    @Test func aShopWithoutTheOrderGetsTheSameKeyAgain() throws {
        let (viewer, intent) = try sent()
        viewer.fail(.placeOrder(intent), .lost)
        viewer.wait(.seconds(2))
        let effects = viewer.answer(trace: intent.key, .noSuchOrder)
        guard case .placeOrder(let again) = effects.questions.first else {
            Issue.record("not sent again")
            return
        }
        #expect(effects.count == 1 && again == intent.moved(to: .unknown))
        // Unreachable at another try says nothing about the first one.
        viewer.fail(.placeOrder(again), .unsent)
        #expect(viewer.state.orders.unresolved.map(\.key) == [intent.key])
        #expect(viewer.wait(.seconds(5)).questions.trace(intent.key))
    }

    @Test func afterADayItIsOnlyAskedAbout() {
        let viewer = Rehearsal()
        let old = Sample.intent("k", state: .unknown, createdAt: now - .seconds(25 * 3600))
        viewer.act(.started(StoredState(intents: [old])))
        let effects = viewer.answer(trace: "k", .noSuchOrder)
        #expect(effects.questions.isEmpty)
        guard case .store(.resolve("k", .refused)) = effects.first else {
            Issue.record("not settled")
            return
        }
        #expect(viewer.state.orders.unresolved.isEmpty)
    }

    @Test func afterARestartItIsFoundOut() {
        let viewer = Rehearsal()
        let effects = viewer.act(
            .started(StoredState(intents: [Sample.intent("k1", state: .sent), Sample.intent("k2", state: .unknown)])))
        #expect(effects.questions.trace("k1"))
        let order = Sample.order("o1", key: "k1").measured(by: Agreement(Sample.intent("k1")))
        #expect(
            viewer.answer(trace: "k1", .order(order)).contains(
                .store(.placed(key: "k1", order))))
        #expect(viewer.state.notice?.tone == .success)
        #expect(viewer.wait(.seconds(1)).questions.trace("k2"))
    }

    @Test("An account that was lost settles nothing, however often it is asked") func aLostAccount() {
        let viewer = Rehearsal()
        viewer.act(.started(StoredState(intents: [Sample.intent("k", state: .unknown)])))
        for failure in [ShopFailure.unauthorized, .notFound, .lost, .busy(status: 503, retryAfterSeconds: 2)] {
            // The turn is given back, and nothing else is kept of it.
            #expect(
                viewer.fail(trace: "k", failure) == [.store(.resolve(key: "k", .unknown))])
            #expect(viewer.state.orders.unresolved.map(\.key) == ["k"])
            #expect(viewer.wait(.seconds(10)).questions.trace("k"))
        }
        var again = Sample.intent("k", state: .unknown)
        again.state = .unknown
        viewer.answer(trace: "k", .noSuchOrder)
        viewer.fail(.placeOrder(again), .unauthorized)
        #expect(viewer.state.orders.unresolved.map(\.key) == ["k"])
    }

    @Test("Only in the name of the account that bought can it be asked about") func anotherAccount() throws {
        let viewer = Rehearsal(account: "guest-2")
        viewer.act(.started(StoredState(intents: [Sample.intent("k", state: .unknown)])))
        let asked = viewer.wait(.seconds(60)).questions.contains { if case .traceOrder = $0 { true } else { false } }
        #expect(!asked && viewer.state.orders.unresolved.count == 1)
        viewer.press(.ordersTab)
        #expect(viewer.press(.cancelOrder).isEmpty && viewer.state.notice?.tone == .warning)
        viewer.wait(BuyState.deliberation)
        guard case .store(.resolve("k", .refused)) = viewer.press(.cancelOrder).first else {
            Issue.record("not let go")
            return
        }
        #expect(viewer.state.orders.unresolved.isEmpty)
    }

    @Test("What is cancelled while its outcome is unknown is not sent again, and is not called off while it may arrive")
    func withdrawn() {
        let viewer = Rehearsal()
        viewer.act(.started(StoredState(intents: [Sample.intent("k", state: .unknown)])))
        viewer.fail(trace: "k", .lost)
        viewer.press(.ordersTab)
        #expect(viewer.press(.cancelOrder).isEmpty)
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.cancelOrder) == [.store(.withdraw(key: "k"))])
        #expect(viewer.press(.cancelOrder).isEmpty)
        // The quote lives for five minutes: what was sent may come until then.
        let early = viewer.answer(trace: "k", .noSuchOrder)
        #expect(!early.questions.contains { if case .placeOrder = $0 { true } else { false } })
        #expect(viewer.state.orders.unresolved.count == 1)
        #expect(viewer.wait(.seconds(10)).questions.trace("k"))
        viewer.wait(.seconds(330))
        viewer.answer(trace: "k", .noSuchOrder)
        #expect(viewer.state.orders.unresolved.isEmpty && viewer.state.orders.refused.map(\.key) == ["k"])
        // It stays to be seen until it is taken off the list.
        #expect(viewer.state.orders.selected == "k")
        #expect(viewer.press(.cancelOrder) == [.store(.forget(key: "k"))])
        #expect(viewer.state.orders.rowIDs.isEmpty)
    }

    @Test("A purchase that fails alone is asked about no faster than the server wants") func aBusyTill() throws {
        let (viewer, intent) = try sent()
        viewer.fail(.placeOrder(intent), .busy(status: 503, retryAfterSeconds: 30))
        viewer.answer(.follows, .follows([]))
        #expect(!viewer.wait(.seconds(29)).questions.trace(intent.key))
        #expect(viewer.wait(.seconds(7)).questions.trace(intent.key))
    }

    @Test("What is sold out cannot be bought, whatever it is quoted at") func soldOutIsNotConfirmed() {
        let viewer = BuyPaneTests.ready
        viewer.act(.answered(.head("lamps"), .failure(.lost)))
        #expect(viewer.state.buy?.confirmable(now: viewer.state.now, serverNow: viewer.state.serverNow) != nil)
        viewer.fail(
            .quote("LAMP-SAND-S", quantity: 1, show: "lamps"),
            .refused(Refusal(code: "sold_out", message: "gone", stock: 0)))
        let pane = viewer.state.buy
        #expect(pane?.variant?.stock == 0)
        #expect(pane?.confirmable(now: viewer.state.now, serverNow: viewer.state.serverNow) == nil)
    }

    @Test("While another copy of the program is at it, it is left alone; what that one settled is shown")
    func anotherCopy() {
        let viewer = Rehearsal()
        viewer.turn = .elsewhere
        let first = viewer.act(.started(StoredState(intents: [Sample.intent("k", state: .unknown)])))
        let asked = (first + viewer.wait(.seconds(30))).questions
        #expect(!asked.trace("k"))
        #expect(viewer.state.orders.unresolved.count == 1 && viewer.wakeUps < 60)
        viewer.turn = .settled
        #expect(viewer.wait(.seconds(5)).contains(.ask(.orders(cursor: nil))))
        #expect(viewer.state.orders.unresolved.isEmpty)
    }

    @Test("One purchase that cannot be settled does not hold up another") func eachInItsTurn() {
        let viewer = Rehearsal()
        viewer.act(
            .started(
                StoredState(intents: [Sample.intent("lost", state: .unknown), Sample.intent("k2", state: .unknown)])))
        viewer.fail(trace: "lost", .unauthorized)
        #expect(viewer.wait(.seconds(6)).questions.trace("k2"))
        viewer.fail(trace: "k2", .unauthorized)
        #expect(viewer.wait(.seconds(6)).questions.trace("lost"))
    }

    @Test func closingThePaneDoesNotCallItOff() throws {
        let (viewer, intent) = try sent()
        viewer.press(.back)
        #expect(viewer.state.buy == nil)
        viewer.answer(.placeOrder(intent), .order(Sample.order("o1", key: intent.key)))
        #expect(viewer.state.notice?.text.string.hasPrefix("Order placed") == true)
        #expect(viewer.state.orders.orders.count == 1)
    }

    @Test func theOutcomeOfAnotherPurchaseLeavesThePaneAlone() throws {
        let viewer = BuyPaneTests.ready
        viewer.fail(
            .placeOrder(Sample.intent("other", state: .sent)),
            .refused(Refusal(code: "sold_out", message: "gone", stock: 0)))
        #expect(viewer.state.buy?.quote == .ready(Sample.quote("q1")))
        #expect(viewer.state.notice?.tone == .warning)
    }

    @Test("Answers in any order and as often as they like: one order a key", arguments: 0..<12 as Range<UInt64>)
    func anyOrderOfAnswers(seed: UInt64) throws {
        var random = Seeded(seed)
        let (viewer, intent) = try sent()
        let order = Sample.order("o1", key: intent.key)
        var unknown = intent
        unknown.state = .unknown
        var isPlaced = false
        for _ in 0..<200 {
            switch Int.random(in: 0..<7, using: &random) {
            case 0: viewer.fail(.placeOrder(isPlaced ? unknown : intent), .lost)
            case 1:
                viewer.answer(.placeOrder(unknown), .order(order))
                isPlaced = true
            case 2: viewer.fail(trace: intent.key, .lost)
            case 3 where isPlaced: viewer.answer(trace: intent.key, .order(order))
            case 4 where !isPlaced: viewer.answer(trace: intent.key, .noSuchOrder)
            case 5: viewer.press(.confirm)
            default:
                for case .placeOrder(let again) in viewer.wait(.milliseconds(700)).questions {
                    #expect(again.key == intent.key)
                }
            }
            if isPlaced { #expect(viewer.state.orders.orders.map(\.id) == ["o1"]) }
            #expect(viewer.state.orders.unresolved.count <= 1)
        }
    }
}
