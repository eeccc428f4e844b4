import AppCore
import Domain
import Settings
import TerminalKit
import Testing
import Text

@testable import ViewerUI

/// What a click or a turn of the wheel asks for, by what is drawn under it.
@Suite struct PointingTests {
    private let keymap = Keymap()
    private let size = Size(columns: 100, rows: 30)

    /// The first cell of some words, on the lowest row that has them.
    private func place(of words: String, in frame: Frame) throws -> Point {
        let text = frame.grid.text
        let y = try #require(text.lastIndex { $0.contains(words) })
        let range = try #require(text[y].firstRange(of: words))
        return Point(x: SafeText(keepingSpaces: String(text[y][..<range.lowerBound])).width, y: y)
    }

    private func action(_ kind: MouseEvent.Kind, on words: String, in state: AppState) throws -> Action? {
        let frame = GoldenScreen.frame(of: state, size)
        let point = try place(of: words, in: frame)
        return keymap.action(for: .mouse(MouseEvent(kind, x: point.x, y: point.y)), in: state, frame: frame)
    }

    @Test func clicksOnRowsTabsAndProducts() throws {
        let open = Stage.open().state
        guard case .clicked(.tab(.orders))? = try action(.press(.left), on: "4 Orders", in: open),
            case .clicked(.show("knives"))? = try action(.press(.left), on: "Knives", in: open)
        else { throw Missed() }
        let watching = Stage.watching().state
        guard case .clicked(.product("hook"))? = try action(.press(.left), on: "Brass hook", in: watching),
            case .clicked(.chat)? = try action(.press(.left), on: "does it dim", in: watching)
        else { throw Missed() }
        #expect(try action(.press(.right), on: "Brass hook", in: watching) == nil)
    }

    /// Beside the rows a click gives the line-up the keys, and something to press them for.
    @Test func aClickBelowTheLineUpKeepsWhatIsChosen() throws {
        var stage = Stage.watching()
        let size = Size(columns: 140, rows: 40)
        let frame = GoldenScreen.frame(of: stage.state, size)
        let click = InputEvent.mouse(MouseEvent(.press(.left), x: 90, y: 36))
        let action = try #require(keymap.action(for: click, in: stage.state, frame: frame))
        stage.act(action)
        let chosen = try #require(stage.state.productInFocus?.id)
        let after = GoldenScreen.frame(of: stage.state, size)
        #expect(after.grid.cursor.map { $0.x > 60 } == true)
        stage.press(.down)
        #expect(stage.state.productInFocus != nil && stage.state.productInFocus?.id != chosen)
    }

    /// A screen reader follows the cursor: it is where the keys have their effect.
    @Test func theCursorStandsOnTheNewestMessageWhileTheChatHasTheKeys() throws {
        var stage = Stage.watching()
        for size in GoldenScreen.sizes {
            let frame = GoldenScreen.frame(of: stage.state, size)
            let cursor = try #require(frame.grid.cursor, "\(size)")
            #expect(cursor.x == 0 && cursor.y >= size.rows - 5 && cursor.y < size.rows - 2, "\(size)")
        }
        stage.press(.write)
        #expect(GoldenScreen.frame(of: stage.state, size).grid.cursor?.y == size.rows - 2)
    }

    @Test func pricesStandInOneColumnWhereverTheLineUpIsScrolled() throws {
        var stage = Stage.watching()
        let size = Size(columns: 80, rows: 16)
        stage.press(.nextPane, .top)
        var columns: Set<Int> = []
        for _ in 0..<8 {
            let frame = GoldenScreen.frame(of: stage.state, size)
            for row in frame.grid.text {
                let side = row.dropFirst(44)
                guard side.contains("CHF "), !side.contains("%"), let at = side.lastIndex(of: "C") else { continue }
                columns.insert(side.distance(from: at, to: side.endIndex))
            }
            stage.press(.down)
        }
        #expect(columns.count == 1, "\(columns)")
    }

    @Test func aFootersHintIsItsKey() throws {
        let watching = Stage.watching().state
        guard case .user(.buy)? = try action(.press(.left), on: "b buy", in: watching),
            case .user(.write)? = try action(.press(.left), on: "i write", in: watching)
        else { throw Missed() }
        var writing = Stage.watching()
        writing.press(.write)
        guard case .user(.confirm)? = try action(.press(.left), on: "Enter send", in: writing.state) else {
            throw Missed()
        }
    }

    @Test func aClickNeverBuys() throws {
        let buying = Stage.buying().state
        #expect(try action(.press(.left), on: "Enter buy for", in: buying) == nil)
        guard case .user(.back)? = try action(.press(.left), on: "Esc not now", in: buying) else { throw Missed() }
    }

