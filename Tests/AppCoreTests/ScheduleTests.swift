import AppCore
import Domain
import Testing
import Text

@Suite("The schedule: at once from the store, then from the shop")
struct ScheduleTests {
    @Test func theStoreIsShownAtOnce() {
        let viewer = Rehearsal()
        let effects = viewer.act(
            .started(
                StoredState(
                    shows: Sample.shows, showsFetchedAt: Sample.now - .seconds(3600), follows: [Sample.ana],
                    orders: [Sample.order("o1", key: "k1")],
                    intents: [Sample.intent("k2", state: .unknown), Sample.intent("k3", state: .refused("no"))])))
        #expect(viewer.state.scheduleRows().map(\.id) == ["lamps", "vinyl", "knives"])
        #expect(viewer.state.schedule.selected == "lamps")
        #expect(viewer.state.follows.contains("ana"))
        #expect(viewer.state.orders.rowIDs == ["k2", "k3", "o1"])
        #expect(viewer.state.connection.status == .connecting)
        let questions = effects.questions
        #expect(
            questions.contains(.service) && questions.contains(.follows)
                && questions.trace("k2"))
        #expect(effects.schedules == 1)
    }

    @Test("What is called off stays under its day until its time is over") func calledOff() {
        var (coming, past) = (Sample.comingShow, Sample.pastShow)
        (coming.state, past.state) = (.cancelled, .cancelled)
        let viewer = Rehearsal()
        viewer.act(.started(StoredState(shows: [past, coming, Sample.liveShow], showsFetchedAt: Sample.now)))
        let day = LocalTime(coming.startsAt)
        #expect(viewer.state.scheduleSections().map(\.heading) == [.live, .day(day), .earlier])
        #expect(viewer.state.scheduleRows().map(\.id) == ["lamps", "vinyl", "knives"])
        viewer.wait(.seconds(1740))
        #expect(viewer.state.scheduleSections().map(\.heading) == [.live, .earlier])
        #expect(viewer.state.scheduleRows().map(\.id) == ["lamps", "vinyl", "knives"])
    }

    @Test func withoutAnAccountNothingPrivateIsAsked() {
        let viewer = Rehearsal(account: nil)
        #expect(!viewer.act(.started(StoredState())).questions.contains { $0.isPrivate })
        #expect(!viewer.press(.followingTab).questions.contains { $0.isPrivate })
        #expect(!viewer.press(.ordersTab).questions.contains { $0.isPrivate })
    }

    @Test func pagesArePutTogetherBeforeTheyAreShown() throws {
        let viewer = Rehearsal(account: nil)
        let query = try #require(
            viewer.act(.started(StoredState())).questions.first { if case .shows = $0 { true } else { false } })
        guard case .shows(let filter, nil) = query else {
            Issue.record("the first page has no cursor")
            return
        }
        #expect(
            viewer.answer(query, .shows([Sample.liveShow], nextCursor: "2")) == [.ask(.shows(filter, cursor: "2"))])
        #expect(viewer.state.schedule.shows.isEmpty)
        let effects = viewer.answer(.shows(filter, cursor: "2"), .shows([Sample.comingShow], nextCursor: nil))
        #expect(effects == [.store(.schedule([Sample.liveShow, Sample.comingShow], fetchedAt: Sample.now))])
        #expect(viewer.state.schedule.shows.count == 2)
        #expect(viewer.state.schedule.selected == "lamps")
    }

    @Test("A shop that names the same page again, or pages without end, is not followed for ever")
    func pagingEnds() {
        let viewer = Rehearsal(account: nil)
        viewer.act(.started(StoredState()))
        let filter = ShowFilter()
        var cursor: String?
        var pages = 0
        while pages < 3000 {
            let page = (0..<100).map { index in
                var show = Sample.comingShow
                show.id = ShowID("\(pages)-\(index)")
                return show
            }
            let next = viewer.answer(.shows(filter, cursor: cursor), .shows(page, nextCursor: "\(pages % 2)"))
            guard case .shows(_, let asked) = next.questions.first else { break }
            cursor = asked
            pages += 1
        }
        #expect(pages < 30)
        #expect(viewer.state.schedule.shows.count == 2000)
    }

    @Test func aFailureKeepsWhatIsKnownAndComesBackLater() throws {
        let viewer = Rehearsal.withSchedule()
        let effects = viewer.wait(.seconds(40))
        #expect(effects.schedules == 1)
        let query = try #require(effects.questions.first)
        viewer.fail(query, .lost)
        #expect(viewer.state.schedule.shows.count == 3)
        #expect(viewer.state.schedule[.first].failure == .lost)
        guard case .offline(let since, _) = viewer.state.connection.status else {
            Issue.record("not offline")
            return
        }
        #expect(since == viewer.state.now)
    }

    @Test("Tries come further and further apart, and never further than the pace of polling")
    func backsOff() {
        let viewer = Rehearsal.withSchedule()
        var waits: [Duration] = []
        viewer.wait(.seconds(40))
        for _ in 0..<40 {
            viewer.fail(.shows(ShowFilter(), cursor: nil), .lost)
            let start = viewer.state.now
            while viewer.wait(.milliseconds(50)).schedules == 0, viewer.state.now - start < .seconds(120) {}
            waits.append(viewer.state.now - start)
        }
        #expect(waits[0] <= .milliseconds(700))
        #expect(waits.allSatisfy { $0 <= .seconds(46) })
        // On average: each wait is random.
        let early = waits.prefix(3).reduce(Duration.zero, +) / 3
        let late = waits.suffix(20).reduce(Duration.zero, +) / 20
        #expect(late > early * 4)
    }

    @Test func retryAfterIsAMinimum() {
        let viewer = Rehearsal.withSchedule()
        viewer.wait(.seconds(40))
        viewer.fail(.shows(ShowFilter(), cursor: nil), .busy(status: 503, retryAfterSeconds: 20))
        #expect(viewer.wait(.seconds(20)).schedules == 0)
        #expect(viewer.wait(.seconds(21)).schedules == 1)
    }

    @Test func anUnchangedScheduleIsNotWrittenAgain() {
        let viewer = Rehearsal.withSchedule()
        let question = ShopQuery.shows(ShowFilter(), cursor: nil)
        let same = viewer.answer(question, .shows(Sample.shows, nextCursor: nil))
        #expect(same.contains(.store(.scheduleConfirmed(at: viewer.state.now))))
        let other = viewer.answer(question, .shows([Sample.liveShow], nextCursor: nil))
        #expect(other.contains(.store(.schedule([Sample.liveShow], fetchedAt: viewer.state.now))))
    }

    @Test func whateverAnswersFirstEndsTheOutage() {
        let viewer = Rehearsal.withSchedule()
        viewer.wait(.seconds(40))
        for _ in 0..<12 {
            viewer.fail(.shows(ShowFilter(), cursor: nil), .lost)
            viewer.wait(.seconds(31))
        }
        viewer.fail(.shows(ShowFilter(), cursor: nil), .lost)
        viewer.answer(.follows, .follows([]))
        #expect(!viewer.state.connection.isAway)
        #expect(viewer.wait(.zero).schedules == 1)
        // Where it is the server that fails, it is in trouble until this has been answered.
        viewer.fail(.shows(ShowFilter(), cursor: nil), .busy(status: 503, retryAfterSeconds: nil))
        viewer.answer(.follows, .follows([]))
        #expect(viewer.state.connection.isAway)
    }

    @Test func theReasonOfAnOutageChangesButNotItsBeginning() {
        let viewer = Rehearsal.withSchedule()
        let since = viewer.state.now
        let question = ShopQuery.shows(ShowFilter(), cursor: nil)
        viewer.fail(question, .lost)
        viewer.wait(.seconds(10))
        viewer.fail(question, .notUnderstood("this is a web page"))
        #expect(viewer.state.connection.status == .troubled(since: since, reason: "this is a web page"))
        viewer.fail(question, .notSent("too long"))
        #expect(viewer.state.connection.status == .troubled(since: since, reason: "this is a web page"))
    }

    @Test func idleOnTheScheduleHardlyWakes() {
        let viewer = Rehearsal.withSchedule()
        for _ in 0..<10 {
            for query in viewer.wait(.seconds(60)).questions {
                viewer.answer(query, .shows(Sample.shows, nextCursor: nil))
            }
        }
        #expect(viewer.wakeUps < 60)
    }

    @Test("While an answer is awaited, nothing wakes the loop but the clock")
    func waitingForAnAnswerIsNotSpinning() {
        let viewer = Rehearsal()
        viewer.act(.started(StoredState()))
        viewer.answer(.service, .service(ShopInfo(name: "Shop", capabilities: .all, serverTime: nil)))
        viewer.press(.refresh)
        viewer.act(.resumed)
        viewer.wait(.seconds(50))
        #expect(viewer.wakeUps <= 2)
    }

    @Test func liveComesFirstThenDaysThenThePast() {
        pinZone()
        let viewer = Rehearsal.withSchedule()
        let tomorrow = Show(
            id: "tomorrow", title: "Ceramics", state: .scheduled, hosts: [Sample.ana],
            startsAt: Sample.now + .seconds(86_400))
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows(Sample.shows + [tomorrow], nextCursor: nil))
        let headings = viewer.state.scheduleSections().map(\.heading)
        #expect(
            headings == [
                .live, .day(LocalTime(Sample.comingShow.startsAt)), .day(LocalTime(tomorrow.startsAt)), .earlier,
            ])
        viewer.press(.liveTab)
        #expect(viewer.state.scheduleRows().map(\.id) == ["lamps"])
    }

    @Test func searchingFiltersByTitleHostAndTag() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.search)
        for (typed, expected) in [
            ("LAMP", ["lamps"]), ("ruth", ["vinyl", "knives"]), ("music", ["vinyl"]), ("zzz", []),
        ] {
            viewer.press(.deleteLine)
            viewer.act(.typed(typed))
            #expect(viewer.state.scheduleRows().map(\.id.rawValue) == expected)
            #expect(viewer.state.schedule.selected?.rawValue == expected.first)
        }
        viewer.press(.back)
        #expect(!viewer.state.search.isOn(in: .shows) && viewer.state.scheduleRows().count == 3)
    }

    @Test func aFilterStaysUntilEscape() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.search)
        viewer.act(.typed("vinyl"))
        viewer.press(.confirm)
        #expect(viewer.state.prompt == nil && viewer.state.scheduleRows().map(\.id) == ["vinyl"])
        #expect(viewer.press(.back).isEmpty)
        #expect(viewer.state.scheduleRows().count == 3)
        // The Esc of an arrow key may come long before the rest of it: only q ends the program.
        #expect(viewer.press(.back).isEmpty && !viewer.state.isQuitting)
        #expect(viewer.state.notice?.text == "Esc goes back; q quits.")
        #expect(viewer.press(.leave) == [.quit])
    }

    @Test("What is selected is always a row that can be seen") func selectionIsVisible() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.liveTab)
        var ended = Sample.liveShow
        ended.state = .ended
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([ended, Sample.comingShow], nextCursor: nil))
        #expect(viewer.state.schedule.selected == nil)
        #expect(viewer.press(.open).isEmpty)
    }

    @Test func aCancelledShowIsNotOpened() {
        let viewer = Rehearsal.withSchedule()
        var show = Sample.liveShow
        show.state = .cancelled
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([show], nextCursor: nil))
        #expect(viewer.press(.open).isEmpty)
        #expect(viewer.state.watch == nil && viewer.state.notice?.tone == .warning)
    }
}
