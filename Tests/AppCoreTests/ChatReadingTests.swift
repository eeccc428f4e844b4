import AppCore
import Domain
import Testing
import Text

@Suite("Reading a chat: from what is seen, and without what is muted") struct ChatReadingTests {
    private func log(_ numbers: ClosedRange<Int>) -> ChatLog {
        var log = ChatLog()
        for number in numbers { log.append(Sample.message(number)) }
        return log
    }

    private func bottom(_ log: ChatLog) -> String? { log.bottomIndex.map { log.entries[$0].message.text.string } }

    private func viewer(_ texts: [SafeText], author: SafeText = "jo") -> Rehearsal {
        var chronicle = Chronicle()
        chronicle.eventsPerSegment = 100
        for (index, text) in texts.enumerated() {
            let at = Sample.now - .seconds(Int64(100 - index))
            var message = Sample.message(index + 1, text, at: at)
            message.author = author
            chronicle.add(.chat(message), at: at)
        }
        return .watching(chronicle)
    }

    @Test("From the top, the first step down moves what is seen") func downFromTheTop() {
        let viewer = viewer((1...60).map { SafeText("line \($0)") })
        viewer.press(.top)
        // A screen of twenty shows the first twenty, wherever above that the place is.
        viewer.act(.chatShown(ChatWindow(bottom: 19, count: 20, isAtTop: true)))
        viewer.press(.down)
        #expect(viewer.state.watch.map { bottom($0.chat) } == "line 21")
        viewer.press(.down)
        #expect(viewer.state.watch.map { bottom($0.chat) } == "line 22")
    }

    @Test("At the top there is no further up, however often it is asked for") func upAtTheTop() {
        let viewer = viewer((1...60).map { SafeText("line \($0)") })
        viewer.act(.chatShown(ChatWindow(bottom: 59, count: 20, isAtTop: false)))
        for _ in 0..<40 { viewer.press(.up) }
        viewer.act(.chatShown(ChatWindow(bottom: 19, count: 20, isAtTop: true)))
        for _ in 0..<40 { viewer.press(.up) }
        viewer.press(.down)
        #expect(viewer.state.watch.map { bottom($0.chat) } == "line 21")
    }

    @Test func aPageKeepsALineInSight() {
        var log = log(1...100)
        log.scroll(by: -10)
        let viewer = viewer((1...90).map { SafeText("line \($0)") })
        viewer.press(.up)
        viewer.act(.chatShown(ChatWindow(bottom: 88, count: 20, isAtTop: false)))
        viewer.press(.pageUp)
        #expect(viewer.state.watch.map { bottom($0.chat) } == "line 70")
        viewer.act(.chatShown(ChatWindow(bottom: 69, count: 10, isAtTop: false)))
        viewer.press(.pageDown)
        #expect(viewer.state.watch.map { bottom($0.chat) } == "line 79")
        viewer.press(.pageDown)
        #expect(viewer.state.watch?.chat.anchor == nil)
    }

    @Test func aChatThatIsSeenWholeDoesNotScroll() {
        let viewer = viewer(["one", "two"])
        viewer.act(.chatShown(ChatWindow(bottom: 1, count: 2, isAtTop: true)))
        viewer.press(.up, .pageUp, .top)
        #expect(viewer.state.watch?.chat.anchor == nil)
    }

    @Test func theWheelMovesWhatIsUnderIt() {
        let viewer = viewer((1...60).map { SafeText("line \($0)") })
        viewer.act(.scrolled(.chat, by: -3))
        #expect(viewer.state.watch.map { bottom($0.chat) } == "line 57")
        viewer.act(.scrolled(.lineUp, by: 3))
        #expect(viewer.state.watch?.selectedProduct == "lamp" && viewer.state.watch?.pane == .lineUp)
        viewer.act(.scrolled(.product("lamp"), by: 3))
        #expect(viewer.state.watch?.selectedProduct == "hook")
        viewer.act(.clicked(.product("lamp")))
        #expect(viewer.state.watch?.selectedProduct == "lamp")
        viewer.act(.clicked(.chat))
        #expect(viewer.state.watch?.pane == .chat)
        viewer.press(.write)
        viewer.act(.scrolled(.chat, by: 3))
        viewer.act(.clicked(.lineUp))
        #expect(viewer.state.context == .prompt && viewer.state.watch?.pane == .chat)
        #expect(viewer.state.watch?.chat.anchor == nil)
    }

