import TerminalKit
import Testing
@testable import Viewer

@Suite("Scripts: keys and waits, a step a line")
struct ScriptTests {
    private func steps(_ text: String) throws -> [Script.Step] { try Script(text).lines.map(\.step) }

    @Test func everyStep() throws {
        let script = """
            # buys the lamp
            key b
              key ctrl-c
            type hello there

            type "  spaced "
            paste one # not a comment
            wait text "Order placed"
            wait text "Order placed" 20s
            wait gone "Asking" 1.5s
            wait 500ms
            wait 2s
            wait 3m
            resize 80x24
            screen after-buying
            """
        #expect(
            try steps(script) == [
                .key(.character("b")), .key(.control("c")), .type("hello there"), .type("  spaced "),
                .paste("one # not a comment"), .waitText("Order placed", within: Script.patience),
                .waitText("Order placed", within: .seconds(20)), .waitGone("Asking", within: .milliseconds(1500)),
                .pause(.milliseconds(500)), .pause(.seconds(2)), .pause(.seconds(180)),
                .resize(Size(columns: 80, rows: 24)), .screen("after-buying"),
            ])
    }

    @Test func linesAreCountedWithBlanksAndComments() throws {
        let script = try Script("# one\n\nkey b\r\n\nkey q")
        #expect(script.lines.map(\.number) == [3, 5])
        #expect(script.lines.map(\.source) == ["key b", "key q"])
    }

    @Test func anEmptyScriptHasNoSteps() throws {
        #expect(try steps("") == [])
        #expect(try steps("\n \n# nothing\n") == [])
    }

    @Test(
        "What is no step is named with its line",
        arguments: [
            "press b", "key", "key nonsense", "wait", "wait text", "wait text bare", "wait text \"\"",
            "wait text \"a\" soon", "wait text \"open", "wait gone", "wait -1s", "wait 5h", "wait 1e400s", "wait nan",
            "resize 80", "resize 0x0", "resize 80x24x3", "resize 99999x1", "screen", "screen ../etc/passwd",
            "waittext \"a\"",
        ])
    func refuses(line: String) {
        let problem = #expect(throws: Script.Problem.self) { try Script("key b\n" + line) }
        #expect(problem?.line == 2)
        #expect(problem?.description.contains(line) == true)
    }

    @Test func wordsOfOtherScripts() throws {
        #expect(try steps("type 李雷 🔥") == [.type("李雷 🔥")])
        #expect(try steps("wait text \"شال\"") == [.waitText("شال", within: Script.patience)])
    }
}
