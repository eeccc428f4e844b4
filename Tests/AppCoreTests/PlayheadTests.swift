import AppCore
import Domain
import Testing
import Text

@Suite("The playhead: chat and highlights with the picture, facts at once")
struct PlayheadTests {
    private let now = Sample.now

    @Test func chatWaitsAndPricesDoNot() {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: now - .seconds(60))
        chronicle.add(.chat(Sample.message(2, at: now)), at: now)
        chronicle.add(.price("LAMP-SAND-S", Sample.francs(9900), was: nil), at: now)
        chronicle.add(.stock("LAMP-SAND-S", 2), at: now)
        chronicle.add(.viewers(77), at: now)
        chronicle.add(.highlight(["hook"]), at: now)
        let viewer = Rehearsal.watching(chronicle)
        #expect(viewer.chat.isEmpty)
        #expect(viewer.state.watch?.productOnCard?.id == "lamp")
        #expect(viewer.state.watch?.productOnCard?.variant("LAMP-SAND-S")?.price == Sample.francs(9900))
        #expect(viewer.state.watch?.productOnCard?.variant("LAMP-SAND-S")?.stock == 2)
        #expect(viewer.state.watch?.timeline?.played.viewers == 77)
        #expect(
            viewer.ticker == [
                "on air: Paper Moon table lamp", "Paper Moon table lamp (sand, S) 2 left",
                "Paper Moon table lamp (sand, S) 145.00 → 99.00",
            ])
        viewer.wait(.milliseconds(1999))
        #expect(viewer.chat.isEmpty)
        viewer.wait(.milliseconds(1))
        #expect(viewer.chat == ["line 2"])
        #expect(viewer.state.watch?.productOnCard?.id == "hook")
        #expect(viewer.ticker.first == "on air: Brass hook")
    }

    @Test func thePicturesDelayIsWaitedFor() {
        var chronicle = Chronicle()
        chronicle.chatter(1, from: now, every: .zero)
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        var detail = Sample.detail
        detail.show.delayMilliseconds = 8000
        viewer.answer(.show("lamps"), .show(detail))
        viewer.answer(.head("lamps"), .head(chronicle.head(at: now)))
        viewer.wait(.milliseconds(7999))
        #expect(viewer.chat.isEmpty)
        viewer.wait(.milliseconds(1))
        #expect(viewer.chat.count == 1)
    }

    @Test("A slower poll is a longer wait, so that lines do not come in bursts") func lagFollowsThePoll() {
        var chronicle = Chronicle()
        chronicle.pollAfterMilliseconds = 5000
        let viewer = Rehearsal.watching(chronicle)
        #expect(viewer.state.watch?.playhead == .live(lag: .seconds(10)))
    }

    @Test("Chat comes evenly though polls bring it in lumps") func chatFlowsEvenly() {
        var chronicle = Chronicle()
        chronicle.eventsPerSegment = 50
        chronicle.chatter(120, from: now, every: .milliseconds(250))
        let viewer = Rehearsal.watching(chronicle)
        var arrivals: [Timestamp] = []
        while viewer.state.now < now + .seconds(20) {
            let before = viewer.chat.count
            for query in viewer.wait(.milliseconds(25)).questions where query == .head("lamps") {
                // What a cache hands out may be a second old.
                let age = viewer.state.now - .milliseconds(700)
                for case .segment(_, let number) in viewer.answer(query, .head(chronicle.head(at: age))).questions {
                    viewer.answer(.segment("lamps", number), .segment(chronicle.segment(number, at: age)))
                }
            }
            for _ in before..<viewer.chat.count { arrivals.append(viewer.state.now) }
        }
        let gaps = zip(arrivals.dropFirst(), arrivals).dropFirst(8).map { $0 - $1 }
        #expect(gaps.count > 40)
        #expect(gaps.allSatisfy { $0 >= .milliseconds(225) && $0 <= .milliseconds(275) })
    }

    @Test func anUnpublishedMessageNeverShowsAndAShownOneGoes() {
        var chronicle = Chronicle()
        chronicle.chatter(2, from: now - .seconds(10), every: .seconds(1))
        chronicle.add(.chat(Sample.message(3, "rude", at: now)), at: now)
        chronicle.add(.chatRemoved("m3"), at: now)
        chronicle.add(.chatRemoved("m1"), at: now)
        let viewer = Rehearsal.watching(chronicle)
        #expect(viewer.chat == ["line 2"])
        viewer.wait(.seconds(5))
        #expect(viewer.chat == ["line 2"])
    }

    @Test(
        "The server's clock counts, however wrong the local one is", arguments: [-3_600, -5, 0, 5, 86_400] as [Int64])
    func clockOffset(seconds: Int64) {
        let offset = Duration.seconds(seconds)
        var chronicle = Chronicle()
        chronicle.chatter(10, from: now + offset, every: .seconds(1))
        let viewer = Rehearsal.withSchedule()
        viewer.press(.open)
        viewer.answer(.show("lamps"), .show(Sample.detail))
        viewer.answer(.head("lamps"), .head(chronicle.head(at: now + offset)))
        #expect(viewer.state.clock.offset == offset)
        for _ in 0..<8 {
            viewer.wait(.seconds(1))
            viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now + offset)))
        }
        #expect(viewer.chat == (1...7).map { "line \($0)" })
    }

    @Test func anOldAnswerDoesNotTurnTheClockBack() {
        var clock = ServerClock()
        clock.observe(notBefore: now + .seconds(5), at: now)
        clock.observe(notBefore: now + .seconds(2), at: now)
        clock.observe(notBefore: now - .seconds(3600), at: now)
        #expect(clock.serverTime(at: now) == now + .seconds(5))
        clock.observe(notBefore: now + .seconds(6), at: now)
        #expect(clock.serverTime(at: now) == now + .seconds(6))
    }

    @Test("The clock of a reply, cut to the second, may only gain; a clock that was set anew is followed")
    func theRepliesClock() {
        var clock = ServerClock()
        clock.observe(clock: now + .seconds(5), at: now)
        clock.observe(clock: now + .seconds(5), at: now + .milliseconds(900))
        #expect(clock.offset > .milliseconds(4_990))
        clock.observe(clock: now - .seconds(3600), at: now)
        #expect(clock.serverTime(at: now) == now - .seconds(3600))
    }

    @Test("A quiet live show wakes about once a second") func liveWakesOnceASecond() {
        let viewer = Rehearsal.watching(Chronicle())
        let before = viewer.wakeUps
        for _ in 0..<600 {
            for query in viewer.wait(.milliseconds(100)).questions { viewer.answer(query, .done) }
        }
        #expect((60...150).contains(viewer.wakeUps - before))
    }

    @Test func aSteadyShowCostsOneQuestionAPoll() {
        let viewer = Rehearsal.watching(Chronicle())
        var questions: [ShopQuery] = []
        for _ in 0..<200 {
            for query in viewer.wait(.milliseconds(100)).questions {
                questions.append(query)
                viewer.answer(query, .done)
            }
        }
        #expect(Set(questions) == [.head("lamps")])
        #expect((16...24).contains(questions.count))
    }

    @Test func whatIsTrueNowOverridesWhatWasMissed() {
        let viewer = Rehearsal.watching(Chronicle())
        var head = Chronicle().head(at: now)
        head.snapshot.viewers = 3
        head.snapshot.onAir = [VariantFacts(sku: "HOOK", price: Sample.francs(1900), stock: 1)]
        viewer.answer(.head("lamps"), .head(head))
        #expect(viewer.state.watch?.timeline?.played.viewers == 3)
        #expect(viewer.state.watch.map { $0.current(Sample.hook) }?.variants.first?.price == Sample.francs(1900))
    }

    @Test("So much at once that it could not be kept is played early, not kept waiting") func aFlood() {
        var chronicle = Chronicle()
        chronicle.eventsPerSegment = 30_000
        chronicle.chatter(20_000, from: now, every: .zero)
        let viewer = Rehearsal.watching(chronicle)
        #expect(viewer.chat.count == ChatLog.capacity)
        viewer.wait(.seconds(3))
        #expect(viewer.chat.last == "line 20000" && viewer.chat.count == ChatLog.capacity)
    }
}
