import AppCore
import Domain
import Testing
import Text

@Suite("The command line") struct CommandTests {
    @discardableResult
    private func run(_ line: String, _ viewer: Rehearsal) -> [Effect] {
        viewer.press(.command)
        viewer.act(.typed(line))
        return viewer.press(.confirm)
    }

    private func notice(_ viewer: Rehearsal) -> String { viewer.state.notice?.text.string ?? "" }

    @Test("Every action that has a key on a page is a command by its id") func intents() {
        for binding in IntentTable.bindings where binding.contexts.contains(.list) || binding.contexts.contains(.watch)
        {
            guard binding.intent != .command else { continue }
            #expect(CommandTable.command(named: binding.intent.rawValue)?.meaning == .intent(binding.intent))
        }
        #expect(CommandTable.command(named: "confirm") == nil, "a purchase is confirmed by its key alone")
        #expect(Set(CommandTable.commands.map(\.name)).count == CommandTable.commands.count)
        let viewer = Rehearsal.withSchedule()
        run("orders", viewer)
        #expect(viewer.state.tab == .orders)
        run("help", viewer)
        #expect(viewer.state.context == .help)
        viewer.press(.back)
        #expect(run("  quit ", viewer) == [.quit])
    }

    @Test func whatMeansNothingHereIsSaid() {
        let viewer = Rehearsal.withSchedule()
        run("pause", viewer)
        #expect(notice(viewer) == ":pause means nothing here; it is for watching.")
        run("thme x", viewer)
        #expect(notice(viewer).contains("no command “thme”; expected perhaps theme"))
        run("zzz", viewer)
        #expect(notice(viewer).contains("no command “zzz”; Tab after :"))
        run("quit now", viewer)
        #expect(notice(viewer) == ":quit stands alone; found “now” after it.")
        run("theme", viewer)
        #expect(notice(viewer) == "Expected :theme NAME.")
        run("", viewer)
        #expect(viewer.state.context == .list && !viewer.state.isQuitting)
    }

    @Test func themesByName() {
        let viewer = Rehearsal.withSchedule()
        viewer.act(
            .settingsRead(
                themes: ["terminal", "paper"], theme: "terminal", reduceMotion: false, mutes: [], problem: nil))
        run("theme paper", viewer)
        #expect(viewer.state.theme == "paper")
        viewer.press(.command)
        viewer.act(.typed("theme term"))
        #expect(viewer.state.shownTheme == "paper")
        viewer.press(.complete)
        #expect(viewer.state.shownTheme == "terminal" && viewer.state.theme == "paper", "looked at, not chosen")
        viewer.press(.back)
        #expect(viewer.state.shownTheme == "paper")
        run("theme rainbow", viewer)
        #expect(viewer.state.theme == "paper")
        #expect(notice(viewer) == "There is no theme “rainbow”; expected one of terminal, paper.")
        #expect(run("reload", viewer) == [.readSettings])
    }

    @Test func goingToAShowOrAHost() {
        let viewer = Rehearsal.withSchedule()
        run("go lamps", viewer)
        #expect(viewer.state.watch?.show == "lamps")
        run("go VINYL hour", viewer)
        #expect(viewer.state.watch?.show == "vinyl")
        run("go late-night", viewer)
        #expect(viewer.state.watch?.show == "lamps")
        run("go ruth & jo", viewer)
        #expect(viewer.state.hostPage?.host.id == "ruth")
        run("go ana lopez", viewer)
        #expect(viewer.state.hostPage?.host.id == "ana" && viewer.state.pages.count == 2)
        run("go nowhere", viewer)
        #expect(notice(viewer).contains("No show or host is called “nowhere”"))
        run("go i", viewer)
        #expect(notice(viewer).contains("“i” is in 3 titles"))
    }

    @Test("Tab goes through what a word may become, and back to what was written") func completing() {
        let viewer = Rehearsal.withSchedule()
        viewer.act(
            .settingsRead(
                themes: ["terminal", "paper", "midnight"], theme: "paper", reduceMotion: false, mutes: [], problem: nil)
        )
        func line() -> String { viewer.state.prompt?.text.string ?? "" }
        viewer.press(.command)
        viewer.act(.typed("th"))
        viewer.press(.complete)
        #expect(line() == "theme ")
        viewer.press(.complete)
        #expect(line() == "theme terminal")
        viewer.press(.complete, .complete)
        #expect(line() == "theme midnight")
        viewer.press(.completeBack)
        #expect(line() == "theme paper")
        viewer.press(.completeBack, .completeBack)
        #expect(line() == "theme ")
        viewer.act(.typed("mid"))
        viewer.press(.complete, .confirm)
        #expect(viewer.state.theme == "midnight")
        viewer.press(.command)
        viewer.act(.typed("go vin"))
        viewer.press(.complete)
        #expect(line() == "go Vinyl hour")
        viewer.press(.deleteLine)
        viewer.act(.typed("go ruth"))
        viewer.press(.complete)
        #expect(line() == "go Ruth & Jo")
        viewer.press(.deleteLine)
        viewer.act(.typed("nonsense x"))
        viewer.press(.complete)
        #expect(line() == "nonsense x" && viewer.state.completion == nil)
    }

    @Test func onlyWhatMeansSomethingHereIsOffered() {
        let viewer = Rehearsal.withSchedule()
        viewer.press(.command)
        viewer.act(.typed("w"))
        #expect(viewer.state.completion?.candidates.contains("write") == false)
        viewer.press(.back)
        let watching = Rehearsal.watching(Chronicle())
        watching.press(.command)
        watching.act(.typed("w"))
        #expect(watching.state.completion?.candidates.first == "write")
    }

    @Test("Lines written before come back, each kind by itself") func history() {
        let viewer = Rehearsal.withSchedule()
        viewer.answer(.orders(cursor: nil), .orders([Sample.order("o-17", key: "a")], nextCursor: nil))
        run("orders", viewer)
        run("schedule", viewer)
        run("orders", viewer)
        viewer.press(.command)
        viewer.act(.typed("new"))
        func line() -> String { viewer.state.prompt?.text.string ?? "" }
        viewer.press(.up)
        #expect(line() == "orders")
        viewer.press(.up, .up, .up)
        #expect(line() == "schedule")
        viewer.press(.down, .down, .down)
        #expect(line() == "new")
        viewer.press(.back, .search)
        viewer.press(.up)
        #expect(line() == "")
        viewer.act(.typed("vase"))
        viewer.press(.confirm, .back, .search, .up)
        #expect(line() == "vase" && viewer.state.orderEntries.isEmpty)
    }
}