    @Test("Words and people that are muted are not shown and not counted") func muting() {
        let viewer = viewer(["hello", "a spoiler: they win", "bye"])
        func shown() -> [String] {
            viewer.state.watch?.chat.entries.filter { !$0.isMuted }.map(\.message.text.string) ?? []
        }
        func run(_ line: String) {
            viewer.press(.command)
            viewer.act(.typed(line))
            viewer.press(.confirm)
        }
        viewer.act(.settingsRead(themes: [], theme: "", reduceMotion: false, mutes: ["Spoiler"], problem: nil))
        #expect(shown() == ["hello", "bye"])
        run("mute @JO")
        #expect(shown().isEmpty && viewer.state.watch?.chat.bottomIndex == nil)
        #expect(viewer.state.notice?.text.string.contains("[chat] mute in config.toml keeps it") == true)
        run("unmute @jo")
        #expect(shown() == ["hello", "bye"])
        run("mute @nobody")
        #expect(viewer.state.notice?.text == "Nobody called @nobody has written here; muted all the same.")
        run("unmute @nobody")
        run("unmute @jo")
        #expect(viewer.state.notice?.text == "“@jo” is not muted; expected one of Spoiler.")
        viewer.act(.settingsRead(themes: [], theme: "", reduceMotion: false, mutes: [], problem: nil))
        #expect(shown() == ["hello", "a spoiler: they win", "bye"])
    }

    @Test func whatIsMutedDoesNotCountAsNew() {
        var log = log(1...10)
        log.scroll(by: -3)
        log.append(Sample.message(11, "noise"), isMuted: true)
        log.append(Sample.message(12, "noise"))
        #expect(log.unread == 1 && log.entries.map(\.count).suffix(2) == [1, 1])
        log.scroll(by: 3)
        #expect(bottom(log) == "line 10")
        log.scroll(by: 1)
        #expect(log.anchor == nil)
        log.scroll(by: -1)
        log.append(Sample.message(13, "later"))
        log.mute { $0.text == "later" || $0.text == "line 10" }
        #expect(log.unread == 0 && bottom(log) == "line 9")
    }

    @Test("One's own messages are never muted, and name the account") func ownMessages() {
        let viewer = viewer(["hello"])
        var mine = Sample.message(70, "spoiler", at: viewer.state.now)
        (mine.author, mine.authorID) = ("mika", "guest-1")
        viewer.act(.settingsRead(themes: [], theme: "", reduceMotion: false, mutes: ["spoiler"], problem: nil))
        viewer.answer(.postMessage("lamps", text: "spoiler"), .message(mine, pause: nil))
        #expect(viewer.state.watch?.chat.entries.last?.isMuted == false && viewer.state.accountName == "mika")
    }

    @Test func mentionsAreOfTheReadersName() {
        let viewer = viewer(["hello"])
        func mentions(_ text: SafeText, _ authorID: String? = nil) -> [Range<Int>] {
            var message = Sample.message(1, text)
            message.authorID = authorID
            return viewer.state.mentions(in: message)
        }
        #expect(mentions("hi @mika").isEmpty)
        viewer.act(.accountKnown(id: "guest-1", name: "mika"))
        #expect(mentions("hi @Mika and mika") == [3..<8])
        #expect(mentions("thank you Mika!") == [10..<14])
        #expect(mentions("mikado").isEmpty && mentions("@mika", "guest-1").isEmpty)
        viewer.act(.accountKnown(id: "guest-1", name: ""))
        #expect(viewer.state.accountName == "mika")
        viewer.act(.accountKnown(id: "guest-2", name: ""))
        #expect(viewer.state.accountName == nil)
    }

    @Test func copyingALink() {
        let viewer = viewer(["hello"])
        #expect(viewer.press(.copyLink) == [.copyLink])
        viewer.act(.linkCopied("https://a.example/x"))
        #expect(viewer.state.notice?.text == "Copied https://a.example/x")
        viewer.act(.linkCopied(nil))
        #expect(viewer.state.notice?.text == "There is no link to copy in sight.")
    }
}

