import AppCore
import Domain
import Testing
import Text

/// A show whose events are told one after the other, by a front end without a screen.
@Suite struct ShowFeedTests {
    private let now = Sample.now
    private let show = Sample.liveShow.id
    private let stage = Rehearsal()

    init() { stage.state.asksByItself = false }

    private var feed: ShowFeed? { stage.state.watch?.feed }
    private var sequences: [Int] { feed?.entries(from: 0).map(\.event.sequence) ?? [] }

    @discardableResult
    private func join(_ show: Show = Sample.liveShow) -> [Effect] {
        stage.act(.feed(.join(ShowDetail(show: show, lineUp: [Sample.hook]))))
    }

    /// Answers what is asked about the show from its chronicle, and what is asked then.
    /// - Returns: the questions, in order.
    @discardableResult
    private func serve(_ chronicle: Chronicle, _ effects: [Effect]) -> [ShopQuery] {
        var asked: [ShopQuery] = []
        var open = effects.questions
        while !open.isEmpty {
            let query = open.removeFirst()
            asked.append(query)
            let answer: ShopAnswer? =
                switch query {
                case .head: .head(chronicle.head(at: stage.state.now))
                case .segment(_, let number): .segment(chronicle.segment(number, at: stage.state.now))
                default: nil
                }
            if let answer { open += stage.answer(query, answer).questions }
        }
        return asked
    }

    // MARK: Order

    @Test func liveBeginsWithWhatIsOpen() {
        var chronicle = Chronicle()
        chronicle.chatter(15, from: now - .seconds(60), every: .seconds(1))
        #expect(serve(chronicle, join()) == [.head(show)])
        #expect(sequences == Array(11...15))
        #expect(feed?.snapshot?.sequence == 15 && feed?.isComplete == false)
    }

    @Test func aShowThatIsOverBeginsAtItsBeginning() {
        var chronicle = Chronicle()
        chronicle.chatter(34, from: now - .seconds(60), every: .seconds(1))
        chronicle.add(.state(.ended), at: now - .seconds(1))
        var over = Sample.liveShow
        over.state = .ended
        let asked = serve(chronicle, join(over))
        #expect(asked == [.head(show), .segment(show, 0), .segment(show, 1), .segment(show, 2)])
        #expect(sequences == Array(1...35) && feed?.isComplete == true)
        #expect(stage.wait(.seconds(120)).questions.isEmpty)
    }

    @Test func theEndOfALiveShowEndsThePolls() {
        var chronicle = Chronicle()
        chronicle.chatter(3, from: now - .seconds(60), every: .seconds(1))
        chronicle.add(.state(.ended), at: now + .milliseconds(500))
        serve(chronicle, join())
        #expect(feed?.isComplete == false)
        #expect(serve(chronicle, stage.wait(.seconds(2))) == [.head(show)])
        #expect(sequences == [1, 2, 3, 4] && feed?.isComplete == true)
        #expect(stage.wait(.seconds(120)).questions.isEmpty)
    }

    /// Prices hold at once on a screen; told, they keep their place.
    @Test func factsKeepTheirPlace() {
        var chronicle = Chronicle()
        chronicle.chatter(1, from: now + .milliseconds(100), every: .seconds(1))
        chronicle.add(.price("HOOK", Sample.francs(2000), was: nil), at: now + .milliseconds(200))
        chronicle.chatter(1, from: now + .milliseconds(300), every: .seconds(1))
        serve(chronicle, join())
        serve(chronicle, stage.wait(.seconds(2)))
        #expect(sequences == [1, 2, 3])
        #expect(stage.state.watch?.current(Sample.hook).variants.first?.price == Sample.francs(2000))
    }

    // MARK: No gaps

    @Test func hoursAwayAreFetchedOneAfterTheOther() {
        var chronicle = Chronicle()
        chronicle.chatter(5, from: now - .seconds(10), every: .seconds(1))
        chronicle.chatter(1200, from: now + .seconds(2), every: .milliseconds(1))
        serve(chronicle, join())
        let effects = stage.wait(.milliseconds(1200))
        #expect(effects.questions == [.head(show)])
        stage.fail(.head(show), .lost)
        let asked = serve(chronicle, stage.wait(.seconds(5)))
        #expect(asked.first == .head(show))
        #expect(asked.dropFirst().starts(with: (0...119).map { .segment(show, $0) }))
        #expect(sequences == Array(1...1205))
    }

