import AppCore
import Domain
import Testing
import Text

@Suite("Searching: lists show what matches, the chat goes to it") struct SearchTests {
    private func find(_ text: String, _ viewer: Rehearsal) {
        viewer.press(.search)
        viewer.act(.typed(text))
        viewer.press(.confirm)
    }

    private func reader(_ texts: [SafeText]) -> Rehearsal {
        var chronicle = Chronicle()
        for (index, text) in texts.enumerated() {
            let at = Sample.now - .seconds(Int64(100 - index))
            chronicle.add(.chat(Sample.message(index + 1, text, at: at)), at: at)
        }
        chronicle.eventsPerSegment = 100
        return .watching(chronicle)
    }

    /// The message that the search is at, and the lowest one that is shown.
    private func place(_ viewer: Rehearsal) -> [String?] {
        let chat = viewer.state.watch?.chat
        let match = chat?.entries.first { $0.ordinal == chat?.match }
        return [match, chat?.bottomIndex.map { chat?.entries[$0] } ?? nil].map { $0?.message.text.string }
    }

    @Test func theChatGoesFromMatchToMatch() {
        let viewer = reader((1...40).map { $0 % 10 == 0 ? SafeText("lamp \($0)") : SafeText("line \($0)") })
        find("LAMP", viewer)
        #expect(place(viewer) == ["lamp 40", "lamp 40"])
        viewer.press(.nextMatch)
        #expect(place(viewer) == ["lamp 30", "lamp 30"])
        viewer.press(.nextMatch, .nextMatch, .nextMatch)
        #expect(place(viewer) == ["lamp 10", "lamp 10"])
        #expect(viewer.state.notice?.text == "No match further back.")
        viewer.press(.previousMatch)
        #expect(place(viewer) == ["lamp 20", "lamp 20"])
        viewer.press(.back)
        #expect(viewer.state.context == .watch && viewer.state.searchInSight == nil)
        #expect(place(viewer) == [nil, "lamp 20"])
        viewer.press(.nextMatch)
        #expect(viewer.state.notice?.text == "Nothing is searched for in the chat.")
    }

    @Test("What is in sight is gone to without scrolling") func inSight() {
        let viewer = reader((1...40).map { $0 % 10 == 0 ? SafeText("lamp \($0)") : SafeText("line \($0)") })
        viewer.press(.up)
        viewer.act(.chatShown(ChatWindow(bottom: 38, count: 12, isAtTop: false)))
        find("lamp", viewer)
        #expect(place(viewer) == ["lamp 30", "line 39"])
        viewer.press(.nextMatch)
        #expect(place(viewer) == ["lamp 20", "lamp 20"])
    }

    @Test("A search given up leaves the reader where they were") func givingUp() {
        let viewer = reader((1...40).map { SafeText("line \($0)") })
        viewer.press(.up, .up, .search)
        viewer.act(.typed("line 12"))
        #expect(place(viewer) == ["line 12", "line 12"])
        viewer.press(.back)
        #expect(place(viewer) == [nil, "line 38"])
        viewer.press(.bottom, .search)
        viewer.act(.typed("line 7"))
        viewer.press(.back)
        #expect(viewer.state.watch?.chat.anchor == nil)
    }

    @Test func whileItIsWrittenTheSearchBeginsAnewFromThePlace() {
        let viewer = reader(["la", "lamp", "la", "line"])
        viewer.press(.search)
        viewer.act(.typed("la"))
        #expect(place(viewer) == ["la", "la"])
        viewer.act(.typed("m"))
        #expect(place(viewer) == ["lamp", "lamp"])
        viewer.act(.typed("x"))
        #expect(place(viewer) == [nil, "line"])
        viewer.press(.deleteBackward, .deleteBackward)
        #expect(place(viewer) == ["la", "la"])
    }

    @Test func namesAreFoundTooAndMutedLinesAreNot() {
        let viewer = reader(["one", "two", "secret"])
        find("jo", viewer)
        #expect(place(viewer) == ["secret", "secret"])
        viewer.press(.back, .command)
        viewer.act(.typed("mute secret"))
        viewer.press(.confirm)
        find("secret", viewer)
        #expect(place(viewer) == [nil, "two"])
    }

