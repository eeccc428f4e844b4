import AppCore
import Domain
import Testing
import Text

@Suite("A replay: the same timeline with a playhead of its own")
struct ReplayTests {
    /// An ended show of ten minutes with a line every ten seconds, in segments of ten lines.
    private static let chronicle: Chronicle = {
        var chronicle = Chronicle(startsAt: Sample.pastShow.startsAt)
        chronicle.show = "knives"
        chronicle.chatter(60, from: Sample.pastShow.startsAt, every: .seconds(10))
        return chronicle
    }()

    private var show: Show {
        var show = Sample.pastShow
        show.endsAt = show.startsAt + .seconds(600)
        return show
    }

    /// Opens the replay and gives it everything that it asks for.
    private func opened() -> Rehearsal {
        let viewer = Rehearsal.withSchedule()
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([show], nextCursor: nil))
        let effects = viewer.press(.open)
        answer(effects, viewer)
        return viewer
    }

    /// Answers what is asked about the show, and what is asked then; returns the segments asked for.
    @discardableResult
    private func answer(_ effects: [Effect], _ viewer: Rehearsal) -> [Int] {
        var segments: [Int] = []
        var questions = effects.questions
        while !questions.isEmpty, segments.count < 100 {
            let query = questions.removeFirst()
            switch query {
            case .show: questions += viewer.answer(query, .show(ShowDetail(show: show, lineUp: []))).questions
            case .head: questions += viewer.answer(query, .head(Self.chronicle.head(at: Sample.now))).questions
            case .segment(_, let number):
                segments.append(number)
                let segment = Self.chronicle.segment(number, at: Sample.now)
                questions += viewer.answer(query, .segment(segment)).questions
            default: break
            }
        }
        return segments
    }

    private func play(_ seconds: Int, _ viewer: Rehearsal) -> [Int] {
        (0..<seconds).flatMap { _ in answer(viewer.wait(.seconds(1)), viewer) }
    }

    @Test func itBeginsAtTheBeginningAndReadsAhead() {
        let viewer = opened()
        #expect(viewer.state.watch?.playhead.isReplay == true)
        #expect(viewer.chat == ["line 1"])
        #expect(play(25, viewer).isEmpty)
        #expect(viewer.chat.count == 3)
        // The second segment is fetched a minute before its first line.
        #expect(play(40, viewer) == [1])
        #expect(viewer.chat.count == 7)
    }

    @Test func itPausesAndGoesOn() {
        let viewer = opened()
        _ = play(15, viewer)
        viewer.press(.pause)
        let wakeUps = viewer.wakeUps
        _ = play(100, viewer)
        #expect(viewer.chat.count == 2)
        #expect(viewer.wakeUps - wakeUps < 10)
        viewer.press(.pause)
        _ = play(6, viewer)
        #expect(viewer.chat.count == 3)
    }

    @Test func forwardPlaysWhatIsBetween() {
        let viewer = opened()
        var segments: [Int] = []
        for _ in 0..<6 { segments += answer(viewer.press(.seekForward), viewer) }
        #expect(segments == [1, 2])
        #expect(viewer.chat == (1...19).map { "line \($0)" })
    }

    @Test func backBeginsAtASegmentAndPlaysUpToThePlace() {
        let viewer = opened()
        for _ in 0..<6 { answer(viewer.press(.seekForward), viewer) }
        let segments = answer(viewer.press(.seekBack, .seekBack, .seekBack), viewer)
        #expect(segments.first == 0 || segments.first == 1)
        #expect(viewer.chat.last == "line 10")
        _ = play(11, viewer)
        #expect(viewer.chat.suffix(2) == ["line 10", "line 11"])
        for _ in 0..<20 { answer(viewer.press(.seekBack), viewer) }
        #expect(viewer.chat == ["line 1"])
    }

    @Test("A moment is gone to by its segment, without playing what is between") func aMoment() {
        let viewer = opened()
        let time = show.startsAt + .seconds(455)
        viewer.press(.moments)
        viewer.answer(
            .moments("knives"),
            .moments([
                Moment(products: ["hook"], title: "Hook", at: time, offset: .seconds(455), segment: 4),
                Moment(products: ["lamp"], title: "Lamp", at: show.startsAt, offset: .zero, segment: 0),
            ]))
        #expect(viewer.state.watch?.chosenMoment(at: viewer.state.playheadPosition)?.title == "Lamp")
        let segments = answer(viewer.press(.down, .open), viewer)
        #expect(segments.prefix(2) == [3, 4] && !segments.contains(1))
        #expect(viewer.state.watch?.pane == .chat)
        #expect(viewer.chat.first == "line 31" && viewer.chat.last == "line 46")
        #expect(viewer.state.playheadPosition == time)
        // And back again.
        viewer.press(.moments)
        #expect(answer(viewer.press(.up, .open), viewer).first == 0)
        #expect(viewer.chat == ["line 1"])
    }

    @Test func aMomentWithoutASegmentIsPlayedUpTo() {
        let viewer = opened()
        viewer.press(.moments)
        let time = show.startsAt + .seconds(255)
        viewer.answer(
            .moments("knives"), .moments([Moment(products: ["hook"], title: "Hook", at: time, offset: .seconds(255))]))
        let segments = answer(viewer.press(.open), viewer)
        #expect(segments == [1, 2, 3] && viewer.chat.last == "line 26")
    }

    @Test("At the end it stands still, asks for nothing more and does not wake") func itEnds() {
        let viewer = opened()
        let segments = (0..<40).flatMap { _ in answer(viewer.press(.seekForward), viewer) }
        #expect(segments == [1, 2, 3, 4, 5, 6])
        _ = play(20, viewer)
        #expect(viewer.chat.count == 60)
        guard case .replay(let position, _, let isPaused) = viewer.state.watch?.playhead else {
            Issue.record("no replay")
            return
        }
        #expect(isPaused && position == show.endsAt)
        let wakeUps = viewer.wakeUps
        #expect(play(120, viewer).isEmpty)
        #expect(viewer.wakeUps - wakeUps < 10)
        answer(viewer.press(.seekBack, .pause), viewer)
        _ = play(5, viewer)
        #expect(viewer.chat.last == "line 58")
    }

    @Test func pricesAreThoseOfTheTime() {
        let viewer = Rehearsal.withSchedule()
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([show], nextCursor: nil))
        viewer.press(.open)
        viewer.answer(.show("knives"), .show(ShowDetail(show: show, lineUp: [Sample.hook])))
        viewer.answer(.head("knives"), .head(Self.chronicle.head(at: Sample.now)))
        var segment = Self.chronicle.segment(0, at: Sample.now)
        segment.opening.highlight = ["hook"]
        segment.opening.onAir = [VariantFacts(sku: "HOOK", price: Sample.francs(999))]
        viewer.answer(.segment("knives", 0), .segment(segment))
        #expect(viewer.state.watch?.productOnCard?.variants.first?.price == Sample.francs(999))
    }

    @Test func aReplaysChatIsClosed() {
        let viewer = opened()
        viewer.press(.write)
        #expect(viewer.state.prompt == nil && viewer.state.notice?.tone == .warning)
    }

    @Test func aLiveShowIsNotMovedIn() {
        let viewer = Rehearsal.watching(Chronicle())
        let playhead = viewer.state.watch?.playhead
        viewer.press(.seekBack, .pause, .seekForward)
        #expect(viewer.state.watch?.playhead == playhead)
    }
}