    @Test(arguments: [ShopFailure.lost, .notFound, .busy(status: 503, retryAfterSeconds: 7)])
    func aSegmentThatDoesNotComeIsAskedForAgain(failure: ShopFailure) {
        var chronicle = Chronicle()
        chronicle.chatter(25, from: now + .milliseconds(100), every: .milliseconds(1))
        serve(chronicle, join())
        serve(chronicle, stage.wait(.milliseconds(500)))
        let head = stage.wait(.milliseconds(700)).questions
        #expect(head == [.head(show)])
        stage.answer(.head(show), .head(chronicle.head(at: stage.state.now)))
        for _ in 0..<3 {
            stage.fail(.segment(show, 0), failure)
            #expect(stage.state.watch?.segmentsFailure == failure)
            let again = stage.wait(.seconds(15)).questions
            #expect(again.contains(.segment(show, 0)))
            stage.answer(.head(show), .head(chronicle.head(at: stage.state.now)))
        }
        #expect(sequences.isEmpty)
        serve(chronicle, [.ask(.segment(show, 0))])
        #expect(sequences == Array(1...25) && stage.state.watch?.segmentsFailure == nil)
    }

    /// The front end reads nothing: no memory fills, and nothing is lost.
    @Test func aFullFeedAsksForNothing() {
        var chronicle = Chronicle()
        chronicle.eventsPerSegment = 500
        chronicle.chatter(6000, from: now + .milliseconds(10), every: .milliseconds(1))
        chronicle.add(.state(.ended), at: now + .seconds(7))
        serve(chronicle, join())
        for _ in 0..<20 { serve(chronicle, stage.wait(.seconds(1))) }
        #expect(sequences == Array(1...2000))
        #expect(stage.wait(.seconds(120)).questions.isEmpty)
        var told: [Int] = []
        var from = 0
        while let feed, !feed.isComplete || feed.end > from {
            told += feed.entries(from: from).map(\.event.sequence)
            from = feed.end
            serve(chronicle, stage.act(.feed(.told(upTo: from))) + stage.wait(.seconds(1)))
            guard told.count < 10_000, stage.state.now < now + .seconds(600) else { break }
        }
        #expect(told == Array(1...6001))
    }

    @Test func ordinalsGoOn() {
        var chronicle = Chronicle()
        chronicle.chatter(3, from: now - .seconds(60), every: .seconds(1))
        serve(chronicle, join())
        stage.act(.feed(.told(upTo: 2)))
        #expect(feed?.end == 3 && sequences == [3])
        #expect(feed?.entries(from: 3) == [] && feed?.entries(from: 99) == [] && feed?.entries(from: -5).count == 1)
        stage.act(.feed(.told(upTo: 99)))
        stage.act(.feed(.told(upTo: 1)))
        #expect(feed?.end == 3 && sequences.isEmpty)
    }

    // MARK: Links and stretches that are told anew

    private static let address = "https://lamps.example/product/paper-moon/"
    private static let long = Sample.now - .seconds(3600)

    private func retold(_ events: [TimelineEvent], _ state: ShowState = .live) -> ShopAnswer {
        let snapshot = ShowSnapshot(sequence: events.last?.sequence ?? 0, at: stage.state.now, state: state)
        let opening = ShowSnapshot(sequence: 0, at: Self.long, state: state)
        return .head(
            ShowHead(
                show: show, snapshot: snapshot, lastSequence: snapshot.sequence,
                open: TimelineSegment(number: 0, opening: opening, events: events, isClosed: false),
                pollAfterMilliseconds: 5000, serverTime: stage.state.now, retoldSince: Self.long))
    }

    private func said(_ number: Int) -> TimelineEvent {
        let at = now - .seconds(100) + .seconds(Int64(number))
        return TimelineEvent(sequence: number, at: at, kind: .chat(Sample.message(number, at: at)))
    }

