import AppCore
import Domain
import SeededRandom
import Testing
import Text

@Suite("Joining a live show, and its events in order")
struct JoiningTests {
    private let now = Sample.now

    @Test func openingAsksForTheShowAndItsHead() {
        let viewer = Rehearsal.withSchedule()
        #expect(viewer.press(.open) == [.ask(.show("lamps")), .ask(.head("lamps"))])
        #expect(viewer.state.context == .watch)
        #expect(viewer.state.watch?.title == "Late-night lamps")
    }

    @Test("An open segment of a few lines is preceded by the one before it") func aThinSegmentIsNotEnough() {
        var chronicle = Chronicle()
        chronicle.chatter(15, from: now - .seconds(60), every: .seconds(1))
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        #expect(viewer.answer(.head("lamps"), .head(chronicle.head(at: now))) == [.ask(.segment("lamps", 0))])
        #expect(viewer.state.watch?.timeline == nil)
        viewer.answer(.segment("lamps", 0), .segment(chronicle.segment(0, at: now)))
        #expect(viewer.chat == (1...15).map { "line \($0)" })
    }

    @Test func theFirstSegmentAndAFullOneAreEnough() {
        var young = Chronicle()
        young.chatter(3, from: now - .seconds(60), every: .seconds(1))
        #expect(Rehearsal.watching(young).chat == ["line 1", "line 2", "line 3"])

        var full = Chronicle()
        full.eventsPerSegment = 100
        full.chatter(160, from: now - .seconds(400), every: .seconds(1))
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        #expect(viewer.answer(.head("lamps"), .head(full.head(at: now))).isEmpty)
        #expect(viewer.chat.count == 60)
    }

    @Test("A part of the past that the shop no longer keeps does not keep anyone out") func missingPast() {
        var chronicle = Chronicle()
        chronicle.chatter(15, from: now - .seconds(60), every: .seconds(1))
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        viewer.answer(.head("lamps"), .head(chronicle.head(at: now)))
        viewer.fail(.segment("lamps", 0), .notFound)
        #expect(viewer.chat == (11...15).map { "line \($0)" })
        viewer.fail(.segment("lamps", 0), .notFound)
        #expect(viewer.chat == (11...15).map { "line \($0)" })
    }

    @Test func aLostSegmentIsAskedForAgain() {
        var chronicle = Chronicle()
        chronicle.chatter(15, from: now - .seconds(60), every: .seconds(1))
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        viewer.answer(.head("lamps"), .head(chronicle.head(at: now)))
        #expect(viewer.fail(.segment("lamps", 0), .lost).isEmpty)
        #expect(viewer.wait(.seconds(4)).questions.contains(.segment("lamps", 0)))
    }

    @Test("Where the past stays away, what is on now is shown without it") func thePastStaysAway() {
        var chronicle = Chronicle()
        chronicle.chatter(15, from: now - .seconds(60), every: .seconds(1))
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        viewer.answer(.head("lamps"), .head(chronicle.head(at: now)))
        viewer.fail(.segment("lamps", 0), .lost)
        #expect(viewer.chat.isEmpty)
        #expect(viewer.wait(.seconds(1)).questions.contains(.segment("lamps", 0)))
        viewer.fail(.segment("lamps", 0), .lost)
        #expect(viewer.chat == (11...15).map { "line \($0)" })
    }

    @Test func anOpenSegmentThatGrowsIsReadOnce() {
        var chronicle = Chronicle()
        chronicle.chatter(9, from: now - .seconds(4), every: .milliseconds(500))
        let viewer = Rehearsal.watching(chronicle)
        for _ in 0..<5 {
            viewer.wait(.seconds(1))
            viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        }
        viewer.wait(.seconds(3))
        #expect(viewer.chat == (1...9).map { "line \($0)" })
    }