    @Test func theLineUpAndOrdersAreFiltered() {
        let viewer = reader(["hello"])
        viewer.press(.nextPane)
        find("hook", viewer)
        #expect(viewer.state.lineUpRows.map(\.id) == ["hook"] && viewer.state.watch?.selectedProduct == "hook")
        viewer.press(.down)
        #expect(viewer.state.watch?.selectedProduct == "hook")
        viewer.press(.nextPane)
        #expect(viewer.state.searchInSight == nil, "the chat is not searched for what the line-up is")
        viewer.press(.nextPane, .back)
        #expect(viewer.state.lineUpRows.count == 2 && viewer.state.context == .watch)

        let orders = Rehearsal.withSchedule()
        orders.answer(
            .orders(cursor: nil),
            .orders([Sample.order("o-17", key: "a"), Sample.order("o-18", key: "b")], nextCursor: nil))
        orders.press(.ordersTab)
        find("o-18", orders)
        #expect(orders.state.orderEntries.map(\.id) == ["o-18"] && orders.state.orders.selected == "o-18")
        orders.press(.down)
        #expect(orders.state.orders.selected == "o-18")
        orders.press(.back)
        #expect(orders.state.orderEntries.count == 2)
    }

    @Test func followedHostsAndAHostsPageAreFiltered() {
        let viewer = Rehearsal.withSchedule()
        viewer.answer(.follows, .follows([Sample.ana, Host(id: "ruth", name: "Ruth", isVerified: false)]))
        viewer.press(.followingTab)
        find("ruth", viewer)
        #expect(viewer.state.followRows.map(\.id) == ["ruth"] && viewer.state.follows.selected == "ruth")
        viewer.press(.down)
        #expect(viewer.state.follows.selected == "ruth")
        viewer.press(.back)
        #expect(viewer.state.followRows.count == 2)

        viewer.press(.top, .open)
        #expect(viewer.state.hostPage?.host.id == "ana")
        let all = viewer.state.hostPageRows
        find("no such show", viewer)
        #expect(viewer.state.hostPageRows.isEmpty && viewer.state.hostPage?.selected == nil)
        viewer.press(.back)
        #expect(viewer.state.hostPageRows == all && viewer.state.hostPage != nil)
    }

    @Test func aKeyPressedTwiceTouchesNoHiddenRow() {
        let viewer = Rehearsal.withSchedule()
        viewer.answer(.follows, .follows([Sample.ana, Host(id: "ruth", name: "Ruth", isVerified: false)]))
        viewer.press(.followingTab)
        find("ruth", viewer)
        viewer.press(.follow)
        viewer.answer(.unfollow("ruth"), .done)
        #expect(viewer.state.followRows.isEmpty && viewer.state.follows.selected == nil)
        #expect(viewer.press(.follow).isEmpty)
        #expect(viewer.state.follows.contains("ana"))
    }

    @Test func aWishTakenOffTwiceTakesNoHiddenOneWithIt() {
        func wish(_ id: ProductID, _ title: SafeText) -> Wish {
            Wish(product: id, title: title, brand: "", price: nil, at: Sample.now)
        }
        let viewer = Rehearsal.withSchedule()
        viewer.act(.started(StoredState(wishes: [wish("lamp", "Lamp"), wish("hook", "Hook")])))
        viewer.press(.wishListTab)
        find("hook", viewer)
        #expect(viewer.press(.wish) == [.store(.wish(wish("hook", "Hook"), false))])
        #expect(viewer.state.wishRows.isEmpty && viewer.state.wishes.selected == nil)
        #expect(viewer.press(.wish).isEmpty)
        #expect(viewer.press(.open).isEmpty && viewer.state.page == nil)
        #expect(viewer.state.wishes.wishes.map(\.product) == ["lamp"])
    }

    @Test("Where there is nothing, no search is opened that the last line does not offer") func nothingToSearch() {
        let viewer = Rehearsal.withSchedule()
        for tab in [UserIntent.followingTab, .wishListTab, .ordersTab] {
            viewer.press(tab, .search)
            #expect(viewer.state.prompt == nil && viewer.state.notice?.text == "There is nothing to search here.")
        }
        viewer.press(.scheduleTab, .search)
        #expect(viewer.state.prompt?.purpose == .search)
    }

    @Test func leavingAShowEndsItsSearch() {
        let viewer = reader(["hello"])
        find("hello", viewer)
        viewer.press(.scheduleTab, .open)
        #expect(viewer.state.context == .watch && viewer.state.searchInSight == nil)
        viewer.press(.command)
        viewer.act(.typed("find line"))
        viewer.press(.confirm)
        #expect(viewer.state.search[.chat] == "line")
    }
}
