import AppCore
import Domain
import Testing
import Text

@Suite("A product's page, and the prices that were seen")
struct ProductPageTests {
    private func review(_ number: Int) -> Review {
        Review(
            id: ReviewID("r\(number)"), author: "jo", stars: 5, text: "good", at: Sample.now, isVerified: true)
    }

    /// The page of the lamp, opened from the line-up of the live show.
    private func looking() -> Rehearsal {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.press(.nextPane)
        let effects = viewer.press(.open)
        #expect(
            effects == [
                .ask(.product("lamp")), .ask(.reviews("lamp", cursor: nil)),
                .readPrices(["LAMP-SAND-S", "LAMP-SAND-L", "LAMP-MOSS-S"]),
            ])
        return viewer
    }

    @Test func enterOpensWhatIsChosenAndBackLeadsThere() {
        let viewer = looking()
        #expect(viewer.state.page == .product("lamp") && viewer.state.context == .product)
        #expect(viewer.state.productInFocus?.id == "lamp")
        viewer.press(.back)
        #expect(viewer.state.page == .watch("lamps") && viewer.state.productPage == nil)
    }

    @Test func theProductOnAirIsOpenedWhereNothingIsChosen() {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["hook"]), at: Sample.now - .seconds(60))
        let viewer = Rehearsal.watching(chronicle)
        viewer.press(.open)
        #expect(viewer.state.page == .product("hook"))
    }

    @Test func theCursorGoesThroughOptionsDescriptionAndReviews() {
        let viewer = looking()
        var lamp = Sample.lamp
        lamp.summary = SafeLines(String(repeating: "paper and light ", count: 20))
        viewer.answer(.product("lamp"), .product(lamp))
        viewer.answer(.reviews("lamp", cursor: nil), .reviews([review(1), review(2)], nextCursor: nil))
        #expect(viewer.state.productPage?.place == .variant("LAMP-SAND-S"))
        var places: [ProductPageState.Place?] = []
        for _ in 0..<8 {
            viewer.press(.down)
            places.append(viewer.state.productPage?.place)
        }
        #expect(
            places == [
                .variant("LAMP-SAND-L"), .variant("LAMP-MOSS-S"), .description(letter: 0), .description(letter: 120),
                .description(letter: 240), .review("r1"), .review("r2"), .review("r2"),
            ])
        // What was chosen stays chosen while the text is read.
        #expect(viewer.state.productPage?.variant?.sku == "LAMP-MOSS-S")
    }

    @Test func buyingTakesTheOptionThatIsChosen() {
        let viewer = looking()
        viewer.press(.down)
        let effects = viewer.press(.buy)
        #expect(viewer.state.buy?.sku == "LAMP-SAND-L" && viewer.state.context == .buy)
        #expect(effects.questions.contains(.quote("LAMP-SAND-L", quantity: 1, show: "lamps")))
        viewer.press(.back)
        #expect(viewer.state.buy == nil && viewer.state.page == .product("lamp"))
        viewer.press(.down, .buy)
        #expect(viewer.state.buy?.sku == "LAMP-SAND-S", "what is sold out is not")
    }

    @Test("What is left is asked for as soon as some of it is bought") func bought() {
        let viewer = looking()
        viewer.answer(.product("lamp"), .product(Sample.lamp))
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.answer(.quote("LAMP-SAND-S", quantity: 1, show: "lamps"), .quote(Sample.quote("q1")))
        viewer.wait(BuyState.deliberation)
        guard case .record(let intent, _)? = viewer.press(.confirm).first else { return }
        let going = intent.moved(to: .sent)
        viewer.act(.intentRecorded(intent))
        viewer.act(.intentRecorded(going))
        let asked = viewer.answer(.placeOrder(going), .order(Sample.order("o1", key: intent.key)))
        #expect((asked + viewer.wait(.milliseconds(1))).questions.contains(.product("lamp")))
    }

    @Test func aPriceThatChangesWhileThePaneIsOpenIsQuotedAnew() {
        let viewer = looking()
        viewer.press(.buy)
        viewer.answer(.paymentMethods, .paymentMethods([Sample.card]))
        viewer.answer(.quote("LAMP-SAND-S", quantity: 1, show: "lamps"), .quote(Sample.quote("q1")))
        var lamp = Sample.lamp
        lamp.variants[0].price = Sample.francs(15_500)
        let effects = viewer.answer(.product("lamp"), .product(lamp))
        #expect(effects.questions == [.quote("LAMP-SAND-S", quantity: 1, show: "lamps")])
        #expect(viewer.state.buy?.quote == .loading)
    }

    @Test func reviewsComePageByPage() {
        let viewer = looking()
        let more = viewer.answer(.reviews("lamp", cursor: nil), .reviews([review(1)], nextCursor: "1"))
        #expect(more == [.ask(.reviews("lamp", cursor: "1"))])
        #expect(
            viewer.answer(.reviews("lamp", cursor: "1"), .reviews([review(1), review(2)], nextCursor: "1")).isEmpty)
        #expect(viewer.state.productPage?.reviews?.map(\.id) == ["r1", "r2"])
        viewer.press(.back)
        #expect(viewer.answer(.reviews("lamp", cursor: nil), .reviews([review(3)], nextCursor: nil)).isEmpty)
    }

    @Test func itIsAskedForAgainWhileItIsOpen() {
        let viewer = looking()
        viewer.answer(.product("lamp"), .product(Sample.lamp))
        let asked = viewer.wait(.seconds(40)).questions.count { $0 == .product("lamp") }
        #expect(asked == 1)
        viewer.fail(.product("lamp"), .lost)
        #expect(viewer.state.productPage?.failure == .lost)
        #expect(viewer.wait(.seconds(60)).questions.contains(.product("lamp")))
        viewer.press(.back)
        #expect(!viewer.wait(.seconds(120)).questions.contains(.product("lamp")))
    }

    @Test func liveItHasTheNewestPricesAndInAReplayThoseOfNow() {
        let viewer = looking()
        viewer.answer(.product("lamp"), .product(Sample.lamp))
        var chronicle = Chronicle()
        chronicle.add(.price("LAMP-SAND-S", Sample.francs(9_900), was: nil), at: viewer.state.now)
        viewer.wait(.seconds(2))
        let effects = viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(viewer.state.productOnPage?.variants[0].price == Sample.francs(9_900))
        #expect(viewer.state.productPage?.history["LAMP-SAND-S"]?.last?.price == Sample.francs(9_900))
        let kept = VariantFacts(sku: "LAMP-SAND-S", price: Sample.francs(9_900))
        #expect(effects.contains(.store(.prices([kept], at: viewer.state.now))))
    }

    @Test func whatIsSeenIsKeptOnceUntilItChanges() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        let seen = viewer.answer(.show("lamps"), .show(Sample.detail))
        let facts = Sample.detail.lineUp.flatMap(\.variants).map { VariantFacts(sku: $0.sku, price: $0.price) }
        #expect(seen == [.store(.prices(facts, at: Sample.now))])
        #expect(viewer.answer(.show("lamps"), .show(Sample.detail)).isEmpty)
        var dearer = Sample.detail
        dearer.lineUp[1].variants[0].price = Sample.francs(2_500)
        let changed = VariantFacts(sku: "HOOK", price: Sample.francs(2_500))
        #expect(
            viewer.answer(.show("lamps"), .show(dearer)) == [.store(.prices([changed], at: Sample.now))])
    }

    @Test func historyOfTheStoreComesBeforeWhatIsSeenNow() {
        let viewer = looking()
        var lamp = Sample.lamp
        lamp.variants[0].price = Sample.francs(100)
        viewer.answer(.product("lamp"), .product(lamp))
        let old = PricePoint(at: Sample.now - .seconds(86_400), price: Sample.francs(18_000))
        viewer.act(.pricesRead(["LAMP-SAND-S": [old], "OTHER": [old]]))
        #expect(
            viewer.state.productPage?.history["LAMP-SAND-S"] == [
                old, PricePoint(at: Sample.now, price: Sample.francs(100)),
            ])
    }

    @Test func theFirstClickChoosesAndTheSecondOpens() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.act(.clicked(.product("hook")))
        #expect(viewer.state.watch?.pane == .lineUp && viewer.state.watch?.selectedProduct == "hook")
        viewer.act(.clicked(.product("hook")))
        #expect(viewer.state.page == .product("hook"))
        viewer.press(.back, .moments)
        let times = [60, 600].map { Sample.liveShow.startsAt + .seconds($0) }
        viewer.answer(
            .moments("lamps"),
            .moments(times.map { Moment(products: ["lamp"], title: "Lamp", at: $0, offset: $0 - times[0]) }))
        viewer.act(.clicked(.moment(times[0])))
        #expect(viewer.state.watch?.selectedMoment == times[0] && viewer.state.page == .watch("lamps"))
        viewer.act(.clicked(.moment(times[0])))
        #expect(viewer.state.page == .product("lamp"))
    }

    // MARK: Hosts

    @Test func aHostsPageHasTheirShowsAndProducts() {
        let viewer = Rehearsal.withSchedule()
        let effects = viewer.press(.hostPage)
        #expect(
            effects == [
                .ask(.host("ana")), .ask(.shows(ShowFilter(host: "ana"), cursor: nil)),
                .ask(.productsOfHost("ana", search: nil, cursor: nil)),
            ])
        var old = Sample.pastShow
        (old.id, old.hosts) = ("old", [Sample.ana])
        viewer.answer(.shows(ShowFilter(host: "ana"), cursor: nil), .shows([old, Sample.liveShow], nextCursor: nil))
        let more = viewer.answer(
            .productsOfHost("ana", search: nil, cursor: nil), .products([Sample.hook], nextCursor: "1"))
        #expect(more.contains(.ask(.productsOfHost("ana", search: nil, cursor: "1"))))
        #expect(viewer.state.hostPageRows == [.show("lamps"), .product("hook"), .show("old")])
        #expect(viewer.state.schedule.shows.count == 3, "the schedule is what it was")
        viewer.press(.down, .open)
        #expect(viewer.state.page == .product("hook"))
        viewer.press(.back, .down, .open)
        #expect(viewer.state.watch?.show == "old" && viewer.state.watch?.playhead.isReplay == true)
    }
}
