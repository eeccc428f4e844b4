import AppCore
import Foundation
import Settings
import TerminalKit
import Testing

/// The documents' pictures are of screens that the program draws today; `make screens` writes them anew.
@Suite struct PictureTests {
    private static let folder = GoldenScreen.folder.appending(path: "../../../docs/pictures").standardizedFileURL

    private static func catalogue() throws -> ThemeCatalogue {
        ThemeCatalogue(try XDGPaths(environment: ["HOME": "/nonexistent"]))
    }

    /// By the file's name.
    private static func pictures() throws -> [String: String] {
        let catalogue = try catalogue()
        let watching = Stage.watching(follows: [Boutique.ana]).state
        var help = Stage.watching()
        help.press(.help)
        func picture(_ state: AppState, _ columns: Int, _ rows: Int, _ theme: String) -> String {
            let size = Size(columns: columns, rows: rows)
            let frame = GoldenScreen.frame(of: state, size, theme: catalogue.theme(named: theme).theme)
            return ScreenPicture(frame.grid).svg
        }
        var pictures = [
            "watch.svg": picture(watching, 110, 30, "midnight"),
            "buy.svg": picture(Stage.buying().state, 110, 30, "midnight"),
            "keys.svg": picture(help.state, 80, 24, "midnight"),
        ]
        for name in catalogue.names { pictures["theme-\(name).svg"] = picture(watching, 80, 16, name) }
        return pictures
    }

    @Test func thePicturesAreOfTheseScreens() throws {
        let pictures = try Self.pictures()
        if GoldenScreen.isRecording {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            for (name, svg) in pictures { try Data(svg.utf8).write(to: Self.folder.appending(path: name)) }
        }
        for (name, svg) in pictures {
            let kept = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            // Not in the expectation itself, which would print both.
            let isSame = kept == svg
            #expect(isSame, "docs/pictures/\(name) is of another screen")
            #expect(svg.utf8.count < 40_000, "\(name) is large")
        }
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)) == Set(pictures.keys))
    }

    /// Every picture that a document shows is there, and every one is shown.
    @Test func theDocumentsShowThem() throws {
        let root = Self.folder.appending(path: "../..").standardizedFileURL
        let documents = try ["README.md", "docs/themes.md", "docs/keys.md"].map {
            try String(contentsOf: root.appending(path: $0), encoding: .utf8)
        }.joined()
        let shown = documents.matches(of: /pictures\/([a-z-]+\.svg)/).map { String($0.output.1) }
        #expect(Set(shown) == Set(try Self.pictures().keys))
    }
}
