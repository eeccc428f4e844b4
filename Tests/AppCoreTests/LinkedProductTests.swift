import AppCore
import Domain
import Testing
import Text

/// A show whose chat is told anew with each answer, and whose host puts things on air by linking to them.
@Suite struct LinkedProductTests {
    private let stage = Rehearsal.withSchedule()
    private let show = Sample.liveShow.id
    private static let address = "https://lamps.example/product/paper-moon/"

    init() {
        stage.press(.open)
        stage.answer(.show(show), .show(ShowDetail(show: Sample.liveShow, lineUp: [Sample.hook])))
    }

    private func event(_ number: Int, _ kind: TimelineEvent.Kind) -> TimelineEvent {
        TimelineEvent(sequence: number, at: Sample.now - .seconds(100) + .seconds(Int64(number)), kind: kind)
    }

    private func said(_ number: Int) -> TimelineEvent {
        event(number, .chat(Sample.message(number, at: Sample.now - .seconds(100) + .seconds(Int64(number)))))
    }

    /// A message with a link.
    private func linked(_ number: Int, _ address: String = address) -> [TimelineEvent] {
        [said(number * 10), event(number * 10 + 1, .link(address, in: MessageID("m\(number * 10)")))]
    }

    /// - Parameter since: nil for what the first message begins.
    private func head(
        _ events: [TimelineEvent], _ state: ShowState = .live, since: Timestamp? = nil
    ) -> ShopAnswer {
        let snapshot = ShowSnapshot(sequence: events.last?.sequence ?? 0, at: stage.state.now, state: state)
        let opening = ShowSnapshot(
            sequence: (events.first?.sequence ?? 1) - 1, at: events.first?.at ?? stage.state.now, state: state)
        return .head(
            ShowHead(
                show: show, snapshot: snapshot, lastSequence: snapshot.sequence,
                open: TimelineSegment(number: 0, opening: opening, events: events, isClosed: false),
                pollAfterMilliseconds: 5000, serverTime: stage.state.now,
                retoldSince: since ?? events.first?.at ?? .distantFuture))
    }

    private var lines: [MessageID] { stage.state.watch?.chat.entries.map(\.message.id) ?? [] }
    private var onAir: [ProductID] { stage.state.watch?.onAir.map(\.id) ?? [] }

    @Test func theShopIsAskedAtThatMoment() {
        let asked = stage.answer(.head(show), head([said(1), event(2, .link(Self.address, in: "m1"))]))
        #expect(asked.questions.contains(.productAt(address: Self.address)))
        #expect(onAir.isEmpty)
        stage.answer(.productAt(address: Self.address), .product(Sample.lamp))
        #expect(onAir == ["lamp"])
        // It is in the line-up from now on, before what was there.
        #expect(stage.state.watch?.lineUp.map(\.id) == ["lamp", "hook"])
        // It is asked for once.
        let later = stage.wait(.seconds(20)).questions
        #expect(!later.contains(.productAt(address: Self.address)))
    }

