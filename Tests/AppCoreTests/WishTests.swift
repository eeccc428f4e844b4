import AppCore
import Domain
import Testing
import Text

@Suite("The wish list, reminders and moments")
struct WishTests {
    private let lampWish = Wish(
        product: "lamp", title: "Paper Moon table lamp", brand: "", price: Sample.francs(14_500), at: Sample.now)

    // MARK: The wish list

    @Test func aWishIsKeptWithItsPriceAndTakenBack() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.press(.nextPane)
        #expect(viewer.press(.wish) == [.store(.wish(lampWish, true))])
        #expect(viewer.state.wishes.contains("lamp") && viewer.state.notice?.tone == .success)
        #expect(viewer.press(.wish) == [.store(.wish(lampWish, false))])
        #expect(viewer.state.wishes.wishes.isEmpty)
    }

    /// A wish that the next start would not know of is not shown as though it would.
    @Test func aWishThatTheDiskDidNotTakeIsTakenBack() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.press(.nextPane, .wish)
        viewer.act(.notKept(.wish(lampWish, true), reason: "the disk is full"))
        #expect(!viewer.state.wishes.contains("lamp") && viewer.state.storeProblem == "the disk is full")
        viewer.press(.wish)
        viewer.press(.wish)
        viewer.act(.notKept(.wish(lampWish, false), reason: "the disk is full"))
        #expect(viewer.state.wishes.contains("lamp") && viewer.state.notice?.tone == .problem)
    }

    @Test func theListAsksForOnePriceAfterTheOther() {
        let viewer = Rehearsal.withSchedule()
        let hookWish = Wish(product: "hook", title: "Hook", brand: "", price: nil, at: Sample.now - .seconds(9))
        viewer.act(.started(StoredState(wishes: [lampWish, hookWish])))
        #expect(viewer.press(.wishListTab) == [.ask(.product("lamp"))])
        #expect(viewer.press(.wishListTab).isEmpty, "one is being asked for")
        #expect(viewer.answer(.product("lamp"), .product(Sample.lamp)).questions == [.product("hook")])
        #expect(viewer.fail(.product("hook"), .notFound).isEmpty)
        #expect(viewer.state.wishes.products["lamp"] == Sample.lamp && viewer.state.wishes.gone == ["hook"])
    }

    @Test func withoutANetworkTheRestIsNotAskedFor() {
        let viewer = Rehearsal.withSchedule()
        let hookWish = Wish(product: "hook", title: "Hook", brand: "", price: nil, at: Sample.now)
        viewer.act(.started(StoredState(wishes: [lampWish, hookWish])))
        viewer.press(.wishListTab)
        #expect(!viewer.fail(.product("lamp"), .lost).questions.contains(.product("hook")))
        #expect(viewer.press(.refresh).questions.contains(.product("lamp")))
    }

    @Test func takingOneOffMovesOn() {
        let viewer = Rehearsal.withSchedule()
        let hookWish = Wish(product: "hook", title: "Hook", brand: "", price: nil, at: Sample.now)
        viewer.act(.started(StoredState(wishes: [lampWish, hookWish])))
        viewer.press(.wishListTab, .wish)
        #expect(viewer.state.wishes.selected == "hook")
        viewer.press(.wish)
        #expect(viewer.state.wishes.selected == nil && viewer.state.wishes.wishes.isEmpty)
        #expect(viewer.press(.wish).isEmpty)
    }

    @Test func aWishOpensWithWhatIsKnownOfIt() {
        let viewer = Rehearsal.withSchedule()
        viewer.act(.started(StoredState(wishes: [lampWish])))
        viewer.press(.wishListTab, .open)
        #expect(viewer.state.page == .product("lamp") && viewer.state.productOnPage?.variants.isEmpty == true)
        let effects = viewer.answer(.product("lamp"), .product(Sample.lamp))
        #expect(effects.contains(.readPrices(["LAMP-SAND-S", "LAMP-SAND-L", "LAMP-MOSS-S"])))
        #expect(viewer.state.productPage?.place == .variant("LAMP-SAND-S"))
    }

    // MARK: Reminders

    private let reminder = Reminder(show: "vinyl", title: "Vinyl hour", startsAt: Sample.comingShow.startsAt)

    private func begun(_ state: ShowState) -> ShopAnswer {
        var show = Sample.comingShow
        show.state = state
        return .shows([Sample.liveShow, show], nextCursor: nil)
    }

    @Test func aReminderIsKeptAndTakenBack() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.remind)
        #expect(viewer.state.reminders.isEmpty && viewer.state.notice?.tone == .warning, "it is live already")
        #expect(viewer.press(.down, .remind) == [.store(.reminder(reminder, true))])
        #expect(viewer.state.isReminded(of: "vinyl"))
        #expect(viewer.press(.remind) == [.store(.reminder(reminder, false))])
        #expect(!viewer.state.isReminded(of: "vinyl"))
    }

    @Test func whenTheShowBeginsItIsToldWithTheBell() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.down, .remind)
        let effects = viewer.answer(.shows(ShowFilter(), cursor: nil), begun(.live))
        #expect(effects.contains(.bell) && effects.contains(.store(.reminder(reminder, false))))
        #expect(viewer.state.notice?.text == "Vinyl hour has begun." && viewer.state.reminders.isEmpty)
        #expect(!viewer.answer(.shows(ShowFilter(), cursor: nil), begun(.live)).contains(.bell))
    }

    @Test func ofAShowThatIsCalledOffItIsToldWithoutTheBell() {
        for (state, words) in [
            (ShowState.cancelled, "Vinyl hour was called off."), (.ended, "Vinyl hour is over; there is a replay."),
        ] {
            let viewer = Rehearsal.withSchedule()
            viewer.press(.down, .remind)
            let effects = viewer.answer(.shows(ShowFilter(), cursor: nil), begun(state))
            #expect(!effects.contains(.bell) && viewer.state.notice?.text.string == words)
            #expect(viewer.state.reminders.isEmpty)
        }
    }

    @Test func aReminderFollowsItsShow() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.down, .remind)
        var later = Sample.comingShow
        later.startsAt = later.startsAt + .seconds(600)
        let moved = Reminder(show: "vinyl", title: "Vinyl hour", startsAt: later.startsAt)
        let effects = viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([later], nextCursor: nil))
        #expect(effects.contains(.store(.reminder(moved, true))) && viewer.state.reminders == [moved])
    }

    @Test("The schedule is asked for within seconds of the time, and not only at the next turn")
    func theScheduleIsAskedForInTime() {
        let viewer = Rehearsal.withSchedule()
        var soon = Sample.comingShow
        soon.startsAt = Sample.now + .seconds(10)
        viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([soon, Sample.liveShow], nextCursor: nil))
        viewer.press(.down, .remind)
        #expect(viewer.state.isReminded(of: "vinyl"))
        #expect(viewer.wait(.seconds(10)).schedules == 0)
        #expect(viewer.wait(.seconds(5)).schedules == 1)
    }

    @Test func whatIsLongPastIsForgotten() {
        let viewer = Rehearsal.withSchedule()
        let old = Reminder(show: "old", title: "Old", startsAt: Sample.now - .seconds(100_000))
        viewer.act(.started(StoredState(reminders: [old])))
        let effects = viewer.answer(.shows(ShowFilter(), cursor: nil), .shows([], nextCursor: nil))
        #expect(effects.contains(.store(.reminder(old, false))) && viewer.state.reminders.isEmpty)
    }

    // MARK: Moments

    private func moment(_ id: ProductID, _ offset: Int64, of show: Show, segment: Int? = nil) -> Moment {
        Moment(
            products: [id], title: SafeText(id.rawValue), at: show.startsAt + .seconds(offset),
            offset: .seconds(offset), segment: segment)
    }

    @Test func liveTheMomentsAreThoseThatWereSeen() {
        let viewer = Rehearsal.watching(Chronicle())
        #expect(viewer.press(.moments) == [.ask(.moments("lamps"))])
        let moments = [
            moment("hook", 60, of: Sample.liveShow), moment("lamp", 600, of: Sample.liveShow),
            moment("hook", 2520, of: Sample.liveShow),
        ]
        viewer.answer(.moments("lamps"), .moments(moments))
        let position = viewer.state.playheadPosition
        // The playhead is two polls behind: the last moment is yet to be seen.
        #expect(viewer.state.watch?.momentsShown(at: position).map(\.offset) == [.seconds(60), .seconds(600)])
        #expect(viewer.state.watch?.chosenMoment(at: position)?.offset == .seconds(600))
        viewer.press(.up, .open)
        #expect(viewer.state.page == .product("hook"))
        viewer.press(.back, .back)
        #expect(viewer.state.watch?.pane == .chat && viewer.state.page == .watch("lamps"))
    }

    @Test func aHighlightThatBeginsMeanwhileIsAMoment() {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["hook"]), at: Sample.now + .seconds(5))
        let viewer = Rehearsal.watching(chronicle)
        viewer.press(.moments)
        viewer.answer(.moments("lamps"), .moments([moment("lamp", 600, of: Sample.liveShow)]))
        viewer.wait(.seconds(6))
        viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        viewer.wait(.seconds(6))
        let shown = viewer.state.watch?.momentsShown(at: viewer.state.playheadPosition)
        #expect(shown?.map(\.title) == ["lamp", "Brass hook"])
    }
}