@Suite("Writing in the chat: nothing written is lost") struct ChatWritingTests {
    private func viewer() -> Rehearsal { .watching(Chronicle()) }

    private func say(_ text: String, _ viewer: Rehearsal) -> [Effect] {
        viewer.press(.write)
        viewer.act(.typed(text))
        return viewer.press(.confirm)
    }

    @Test func theLimitIsTheShops() {
        let viewer = viewer()
        var info = ShopInfo(name: "Shop", capabilities: .all, serverTime: nil)
        info.chatCharacters = 5
        viewer.answer(.service, .service(info))
        #expect(say("123456789", viewer) == [.ask(.postMessage("lamps", text: "12345"))])
    }

    @Test("Slow mode is a wait in the prompt, with the line kept") func slowMode() {
        let viewer = viewer()
        _ = say("hello", viewer)
        let effects = viewer.fail(.postMessage("lamps", text: "hello"), .busy(status: 429, retryAfterSeconds: 4))
        #expect(effects == [.flushInput])
        #expect(viewer.state.prompt?.text == "hello" && viewer.state.chatWait == .seconds(4))
        #expect(viewer.state.connection.isLive)
        #expect(viewer.press(.confirm).isEmpty && viewer.state.prompt?.text == "hello")
        let before = viewer.wakeUps
        viewer.wait(.milliseconds(3900))
        #expect(viewer.wakeUps - before >= 3 && viewer.state.chatWait == .milliseconds(100))
        viewer.wait(.milliseconds(100))
        #expect(viewer.state.chatWait == nil)
        #expect(viewer.press(.confirm) == [.ask(.postMessage("lamps", text: "hello"))])
    }

    @Test func thePauseIsKnownBeforeItIsRunInto() {
        let viewer = viewer()
        _ = say("one", viewer)
        viewer.answer(
            .postMessage("lamps", text: "one"), .message(Sample.message(60, "one"), pause: .seconds(3)))
        #expect(say("two", viewer).isEmpty && viewer.state.prompt?.text == "two")
        viewer.wait(.seconds(3))
        #expect(viewer.press(.confirm) == [.ask(.postMessage("lamps", text: "two"))])
    }

    @Test func aLineThatIsNotSentComesBack() {
        let viewer = viewer()
        _ = say("hello", viewer)
        viewer.fail(.postMessage("lamps", text: "hello"), .lost)
        #expect(viewer.state.prompt?.text == "hello")
        #expect(viewer.state.prompt?.note?.string.hasPrefix("not sent: ") == true)
    }

    @Test("Where another line is being written, it waits for the next time") func anotherIsBeingWritten() {
        let viewer = viewer()
        _ = say("first", viewer)
        viewer.press(.write)
        viewer.act(.typed("second"))
        viewer.fail(.postMessage("lamps", text: "first"), .lost)
        #expect(viewer.state.prompt?.text == "second" && viewer.state.prompt?.note != nil)
        viewer.press(.up)
        #expect(viewer.state.prompt?.text == "first")
        viewer.press(.back, .command)
        viewer.fail(.postMessage("lamps", text: "third"), .lost)
        viewer.press(.back, .write)
        #expect(viewer.state.prompt?.text == "first")
        viewer.press(.up)
        #expect(viewer.state.prompt?.text == "first")
    }

    @Test func escKeepsALineForTheNextTime() {
        let viewer = viewer()
        viewer.press(.write)
        viewer.act(.typed("half a tho"))
        viewer.press(.back, .write)
        #expect(viewer.state.prompt?.text == "half a tho")
        viewer.press(.deleteLine, .back, .write)
        #expect(viewer.state.prompt?.text == "")
    }

    @Test func afterTheShowWasLeftTheLineIsInTheHistory() {
        let viewer = viewer()
        _ = say("hello", viewer)
        viewer.press(.back)
        viewer.fail(.postMessage("lamps", text: "hello"), .lost)
        #expect(viewer.state.prompt == nil && viewer.state.notice?.tone == .problem)
        viewer.press(.open, .write, .up)
        #expect(viewer.state.prompt?.text == "hello")
    }
}
