import AppCore
import Domain
import Testing
import Text

/// A deal that runs in a live show reaches the total, wherever the pane was opened.
@Suite struct DealsTests {
    private let now = Sample.now
    private static let head = ShopQuery.head("lamps")
    private let plain = ShopQuery.quote("LAMP-SAND-S", quantity: 1, show: nil)
    private let named = ShopQuery.quote("LAMP-SAND-S", quantity: 1, show: "lamps")

    private func offer(
        _ percent: Int = 20, on product: ProductID = "lamp", endsAt: Timestamp? = nil, remaining: Int? = nil
    ) -> Offer {
        Offer(
            id: OfferID("deal-\(percent)"), kind: .flashDeal, product: product, title: "Deal", percentOff: percent,
            endsAt: endsAt ?? now + .seconds(600), remaining: remaining)
    }

    private func head(_ offers: [Offer], of show: ShowID = "lamps") -> ShowHead {
        var chronicle = Chronicle()
        chronicle.show = show
        var head = chronicle.head(at: now)
        head.snapshot.offers = offers
        return head
    }

    /// The lamp's page, found by a search, with no show being watched.
    private func onThePage() -> Rehearsal {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.search)
        viewer.act(.typed("moon"))
        viewer.press(.confirm)
        viewer.wait(.seconds(1))
        viewer.answer(
            .products(search: "moon", show: nil, cursor: nil), .products([Sample.lamp], nextCursor: nil))
        viewer.press(.bottom)
        #expect(viewer.press(.open).questions.contains(Self.head))
        return viewer
    }

    @Test func aProductsPageAsksTheLiveShowsAndTheQuoteNamesTheOne() {
        let viewer = onThePage()
        viewer.answer(Self.head, .head(head([offer()])))
        #expect(viewer.state.deal(on: "lamp") == Deal(show: "lamps", offer: offer()))
        #expect(viewer.press(.buy).questions.contains(named))
        #expect(viewer.state.buy?.show == "lamps")
    }

    @Test func aPaneWaitsForTheDeals() {
        let viewer = onThePage()
        let questions = viewer.press(.buy).questions
        #expect(!questions.contains(plain) && !questions.contains(named))
        #expect(viewer.answer(Self.head, .head(head([offer()]))).questions.contains(named))
    }

    @Test func aPaneDoesNotWaitForLong() {
        let viewer = onThePage()
        viewer.press(.buy)
        #expect(viewer.wait(.seconds(3)).questions.contains(plain))
        // A deal that is found late takes the place of the total without it.
        viewer.answer(plain, .quote(Sample.quote("q1")))
        #expect(viewer.answer(Self.head, .head(head([offer()]))).questions.contains(named))
        #expect(viewer.state.buy?.quote == .loading)
        viewer.answer(plain, .quote(Sample.quote("q1")))
        #expect(viewer.state.buy?.quote == .loading, "the total without the deal is not taken any more")
        viewer.answer(named, .quote(Sample.quote("q2", total: 11600)))
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.wait(BuyState.deliberation)
        #expect(viewer.press(.confirm).recorded.map(\.show) == ["lamps"])
    }

    @Test func aShowThatCannotBeAskedHoldsNothingUp() {
        let viewer = onThePage()
        viewer.press(.buy)
        #expect(viewer.fail(Self.head, .lost).questions.contains(plain))
        #expect(viewer.state.connection.isAway == false, "whoever asked for deals alone tells nothing of the server")
    }

    @Test func theBestOfTwoDealsCounts() {
        let viewer = onThePage()
        var other = Sample.liveShow
        other.id = "other"
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([Sample.liveShow, other], nextCursor: nil))
        viewer.answer(Self.head, .head(head([offer(10)])))
        #expect(viewer.wait(.seconds(30)).questions.contains(.head("other")))
        viewer.answer(Self.head, .head(head([offer(10)])))
        viewer.answer(.head("other"), .head(head([offer(30)], of: "other")))
        viewer.press(.buy)
        #expect(viewer.state.buy?.show == "other")
    }

    @Test func whatIsOverOrUsedUpOrOfSomethingElseIsNoDeal() {
        let viewer = onThePage()
        let none = [offer(endsAt: now - .seconds(1)), offer(30, remaining: 0), offer(40, on: "hook")]
        viewer.answer(Self.head, .head(head(none)))
        #expect(viewer.state.deal(on: "lamp") == nil)
        #expect(viewer.press(.buy).questions.contains(plain))
    }

    @Test func aDealOfAnotherShowReachesThePaneOverAShow() {
        var other = Sample.liveShow
        other.id = "other"
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        let viewer = Rehearsal.watching(chronicle)
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([Sample.liveShow, other], nextCursor: nil))
        let questions = viewer.press(.buy).questions
        #expect(questions.contains(named) && questions.contains(.head("other")))
        let effects = viewer.answer(.head("other"), .head(head([offer()], of: "other")))
        #expect(effects.questions == [.quote("LAMP-SAND-S", quantity: 1, show: "other")])
    }

    @Test func nobodyIsAskedWhereNothingIsAboutToBeBought() {
        let viewer = onThePage()
        viewer.answer(Self.head, .head(head([])))
        viewer.press(.back)
        #expect(!viewer.wait(.seconds(120)).questions.contains(Self.head))
    }

    @Test func noMoreThanTwelveShowsAreAsked() {
        let viewer = Rehearsal.withSchedule()
        let shows = (0..<40).map { number in
            var show = Sample.liveShow
            (show.id, show.viewers) = (ShowID("s\(number)"), number)
            return show
        }
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows(shows, nextCursor: nil))
        viewer.press(.search)
        viewer.act(.typed("moon"))
        viewer.press(.confirm)
        viewer.wait(.seconds(1))
        viewer.answer(
            .products(search: "moon", show: nil, cursor: nil), .products([Sample.lamp], nextCursor: nil))
        viewer.press(.bottom)
        let heads = viewer.press(.open).questions.filter { if case .head = $0 { true } else { false } }
        #expect(heads == (28..<40).reversed().map { ShopQuery.head(ShowID("s\($0)")) })
    }

    /// It tells its deals itself: whoever asks what something costs does not wait for a second answer of it.
    @Test func theShowThatIsWatchedIsNotWaitedFor() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.act(.request(.price(PriceRequest("LAMP-SAND-S", quantity: 1, show: nil))))
        #expect(viewer.answer(plain, .quote(Sample.quote("q1"))).questions.contains(.liveShows))
        let live = viewer.state.schedule.shows.filter { $0.state == .live }
        #expect(live.map(\.id) == ["lamps"])
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.answer(.liveShows, .shows(live, nextCursor: nil))
        #expect(viewer.state.isTotalSettled)
    }
}