    @Test func onlyTheLastOfSeveralIsAskedFor() {
        let asked = stage.answer(
            .head(show),
            head([event(1, .link(Self.address + "1", in: "a")), event(2, .link(Self.address + "2", in: "b"))]))
        #expect(
            asked.questions.filter { if case .productAt = $0 { true } else { false } } == [
                .productAt(address: Self.address + "2")
            ])
        // An answer to a question that nobody has is nothing.
        stage.answer(.productAt(address: Self.address + "1"), .product(Sample.lamp))
        #expect(onAir.isEmpty)
    }

    @Test func thePriceOfThatMomentCounts() {
        stage.answer(.head(show), head([event(1, .link(Self.address, in: "a"))]))
        var dear = Sample.hook
        dear.variants[0].price = Sample.francs(9900)
        stage.answer(.productAt(address: Self.address), .product(dear))
        #expect(stage.state.watch?.productOnCard?.variants.first?.price == Sample.francs(9900))
        #expect(stage.state.watch?.lineUp.count == 1)
    }

    @Test func aShopThatIsAwayIsAskedAgainAndOneWithoutItIsNot() {
        stage.answer(.head(show), head([event(1, .link(Self.address, in: "a"))]))
        stage.fail(.productAt(address: Self.address), .unsent)
        #expect(stage.wait(.seconds(10)).questions.contains(.productAt(address: Self.address)))
        stage.fail(.productAt(address: Self.address), .notFound)
        #expect(!stage.wait(.seconds(60)).questions.contains(.productAt(address: Self.address)))
        #expect(onAir.isEmpty)
    }

    @Test func whatIsGoneFromTheChatIsGone() {
        stage.answer(.head(show), head([said(1), said(2), said(3), said(4)]))
        #expect(lines == ["m1", "m2", "m3", "m4"])
        // The first is no longer listed since there are newer ones; the third was taken away.
        stage.answer(.head(show), head([said(2), said(4), said(5)]))
        #expect(lines == ["m1", "m2", "m4", "m5"])
    }

    // MARK: A link that is taken back

    private static let long = Sample.now - .seconds(3600)

    /// The lamp, then the hook were linked to; the hook is on air.
    private func linkTwice() {
        stage.answer(.head(show), head(linked(1) + linked(2, Self.address + "hook"), since: Self.long))
        stage.answer(.productAt(address: Self.address + "hook"), .product(Sample.hook))
        #expect(onAir == ["hook"])
    }

    @Test func whatWasLinkedToBeforeIsOnAirAgain() {
        linkTwice()
        let asked = stage.answer(.head(show), head(linked(1), since: Self.long))
        #expect(asked.questions.contains(.productAt(address: Self.address)))
        #expect(onAir.isEmpty && lines == ["m10"])
        var dear = Sample.lamp
        dear.variants[0].price = Sample.francs(20_000)
        stage.answer(.productAt(address: Self.address), .product(dear))
        #expect(onAir == ["lamp"])
        #expect(stage.state.watch?.productOnCard?.variants.first?.price == Sample.francs(20_000))
        // Nothing is left: the last message of the chat is gone as well.
        stage.answer(.head(show), head([], since: Self.long))
        #expect(onAir.isEmpty && lines.isEmpty)
        #expect(stage.state.watch?.pendingLink == nil)
    }

    @Test func onlyTheNewestTakesSomethingOffTheAir() {
        linkTwice()
        let asked = stage.answer(.head(show), head(linked(2, Self.address + "hook"), since: Self.long))
        #expect(onAir == ["hook"] && asked.questions.allSatisfy { $0 != .productAt(address: Self.address) })
        // The first is gone, so there is nothing to go back to.
        stage.answer(.head(show), head([said(30)], since: Self.long))
        #expect(onAir.isEmpty && stage.state.watch?.pendingLink == nil)
    }

    /// The newest link is asked about still: what is on air is the one before it, and leaves the air with its message.
    @Test func whatIsOnAirLeavesItWhileANewerOneIsAskedAbout() {
        stage.answer(.head(show), head(linked(1), since: Self.long))
        stage.answer(.productAt(address: Self.address), .product(Sample.lamp))
        stage.answer(.head(show), head(linked(1) + linked(2, Self.address + "cart"), since: Self.long))
        #expect(onAir == ["lamp"])
        stage.answer(.head(show), head(linked(2, Self.address + "cart"), since: Self.long))
        #expect(onAir.isEmpty)
        stage.fail(.productAt(address: Self.address + "cart"), .notFound)
        #expect(onAir.isEmpty && stage.state.watch?.pendingLink == nil)
    }

    /// Before its product is known, or before the playhead has reached it.
    @Test func whatIsTakenBackEarlyIsNeverOnAir() {
        stage.answer(.head(show), head(linked(1), since: Self.long))
        stage.answer(.head(show), head([said(20)], since: Self.long))
        stage.answer(.productAt(address: Self.address), .product(Sample.lamp))
        #expect(onAir.isEmpty)
        // Live, the playhead is two polls behind.
        let late = [110, 111].map {
            event(
                $0,
                $0 == 110 ? .chat(Sample.message(110, at: event(110, .unknown).at)) : .link(Self.address, in: "m110"))
        }
        stage.answer(.head(show), head([said(20)] + late, since: Self.long))
        #expect(stage.state.watch?.timeline?.hasWaiting == true)
        stage.answer(.head(show), head([said(20)], since: Self.long))
        #expect(!stage.wait(.seconds(60)).questions.contains(.productAt(address: Self.address)))
        #expect(onAir.isEmpty)
    }

    /// A chat that could not be read, or that many messages have scrolled on, takes nothing back.
    @Test func whatIsOnlyNoLongerListedStays() {
        linkTwice()
        stage.answer(.head(show), head([]))
        stage.answer(.head(show), head([said(30), said(40)]))
        #expect(onAir == ["hook"])
        #expect(lines == ["m10", "m20", "m30", "m40"])
    }

    /// A page that sells nothing was never on air: what is goes on, and who comes later sees the same.
    @Test func aPageWithoutAProductLeavesWhatIsOnAir() {
        stage.answer(.head(show), head(linked(1) + linked(2, Self.address + "cart"), since: Self.long))
        let asked = stage.fail(.productAt(address: Self.address + "cart"), .notFound) + stage.wait(.milliseconds(1))
        #expect(asked.questions.contains(.productAt(address: Self.address)))
        stage.answer(.productAt(address: Self.address), .product(Sample.lamp))
        #expect(onAir == ["lamp"])
        stage.answer(.head(show), head(linked(1), since: Self.long))
        #expect(onAir == ["lamp"])
    }

    @Test func whereTheShowStandsIsWhatIsSaidLast() {
        stage.answer(.head(show), head([said(1)]))
        #expect(stage.state.watch?.state == .live)
        stage.answer(.head(show), head([said(1)], .ended))
        #expect(stage.state.watch?.state == .ended)
        stage.answer(.head(show), head([said(1)]))
        #expect(stage.state.watch?.state == .live)
    }
}
