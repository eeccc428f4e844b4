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

    private func head(_ events: [TimelineEvent], _ state: ShowState = .live) -> ShopAnswer {
        let snapshot = ShowSnapshot(sequence: events.last?.sequence ?? 0, at: stage.state.now, state: state)
        let opening = ShowSnapshot(
            sequence: (events.first?.sequence ?? 1) - 1, at: events.first?.at ?? stage.state.now, state: state)
        return .head(
            ShowHead(
                show: show, snapshot: snapshot, lastSequence: snapshot.sequence,
                open: TimelineSegment(number: 0, opening: opening, events: events, isClosed: false),
                pollAfterMilliseconds: 5000, serverTime: stage.state.now, retells: true))
    }

    private var lines: [MessageID] { stage.state.watch?.chat.entries.map(\.message.id) ?? [] }
    private var onAir: [ProductID] { stage.state.watch?.onAir.map(\.id) ?? [] }

    @Test func theShopIsAskedAtThatMoment() {
        let asked = stage.answer(.head(show), head([said(1), event(2, .link(Self.address))]))
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
            .head(show), head([event(1, .link(Self.address + "1")), event(2, .link(Self.address + "2"))]))
        #expect(
            asked.questions.filter { if case .productAt = $0 { true } else { false } } == [
                .productAt(address: Self.address + "2")
            ])
        // An answer to a question that nobody has is nothing.
        stage.answer(.productAt(address: Self.address + "1"), .product(Sample.lamp))
        #expect(onAir.isEmpty)
    }

    @Test func thePriceOfThatMomentCounts() {
        stage.answer(.head(show), head([event(1, .link(Self.address))]))
        var dear = Sample.hook
        dear.variants[0].price = Sample.francs(9900)
        stage.answer(.productAt(address: Self.address), .product(dear))
        #expect(stage.state.watch?.productOnCard?.variants.first?.price == Sample.francs(9900))
        #expect(stage.state.watch?.lineUp.count == 1)
    }

    @Test func aShopThatIsAwayIsAskedAgainAndOneWithoutItIsNot() {
        stage.answer(.head(show), head([event(1, .link(Self.address))]))
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

    @Test func whereTheShowStandsIsWhatIsSaidLast() {
        stage.answer(.head(show), head([said(1)]))
        #expect(stage.state.watch?.state == .live)
        stage.answer(.head(show), head([said(1)], .ended))
        #expect(stage.state.watch?.state == .ended)
        stage.answer(.head(show), head([said(1)]))
        #expect(stage.state.watch?.state == .live)
    }
}
