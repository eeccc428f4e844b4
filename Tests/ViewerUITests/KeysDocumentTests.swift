import AppCore
import Foundation
import Testing

/// `docs/keys.md` is made from the intent table; `make screens` writes it anew.
@Suite struct KeysDocumentTests {
    private static let path =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/docs/keys.md"

    private var document: String {
        var lines = [
            "# Keys", "",
            "Made from the table in `Sources/AppCore/App/UserIntent.swift` by `make screens`; a test compares them. `?` shows the keys",
            "of the place you are in:", "", "![Help over a show](pictures/keys.svg)", "",
            "In `config.toml`, `[keys]` binds an id to a key or a list of keys, in place of all its own: `buy = [\"b\", \"f5\"]`.",
        ]
        for context in KeyContext.allCases {
            lines += ["", "## \(context.title)", "", "| id | keys | what it does |", "|---|---|---|"]
            for binding in IntentTable.bindings where binding.contexts.contains(context) {
                let keys = binding.keys.map { "`\($0)`" }.joined(separator: " ")
                lines.append("| `\(binding.intent.rawValue)` | \(keys) | \(binding.help) |")
            }
        }
        lines += [
            "", "## Commands", "",
            "`:` (the id `command`) opens a line for a command; Tab completes it, up and down go through what was written before.",
            "Made from the table in `Sources/AppCore/Command/Command.swift`. Every id of the lists and of watching is a command too.",
            "", "| command | what it does |", "|---|---|",
        ]
        for command in CommandTable.commands {
            let argument = command.argument.map { " " + $0.placeholder } ?? ""
            lines.append("| `:\(command.name)\(argument)` | \(command.help) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func theDocumentIsWhatTheTableSays() throws {
        if ProcessInfo.processInfo.environment["VITRINE_RECORD_SCREENS"] != nil {
            try document.write(toFile: Self.path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: Self.path, encoding: .utf8) == document)
    }
}
