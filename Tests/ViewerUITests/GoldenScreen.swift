import AppCore
import Foundation
import Settings
import TerminalKit
import ViewerUI

/// A scene as text: every size it is looked at in, and for the most common one what each cell means.
enum GoldenScreen {
    static let sizes = [
        Size(columns: 140, rows: 40), Size(columns: 80, rows: 24), Size(columns: 60, rows: 16),
        Size(columns: 40, rows: 10),
    ]
    /// The size whose roles are written down, too.
    static let roleSize = Size(columns: 80, rows: 24)

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens")
    static var isRecording: Bool { ProcessInfo.processInfo.environment["VITRINE_RECORD_SCREENS"] != nil }

    static func text(of state: AppState, sizes: [Size] = sizes) -> String {
        var lines: [String] = []
        for size in sizes {
            let frame = frame(of: state, size)
            lines.append("═══ \(size) ═══")
            lines += frame.grid.text
            if size == roleSize {
                lines.append("═══ \(size), roles ═══")
                lines += roles(in: frame.grid)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func frame(of state: AppState, _ size: Size, theme: Theme = roleTheme) -> Frame {
        var state = state
        (state.columns, state.rows) = (size.columns, size.rows)
        return draw(state, size: size, theme: theme, keymap: Keymap())
    }

    /// A theme in which every role looks different from all others, so that a cell tells its role.
    static let roleTheme: Theme = {
        var theme = Theme(name: "roles", appearance: .any)
        for role in Role.allCases where role != .text {
            theme[role] = Style(foreground: .indexed(UInt8(role.rawValue)))
        }
        return theme
    }()

    /// The runs of a row that are not plain text: `3-9 live`, by column from 0.
    private static func roles(in grid: CellGrid) -> [String] {
        (0..<grid.size.rows).map { row in
            grid.styleRuns(row: row).compactMap { run in
                guard case .indexed(let number) = run.style.foreground, let role = Role(rawValue: Int(number)) else {
                    return nil
                }
                return "\(run.start)-\(run.start + run.length - 1) \(role.name)"
            }.joined(separator: ", ")
        }
    }
}
