import AppCore
import Foundation
import TerminalKit
import Testing

/// Every state's screen is what was looked at and found good; `make screens` writes them anew.
@Suite struct ScreenTests {
    @Test(arguments: Scene.all) func theScreenIsTheGoldenOne(scene: Scene) throws {
        try compare(GoldenScreen.text(of: scene.make()), with: scene.name)
    }

    @Test func aScreenThatIsTooSmallSaysSo() throws {
        let sizes = [(39, 10), (40, 9), (30, 8), (1, 1)].map { Size(columns: $0, rows: $1) }
        try compare(GoldenScreen.text(of: Stage.watching().state, sizes: sizes), with: "too-small")
    }

    /// A file that no scene has is of a scene that is no more.
    @Test func everyGoldenScreenHasItsScene() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: GoldenScreen.folder.path)
        let names = Scene.all.map(\.name) + ["too-small"]
        #expect(Set(names).count == names.count)
        #expect(Set(files) == Set(names.map { $0 + ".screen" }))
    }

    private func compare(_ text: String, with name: String) throws {
        let file = GoldenScreen.folder.appending(path: name + ".screen")
        if GoldenScreen.isRecording { try Data(text.utf8).write(to: file) }
        let golden = try String(contentsOf: file, encoding: .utf8)
        guard text != golden else { return }
        let old = golden.components(separatedBy: "\n")
        let new = text.components(separatedBy: "\n")
        let first = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
        Issue.record(
            "\(name).screen, line \((first?.offset ?? min(old.count, new.count)) + 1):\n  was \(first?.element.0 ?? "")\n  is  \(first?.element.1 ?? "")"
        )
    }
}
