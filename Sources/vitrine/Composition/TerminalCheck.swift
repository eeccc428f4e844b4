import Diagnostics
import Glibc
import Lines
import NcursesTerminal
import Settings
import TerminalKit
import Text

/// The terminal that the program was started in, for `vitrine doctor`.
struct TerminalCheck {
    let environment: [String: String]

    /// Narrow, wide, with a mark, of doubtful width: what screens are made of.
    private static let glyphs = ["─", "●", "★", "…", "✓", "e\u{301}", "漢", "ｶ", "한", "🔥"]

    func terminal() throws -> DoctorReport.Section.Terminal? {
        guard isatty(Surroundings.input) == 1, Output.columns != nil else { return nil }
        let type = environment["TERM"] ?? ""
        let description = TerminalProbe.describe(type)
        let size = TerminalProbe.size ?? Size(columns: 0, rows: 0)
        let locale = TerminalProbe.locale
        var measured: [Int]?
        // What cannot place text might print the question.
        if description != nil {
            do { measured = try TerminalProbe.measure(Self.glyphs) } catch is TerminalProbe.Interruption {
                throw CommandFailure(.refused, "interrupted")
            } catch { measured = nil }
        }
        let glyphs = measured.map { widths in
            zip(Self.glyphs, widths).map { DoctorReport.Section.Glyph($0, expected: SafeText($0).width, measured: $1) }
        }
        return DoctorReport.Section.Terminal(
            type: type, isUsable: description != nil, columns: size.columns, rows: size.rows,
            colors: description?.colors ?? 0,
            isTrueColor: ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? ""),
            refusesColor: Theme.refusesColour(environment), hasLinks: description?.hasLinks ?? false,
            locale: locale.name, charset: locale.charset, glyphs: glyphs)
    }
}
