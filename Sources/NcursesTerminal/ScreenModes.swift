import FoundationEssentials
import TerminalKit
import Text

/// The modes that curses does not manage: how to enter and leave them, and how to give a screen back in a hurry.
struct ScreenModes {
    let enter: String
    let leave: String
    /// Makes the row that curses leaves the cursor in a fresh one.
    let lastRow: String
    /// Everything that restores the screen, for when there is no time for curses.
    let restore: String
    private let hasTitle: Bool
    private let speaksModes: Bool

    private static let paste = "2004"
    private static let focus = "1004"
    /// Presses and wheel, with coordinates beyond 223.
    private static let mouse = ["1000", "1006"]

    /// ECMA-48's bidirectional support mode: reset, every cell shows what was put there (docs/decisions/0011).
    private static let cellsAsPut = "\u{1B}[8l"
    private static let cellsReordered = "\u{1B}[8h"

    /// Of the terminal that curses was started for last.
    init() {
        // No capability tells of these modes. What reports a mouse is of xterm's kin and knows them, or knows them for
        // modes; a terminal such as the vt100 might do anything with them.
        speaksModes = Terminfo.string("kmous") != nil && Terminfo.string("cup")?.starts(with: [0x1B, 0x5B]) == true
        let modes = speaksModes ? [Self.paste, Self.focus] : []
        let on = modes.map { "\u{1B}[?\($0)h" }.joined() + (speaksModes ? Self.cellsAsPut : "")
        let off =
            (speaksModes ? Self.cellsReordered : "")
            + (speaksModes ? Self.mouse + modes : []).reversed().map { "\u{1B}[?\($0)l" }.joined()
        // The console of Linux has sequences of its own after ESC ], and may print others as text.
        hasTitle = speaksModes && Terminfo.string("oc") != Array("\u{1B}]R".utf8)
        let saveTitle = hasTitle ? "\u{1B}[22;2t" : ""
        let restoreTitle = hasTitle ? "\u{1B}[23;2t" : ""
        enter = Terminfo.strings("smkx") + on + saveTitle
        leave = off + Terminfo.strings("rmkx") + restoreTitle
        // Where there is no other screen to go back to, the shell's prompt is not to stand amidst the last one.
        let hasOtherScreen = Terminfo.string("rmcup") != nil
        lastRow = hasOtherScreen ? "" : "\r" + Terminfo.strings("el")
        // CAN first: what was being written may have been cut off within a link or a title, which would swallow the rest.
        restore =
            (speaksModes ? "\u{18}" : "") + leave + Terminfo.strings("sgr0", "op", "cnorm")
            + Terminfo.strings(hasOtherScreen ? "rmcup" : "clear")
    }

    /// Has the mouse reported, or leaves it to the terminal.
    func mouse(_ isUsed: Bool) -> String {
        speaksModes ? Self.mouse.map { "\u{1B}[?\($0)\(isUsed ? "h" : "l")" }.joined() : ""
    }

    /// Terminals and multiplexers take at least so many bytes for the clipboard.
    private static let longestClip = 4096

    /// VTE's bound for an address, in bytes.
    private static let longestLink = 2083

    /// What takes titles and clips takes links, or leaves them.
    var hasLinks: Bool { hasTitle }

    func clip(_ text: SafeText) -> String {
        guard hasTitle, text.string.utf8.count <= Self.longestClip else { return "" }
        return "\u{1B}]52;c;\(Data(text.string.utf8).base64EncodedString())\u{1B}\\"
    }

    /// The links of text that is written between the two (OSC 8). The same address is one link wherever it stands, so a
    /// wrapped one is lit as a whole, and what moves stays the link that it is.
    /// Empty for what is no plain address: then nothing of it reaches the terminal.
    func link(_ address: SafeText) -> (begin: String, end: String) {
        guard address.string.utf8.count <= Self.longestLink,
            address.string.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return ("", "") }
        // FNV-1a, in 32 bits: short, and the same in every run.
        let id = address.string.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return ("\u{1B}]8;id=\(String(id, radix: 36));\(address.string)\u{1B}\\", "\u{1B}]8;;\u{1B}\\")
    }

    func title(_ title: SafeText) -> String {
        hasTitle ? "\u{1B}]2;\(title.clipped(to: 120).string)\u{1B}\\" : ""
    }
}
