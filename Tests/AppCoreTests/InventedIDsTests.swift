import AppCore
import Domain
import Testing
import Text

/// A server names its variants, deals and messages itself. One that invents new ones without end costs no more memory than
/// one that sells a few.
@Suite(.timeLimit(.minutes(1))) struct InventedIDsTests {
    private static let polls = 60
    private static let eventsAPoll = 500

    /// A head whose open segment has only what was invented since the one before.
    private func head(_ poll: Int, at now: Timestamp) -> ShowHead {
        let first = poll * Self.eventsAPoll
        let events = (1...Self.eventsAPoll).map { index -> TimelineEvent in
            let number = first + index
            let kind: TimelineEvent.Kind =
                switch number % 5 {
                case 0: .price(SKU("sku-\(number)"), Sample.francs(Int64(number)), was: nil)
                case 1: .stock(SKU("stock-\(number)"), number)
                case 2: .chatRemoved(MessageID("removed-\(number)"))
                case 3: .highlight(["lamp"])
                default:
                    .offerStarted(
                        Offer(
                            id: OfferID("offer-\(number)"), kind: .flashDeal, product: "lamp", title: "Deal",
                            percentOff: 5,
                            endsAt: now + .seconds(3600)))
                }
            return TimelineEvent(sequence: number, at: now, kind: kind)
        }
        let opening = ShowSnapshot(sequence: first, at: now, state: .live)
        let offers = events.compactMap { event -> Offer? in
            if case .offerStarted(let offer) = event.kind { offer } else { nil }
        }
        let last = first + Self.eventsAPoll
        return ShowHead(
            show: "lamps", snapshot: ShowSnapshot(sequence: last, at: now, state: .live, offers: offers),
            lastSequence: last,
            open: TimelineSegment(number: poll, opening: opening, events: events, isClosed: false),
            pollAfterMilliseconds: 1000, serverTime: now)
    }

    @Test func watchingHoldsWhatAShowCanUse() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        viewer.answer(.show("lamps"), .show(Sample.detail))
        viewer.answer(.moments("lamps"), .moments([]))
        var kept = 0
        for poll in 0..<Self.polls {
            let effects = viewer.answer(.head("lamps"), .head(head(poll, at: viewer.state.now)))
            for case .store(.prices(let facts, _)) in effects { kept += facts.count }
            viewer.wait(.seconds(1))
        }
        let watch = viewer.state.watch
        #expect(watch?.timeline?.lastSequence == Self.polls * Self.eventsAPoll)
        // Each price is news once, and is written down.
        #expect(kept == Self.polls * Self.eventsAPoll / 5)
        #expect(watch?.timeline?.facts.count == ShowTimeline.factsCapacity)
        #expect(watch?.removed.count == watch?.removed.capacity)
        #expect(watch?.timeline?.played.offers.count ?? .max <= ShowSnapshot.offersCapacity)
        #expect(watch?.moments?.count ?? 0 <= 2000)
        #expect(watch?.ticker.items.count ?? .max <= Ticker.capacity)
        // The newest of them are those that are kept.
        let last = Self.polls * Self.eventsAPoll
        #expect(watch?.timeline?.facts[SKU("sku-\(last)")] != nil && watch?.timeline?.facts["sku-5"] == nil)
    }

    @Test func thePageOfAProductDrawsSoManyPrices() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.press(.nextPane, .open)
        viewer.answer(.product("lamp"), .product(Sample.lamp))
        for price in 1...2000 {
            var lamp = Sample.lamp
            lamp.variants[0].price = Sample.francs(Int64(price))
            viewer.answer(.product("lamp"), .product(lamp))
        }
        let history = viewer.state.productPage?.history["LAMP-SAND-S"]
        #expect(history?.count == 500 && history?.last?.price == Sample.francs(2000))
    }
}

@Suite struct RecentTableTests {
    @Test func whatWasSetLongestAgoIsForgotten() {
        var table = RecentTable<Int, String>(capacity: 3)
        for number in 1...3 { table[number] = "\(number)" }
        // Setting it again makes it young.
        table[1] = "one"
        table[4] = "4"
        #expect(table[1] == "one" && table[2] == nil && table[3] == "3" && table[4] == "4")
        table[3] = nil
        table[5] = "5"
        #expect(table.count == 3 && table[1] == "one" && table[3] == nil)
    }

    /// One key that is set without end neither pushes out the others nor leaves anything behind.
    @Test func oneThatIsSetAgainAndAgainIsOne() {
        var table = RecentTable<Int, Int>(capacity: 10)
        for number in 0..<10 { table[number] = number }
        for number in 0..<10_000 { table[3] = number }
        #expect(table.count == 10 && table[0] == 0 && table[3] == 9999)
        for number in 100..<110 { table[number] = number }
        #expect(table.count == 10 && table[3] == nil && table[109] == 109)
    }

    @Test func aSetSaysWhatWasNew() {
        var set = RecentSet<Int>(capacity: 2)
        #expect(set.insert(1) && set.insert(2) && !set.insert(1))
        #expect(set.insert(3) && set.contains(1) && !set.contains(2))
        #expect(set.remove(1) && !set.remove(1) && set.count == 1)
    }
}
