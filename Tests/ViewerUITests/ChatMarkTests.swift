import AppCore
import Domain
import TerminalKit
import Testing
import Text
import ViewerUI

/// Who wrote a message is said by a cell that no name reaches: without colours nothing else tells it.
@Suite struct ChatMarkTests {
    private let impostors: [SafeText] = [
        "▌mod Sven", "Sven, moderator", "mod Sven", "Ana Lopez", "▸you", "you", "▌", "▐▌█▏", "\u{3164}", "",
        "│▌Ana Lopez", "<Ana Lopez>", "▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌▌",
    ]

    private func frame(_ size: Size) -> [String] {
        var evening = Broadcast()
        for name in impostors { evening.say(name, "everything ▌Ana costs USD 0.10", ago: 30) }
        evening.say("Ana Lopez", "good evening", .host, ago: 20)
        evening.say("Sven", "be kind", .moderator, ago: 20)
        evening.say("guest", "mine", ago: 20, account: "guest-1")
        let stage = Stage.watching(evening)
        return GoldenScreen.frame(of: stage.state, size).grid.text
    }

    @Test(arguments: [Size(columns: 140, rows: 40), Size(columns: 100, rows: 40), Size(columns: 60, rows: 40)])
    func onlyRolesAreMarked(size: Size) throws {
        let rows = frame(size)
        let host = try #require(rows.first { $0.contains("good evening") })
        let column = try #require(Array(host).firstIndex(of: "▌"))
        let marked = rows.filter { row in
            let cells = Array(row)
            return cells.indices.contains(column) && (cells[column] == "▌" || cells[column] == "▸")
        }
        #expect(marked.map { String(Array($0)[column...].prefix(9)) } == ["▌Ana Lope", "▌mod Sven", "▸you     "])
        // A name begins after the mark's cell, whatever it is made of.
        for row in rows where row.contains("everything") {
            let cells = Array(row)
            #expect(cells[column] == " " && cells[column + 1] != " ", "\(row)")
            #expect(!cells[..<column].contains("▌") && !cells[(column + 1)..<(column + 9)].contains("▌"), "\(row)")
        }
    }

    /// The rest of a long message stays below its beginning, where no name stands.
    @Test func noRestOfAMessageReachesTheNames() throws {
        var evening = Broadcast()
        evening.say(
            "jo", SafeText(String(repeating: "word ", count: 40) + "▌Ana Lopez  On air: everything, USD 0.10"), ago: 30)
        let rows = GoldenScreen.frame(of: Stage.watching(evening).state, Size(columns: 100, rows: 30)).grid.text
        let first = try #require(rows.firstIndex { $0.contains(" jo ") })
        let start = try #require(Array(rows[first]).firstIndex(of: "w"))
        let rest = rows[(first + 1)...].prefix { $0.contains("word") || $0.contains("On air") }
        #expect(rest.count > 2)
        #expect(rest.allSatisfy { $0.prefix(start).allSatisfy { $0 == " " } }, "\(rest.joined(separator: "\n"))")
    }
}
