import AppCore
import Domain
import SeededRandom
import Testing
import Text

@Suite("Writing a line, and which keys mean what")
struct PromptTests {
    private func prompt(_ text: String, limit: Int = 500) -> Prompt {
        var prompt = Prompt(.chat, limit: limit)
        prompt.insert(text)
        return prompt
    }

    @Test func editingByWordsAndCharacters() {
        var line = prompt("one two  three")
        _ = line.edit(.wordLeft)
        #expect(line.textBeforeCursor == "one two  ")
        _ = line.edit(.deleteWord)
        #expect(line.text == "one three")
        _ = line.edit(.wordRight)
        #expect(line.cursor == 9)
        _ = line.edit(.top)
        _ = line.edit(.deleteBackward)
        _ = line.edit(.deleteForward)
        #expect(line.text == "ne three")
        _ = line.edit(.bottom)
        _ = line.edit(.deleteForward)
        _ = line.edit(.right)
        _ = line.edit(.deleteBackward)
        #expect(line.text == "ne thre")
        _ = line.edit(.deleteLine)
        #expect(line.text.isEmpty && line.cursor == 0)
        _ = line.edit(.wordLeft)
        _ = line.edit(.deleteWord)
        let isEditing = line.edit(.buy)
        #expect(!isEditing)
    }

    @Test func whatIsDeletedByWordsAndLinesCanBePutBack() {
        var line = prompt("one two three")
        _ = line.edit(.wordLeft)
        _ = line.edit(.deleteToEnd)
        #expect(line.text == "one two " && line.cursor == 8)
        _ = line.edit(.top)
        _ = line.edit(.yank)
        #expect(line.text == "threeone two " && line.cursor == 5)
        _ = line.edit(.deleteWordForward)
        #expect(line.text == "three two ")
        // Nothing was deleted: what is kept stays.
        _ = line.edit(.bottom)
        _ = line.edit(.deleteToEnd)
        _ = line.edit(.yank)
        #expect(line.text == "three two one")
        _ = line.edit(.deleteLine)
        _ = line.edit(.yank)
        _ = line.edit(.yank)
        #expect(line.text == "three two onethree two one")
    }

    @Test func wideCharactersAreOneStep() {
        var line = prompt("李雷好")
        _ = line.edit(.left)
        #expect(line.textBeforeCursor == "李雷")
        line.insert("很")
        #expect(line.text == "李雷很好")
        _ = line.edit(.deleteBackward)
        #expect(line.text == "李雷好")
    }

    @Test("A combining mark typed after its base joins it") func combiningMarks() {
        var line = prompt("caf")
        for scalar in "e\u{301}".unicodeScalars { line.insert(String(Character(scalar))) }
        #expect(line.line.count == 4 && line.text == "cafe\u{301}")
        line.insert("!")
        _ = line.edit(.left)
        _ = line.edit(.deleteBackward)
        #expect(line.text == "caf!")
        _ = line.edit(.top)
        line.insert("\u{301}")
        #expect(line.text == "caf!")
    }

    @Test func noMoreThanTheLimit() {
        var line = prompt(String(repeating: "x", count: 600), limit: 500)
        #expect(line.line.count == 500 && line.cursor == 500)
        line.insert("y")
        _ = line.edit(.top)
        line.insert("yy")
        #expect(line.line.count == 500 && line.cursor == 0)
    }

    @Test func pastedControlsDoNotGetIn() {
        let line = prompt("a\u{1B}[31mb\nc\u{202E}d")
        #expect(line.text == SafeText("a\u{1B}[31mb\nc\u{202E}d"))
        #expect(!line.text.string.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }

    @Test("Any editing keeps the cursor in the line", arguments: 0..<6 as Range<UInt64>) func anyEditing(seed: UInt64) {
        var random = Seeded(seed)
        var line = Prompt(.search, limit: 40)
        let pieces = ["a", " ", "李", "e", "\u{301}", "👩‍👧", "\u{200D}", "🇨", "🇭", "\u{1B}", "ا", "word and more"]
        for _ in 0..<400 {
            if Bool.random(using: &random) {
                line.insert(pieces.randomElement(using: &random) ?? "")
            } else {
                _ = line.edit(UserIntent.allCases.randomElement(using: &random) ?? .left)
            }
            #expect((0...line.line.count).contains(line.cursor) && line.line.count <= 40)
            #expect(line.textBeforeCursor.width <= line.text.width + 4)
        }
    }

    @Test func whatIsWrittenIsSentAndPendingUntilTheTimelineHasIt() {
        var chronicle = Chronicle()
        chronicle.chatter(1, from: Sample.now - .seconds(10), every: .zero)
        let viewer = Rehearsal.watching(chronicle)
        viewer.press(.write)
        #expect(viewer.state.context == .prompt)
        viewer.act(.typed("is it 2 m?"))
        #expect(viewer.press(.confirm) == [.ask(.postMessage("lamps", text: "is it 2 m?"))])
        #expect(viewer.state.context == .watch)
        var mine = Sample.message(50, "is it 2 m?", at: Sample.now)
        mine.authorID = "guest-1"
        viewer.answer(.postMessage("lamps", text: "is it 2 m?"), .message(mine, pause: nil))
        #expect(viewer.state.watch?.chat.entries.last?.isPending == true)
        chronicle.add(.chat(mine), at: Sample.now)
        viewer.answer(.head("lamps"), .head(chronicle.head(at: Sample.now)))
        viewer.wait(.seconds(3))
        #expect(viewer.chat == ["line 1", "is it 2 m?"])
        #expect(viewer.state.watch?.chat.entries.last?.isPending == false)
    }

    @Test func aLineThatIsNotSentIsSaid() {
        let viewer = Rehearsal.watching(Chronicle())
        viewer.press(.help)
        viewer.fail(.postMessage("lamps", text: "hi"), .lost)
        #expect(viewer.state.notice?.tone == .problem)
        viewer.press(.back, .write, .deleteLine)
        viewer.act(.typed("   "))
        #expect(viewer.press(.confirm).isEmpty)
    }

    @Test("Every context answers its own keys, and quitting works in each") func contexts() {
        let viewer = Rehearsal.watching(Chronicle())
        #expect(viewer.state.context == .watch)
        viewer.press(.help)
        #expect(viewer.state.context == .help)
        viewer.press(.down, .down, .up, .buy, .follow)
        #expect(viewer.state.buy == nil && viewer.state.context == .help)
        viewer.press(.back)
        #expect(viewer.state.context == .watch)
        viewer.press(.back)
        #expect(viewer.state.context == .list && viewer.state.tab == .schedule)
        for open in [[], [.help], [.search]] as [[UserIntent]] {
            let other = Rehearsal.withSchedule()
            for intent in open { other.press(intent) }
            #expect(other.press(.quit) == [.quit])
            #expect(other.state.isQuitting)
        }
    }

    @Test func everyKeyOfTheTableHasOneMeaningInItsContext() {
        for context in KeyContext.allCases {
            var owners: [String: UserIntent] = [:]
            for binding in IntentTable.bindings where binding.contexts.contains(context) {
                for key in binding.keys {
                    #expect(owners[key] == nil, "\(key) in \(context)")
                    owners[key] = binding.intent
                }
            }
            #expect(owners.values.contains(.quit) && owners.values.contains(.back))
        }
    }

    @Test func aNoticeGoesByItself() {
        let viewer = Rehearsal.withSchedule()
        viewer.act(.storeFailed(reason: "the disk is full"))
        #expect(viewer.state.notice?.text.string.contains("the disk is full") == true)
        viewer.wait(.seconds(8))
        #expect(viewer.state.notice == nil)
    }
}
