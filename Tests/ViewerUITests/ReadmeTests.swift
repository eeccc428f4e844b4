import Foundation
import TerminalKit
import Testing

/// The README's screen is one that the program draws, not one that it drew once.
@Suite struct ReadmeTests {
    @Test func theScreenIsTheGoldenOne() throws {
        let root = GoldenScreen.folder.appending(path: "../../..").standardizedFileURL
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let state = Stage.watching(follows: [Boutique.ana]).state
        let screen = GoldenScreen.frame(of: state, Size(columns: 80, rows: 24)).grid.text.joined(separator: "\n")
        #expect(readme.contains("```\n" + screen + "\n```"))
    }
}