    private func link(_ number: Int, _ address: String = address) -> [TimelineEvent] {
        let message = said(number)
        let kind = TimelineEvent.Kind.link(address, in: MessageID("m\(number)"))
        return [message, TimelineEvent(sequence: number + 1, at: message.at, kind: kind)]
    }

    @Test func aLinkIsToldWhenItsProductIsKnown() {
        join()
        let asked = stage.answer(.head(show), retold(link(1)))
        #expect(asked.questions == [.productAt(address: Self.address)])
        #expect(feed?.entries(from: 0) == [.event(said(1))])
        stage.answer(.productAt(address: Self.address), .product(Sample.lamp))
        let highlight = TimelineEvent(sequence: 2, at: said(1).at, kind: .highlight(["lamp"]))
        #expect(feed?.entries(from: 1) == [.onAir(Sample.lamp, highlight)])
    }

    @Test func whatIsGoneFromTheChatIsTold() {
        join()
        stage.answer(.head(show), retold(link(1) + [said(3), said(4)]))
        stage.answer(.productAt(address: Self.address), .product(Sample.lamp))
        let before = feed?.end ?? 0
        stage.wait(.seconds(6))
        stage.answer(.head(show), retold([said(4), said(5)]))
        let gone = stage.state.now
        let events = [
            said(5), TimelineEvent(sequence: 5, at: gone, kind: .chatRemoved("m1")),
            TimelineEvent(sequence: 5, at: gone, kind: .highlight([])),
            TimelineEvent(sequence: 5, at: gone, kind: .chatRemoved("m3")),
        ]
        #expect(feed?.entries(from: before).map(\.event) == events)
        #expect(feed?.entries(from: before + 2).first == .offAir(["lamp"], events[2]))
        #expect(stage.state.watch?.chat.entries.map(\.message.id) == ["m4", "m5"])
    }

    @Test func whereSuchAShowStandsIsTold() {
        join()
        stage.answer(.head(show), retold([said(1)]))
        stage.wait(.seconds(6))
        stage.answer(.head(show), retold([said(1)], .ended))
        #expect(feed?.entries(from: 1).map(\.event.kind) == [.state(.ended)])
        #expect(feed?.isComplete == true)
    }

    // MARK: Beside the show

    @Test func nothingElseIsAskedAfterAnOutage() {
        var chronicle = Chronicle()
        chronicle.chatter(3, from: now - .seconds(60), every: .seconds(1))
        serve(chronicle, join())
        #expect(stage.wait(.seconds(2)).questions == [.head(show)])
        stage.fail(.head(show), .lost)
        var asked = serve(chronicle, stage.wait(.seconds(10)))
        asked += serve(chronicle, stage.wait(.seconds(60)))
        #expect(asked.count >= 2 && asked.allSatisfy { $0 == .head(show) })
        #expect(stage.state.connection.isLive)
    }

    /// Such as for a reminder of the same show.
    @Test func aFailureToAskForTheShowOnceMoreIsNoneOfTheFeed() {
        serve(Chronicle(), join())
        stage.fail(.show(show), .lost)
        #expect(stage.state.watch?.failure == nil)
        #expect(serve(Chronicle(), stage.wait(.seconds(30))).allSatisfy { $0 == .head(show) })
    }

    @Test func tryingNowAsksBeforeItIsDue() {
        var chronicle = Chronicle()
        chronicle.pollAfterMilliseconds = 60_000
        serve(chronicle, join())
        #expect(stage.act(.feed(.tryNow)).questions == [.head(show)])
        #expect(stage.act(.feed(.tryNow)).questions.isEmpty)
    }

    @Test func leavingLeavesAPurchaseAlone() {
        join()
        stage.state.capabilities = .all
        stage.answer(.head(show), .head(Chronicle().head(at: now)))
        stage.press(.buySelected, .buySelected)
        stage.act(.feed(.leave))
        #expect(stage.state.watch == nil && stage.state.page == nil)
        #expect(stage.state.buy != nil)
        #expect(stage.wait(.seconds(30)).questions.allSatisfy { $0 != .head(show) })
    }

    @Test func aScreenHasNoFeed() {
        let viewer = Rehearsal.watching(Chronicle())
        #expect(viewer.state.watch != nil && viewer.state.watch?.feed == nil)
    }
}