    @Test("Segments that passed between two polls are fetched, in whatever order they come")
    func gapsAreFilled() {
        var chronicle = Chronicle()
        chronicle.chatter(5, from: now - .seconds(10), every: .seconds(1))
        chronicle.chatter(60, from: now + .milliseconds(10), every: .milliseconds(10))
        let viewer = Rehearsal.watching(chronicle)
        viewer.wait(.seconds(2))
        let effects = viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(effects.questions == (0...3).map { .segment("lamps", $0) })
        var pending = [3, 1, 2, 0]
        while !pending.isEmpty {
            let number = pending.removeFirst()
            let segment = chronicle.segment(number, at: viewer.state.now)
            for case .segment(_, let next) in viewer.answer(.segment("lamps", number), .segment(segment)).questions {
                pending.insert(next, at: 0)
            }
        }
        viewer.wait(.seconds(5))
        #expect(viewer.chat == (1...65).map { "line \($0)" })
    }

    @Test("An open segment that was seen whole needs no fetching once it is closed")
    func aSegmentSeenWholeIsSkipped() {
        var chronicle = Chronicle()
        chronicle.eventsPerSegment = 5
        chronicle.chatter(5, from: now - .seconds(10), every: .seconds(1))
        chronicle.chatter(1, from: now + .seconds(1), every: .seconds(1))
        var timeline = ShowTimeline(startingWith: chronicle.segment(0, at: now))
        var open = chronicle.segment(0, at: now)
        open.isClosed = false
        let first = timeline.receive(open)
        #expect(first.count == 5)
        let next = chronicle.segment(1, at: now + .seconds(2))
        #expect(timeline.missing(before: next, limit: 4).isEmpty)
        let second = timeline.receive(next)
        #expect(second.map(\.sequence) == [6])
        let again = timeline.receive(chronicle.segment(0, at: now))
        #expect(again.isEmpty)
    }

    @Test("Segments in any order, twice, half grown: every event once, in order", arguments: 0..<20 as Range<UInt64>)
    func anyOrderOfArrival(seed: UInt64) {
        var random = Seeded(seed)
        var chronicle = Chronicle()
        chronicle.eventsPerSegment = 7
        chronicle.chatter(100, from: now, every: .seconds(1))
        var timeline = ShowTimeline(startingWith: chronicle.segment(0, at: now))
        var seen: [Int] = []
        var arrivals = (0...14).flatMap { number in
            [now + .seconds(Int64.random(in: 0...100, using: &random)), now + .seconds(200)].map {
                chronicle.segment(number, at: $0)
            }
        }
        arrivals.shuffle(using: &random)
        for segment in arrivals { seen += timeline.receive(segment).map(\.sequence) }
        for number in 0...14 {
            seen += timeline.receive(chronicle.segment(number, at: now + .seconds(200))).map(\.sequence)
        }
        #expect(seen == seen.sorted() && Set(seen).count == seen.count)
        #expect(seen.last == 100)
    }

    @Test func numbersAtTheEndOfTheirRangeDoNotTrap() {
        let opening = ShowSnapshot(sequence: 0, at: now, state: .live)
        let last = TimelineSegment(number: .max, opening: opening, events: [], isClosed: true)
        var timeline = ShowTimeline(startingWith: last)
        _ = timeline.receive(last)
        _ = timeline.receive(last)
        _ = timeline.missing(before: last, limit: 4)

        let viewer = Rehearsal.watching(Chronicle())
        var head = Chronicle().head(at: now)
        head.open.number = .max
        head.pollAfterMilliseconds = .max
        head.lastSequence = .max
        head.open.opening.sequence = .max
        viewer.answer(.head("lamps"), .head(head))
        viewer.wait(.seconds(3))
        #expect(viewer.state.watch != nil)
    }

    @Test("Sequences are compared, not counted on: an event that was left out holds nothing up")
    func aHoleInTheSequence() {
        let events = [1, 2, 5, 6].map {
            TimelineEvent(sequence: $0, at: now, kind: .chat(Sample.message($0, at: now)))
        }
        let opening = ShowSnapshot(sequence: 0, at: now, state: .live)
        var timeline = ShowTimeline(
            startingWith: TimelineSegment(number: 0, opening: opening, events: [], isClosed: false))
        let segment = TimelineSegment(number: 0, opening: opening, events: events, isClosed: false)
        let first = timeline.receive(segment)
        #expect(first.map(\.sequence) == [1, 2, 5, 6])
        let again = timeline.receive(segment)
        #expect(again.isEmpty)
    }
}
