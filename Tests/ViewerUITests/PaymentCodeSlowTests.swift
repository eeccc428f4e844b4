import AppCore
import CodeReader
import Settings
import TerminalKit
import Testing
import ViewerUI

/// The code is read off the smallest usual screen, with the screen's text around it.
@Suite(.enabled(if: CodeReader.isInstalled, Comment(rawValue: CodeReader.howToInstall)))
struct PaymentCodeSlowTests {
    private static let standard = Size(columns: 80, rows: 24)

    /// The longest needs 41 modules, and has two light ones around it.
    @Test func addressesOfUsualLengthsAreReadAt80By24() throws {
        let start = "https://pay.example/"
        let addresses = stride(from: 30, through: 134, by: 8).map {
            start + String(repeating: "x", count: $0 - start.count)
        }
        let pictures = addresses.map { picture(of: Stage.paying(at: $0).state, Self.standard) }
        #expect(try CodeReader.texts(in: pictures) == addresses)
    }

    @Test func anyScreenThatHasRoomIsRead() throws {
        let state = Stage.paying().state
        for size in [(78, 24), (80, 25), (100, 30), (45, 33), (140, 40), (300, 90), (72, 20)] {
            let read = try CodeReader.texts(in: [picture(of: state, Size(columns: size.0, rows: size.1))])
            #expect(read == [Boutique.checkout], "\(size)")
        }
    }

    @Test(arguments: ["terminal", "paper", "midnight", "monochrome"]) func everyThemeIsRead(name: String) throws {
        let theme = ThemeCatalogue(try XDGPaths(environment: ["HOME": "/nonexistent"])).theme(named: name).theme
        for look in [theme, theme.withoutColours] {
            let read = try CodeReader.texts(in: [picture(of: Stage.paying().state, Self.standard, look)])
            #expect(read == [Boutique.checkout])
        }
    }

    /// On a terminal with a dark ground of its own.
    private func picture(of state: AppState, _ size: Size, _ theme: Theme = .terminal) -> [[Bool]] {
        let grid = GoldenScreen.frame(of: state, size, theme: theme).grid
        return (0..<size.rows).flatMap { y in
            [true, false].map { top in
                zip(grid.text[y].padded(to: size.columns), 0..<size.columns).map { character, x in
                    let isCode = grid[x, y].style == theme.code
                    return !isCode || character == "█" || character == (top ? "▀" : "▄")
                }
            }
        }
    }
}

extension String {
    fileprivate func padded(to count: Int) -> [Character] {
        let characters = Array(self)
        return characters + Array(repeating: " ", count: max(0, count - characters.count))
    }
}