    @Test func theWheelIsForWhatIsUnderIt() throws {
        let watching = Stage.watching().state
        guard case .scrolled(.chat, by: -3)? = try action(.wheelUp, on: "does it dim", in: watching),
            case .scrolled(.product("hook"), by: 3)? = try action(.wheelDown, on: "Brass hook", in: watching),
            case .scrolled(.lineUp, by: 3)? = try action(.wheelDown, on: "LINE-UP", in: watching),
            case .scrolled(.show, by: 3)? = try action(.wheelDown, on: "Knives", in: Stage.open().state),
            case .scrolled(.list, by: 3)? = try action(.wheelDown, on: "LIVE NOW", in: Stage.open().state)
        else { throw Missed() }
    }

    /// What is pasted is text where text is written, and nothing anywhere else.
    @Test func aPasteIsNeverAKey() {
        let pasted = InputEvent.paste("Q\rb")
        for scene in Scene.all {
            let state = scene.make()
            let action = keymap.action(for: pasted, in: state, frame: GoldenScreen.frame(of: state, size))
            switch action {
            case .typed(let text)?: #expect(state.context == .prompt && text == "Q b")
            case nil: #expect(state.context != .prompt)
            default: Issue.record("\(scene.name)")
            }
        }
    }

    @Test func theNewestLinkInSightIsTheLast() throws {
        let scene = try #require(Scene.all.first { $0.name == "chat-mentions-and-links" })
        let links = GoldenScreen.frame(of: scene.make(), size).links
        let pinned: SafeText = "https://lopez.example/lamps"
        #expect(links == [pinned, "https://lopez.example/manuals/paper-moon.pdf", "https://lopez.example/"])
        #expect(GoldenScreen.frame(of: Stage.open().state, size).links.isEmpty)
    }

    private struct Missed: Error {}
}

/// Steps through a chat as they are seen: each moves what is on the screen, at any size.
@Suite struct ChatStepTests {
    private static let sizes = GoldenScreen.sizes + [Size(columns: 76, rows: 12), Size(columns: 44, rows: 30)]

    /// A chat with messages of one and of several lines.
    private func reader() -> Stage {
        var broadcast = Broadcast()
        for number in 1...80 {
            let tail = number % 7 == 0 ? String(repeating: " and so on", count: 12) : ""
            broadcast.say("jo", SafeText("line \(number)." + tail), ago: 60)
        }
        return .watching(broadcast)
    }

    private func look(_ stage: inout Stage, _ size: Size) -> [String] {
        let frame = GoldenScreen.frame(of: stage.state, size)
        if let window = frame.chatWindow { stage.act(.chatShown(window)) }
        return frame.grid.text
    }

    @Test(arguments: sizes) func eachStepFromTheTopMovesWhatIsSeen(size: Size) {
        var stage = reader()
        _ = look(&stage, size)
        stage.press(.top)
        var before = look(&stage, size)
        #expect(before.contains { $0.contains("line 1.") })
        var steps = 0
        while stage.state.watch?.chat.anchor != nil, steps < 200 {
            stage.press(.down)
            let after = look(&stage, size)
            #expect(after != before, "step \(steps) at \(size)")
            before = after
            steps += 1
        }
        #expect(before.contains { $0.contains("line 80.") } && steps < 81)
    }

    @Test(arguments: sizes) func soDoesEachStepUp(size: Size) {
        var stage = reader()
        var before = look(&stage, size)
        for _ in 0..<200 where stage.state.watch?.chat.window?.isAtTop == false {
            stage.press(.up)
            let after = look(&stage, size)
            #expect(after != before, "\(size)")
            before = after
        }
        #expect(before.contains { $0.contains("line 1.") })
        stage.press(.up, .pageUp, .top)
        #expect(look(&stage, size) == before)
        stage.press(.down)
        #expect(look(&stage, size) != before)
    }

    /// Nothing is skipped by pages: what stood at the top stands at the bottom afterwards.
    @Test(arguments: sizes) func pagesMeet(size: Size) {
        var stage = reader()
        var seen: Set<Int> = []
        func note(_ rows: [String]) {
            for number in 1...80 where rows.contains(where: { $0.contains("line \(number).") }) { seen.insert(number) }
        }
        note(look(&stage, size))
        for _ in 0..<100 where stage.state.watch?.chat.window?.isAtTop == false {
            stage.press(.pageUp)
            note(look(&stage, size))
        }
        #expect(seen.count == 80, "\(size): \(seen.count)")
    }
}
