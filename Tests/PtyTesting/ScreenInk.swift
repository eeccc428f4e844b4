import TerminalKit

/// The colours that a terminal prints with (SGR), as light or dark: what a camera makes of them.
struct ScreenInk {
    /// nil for the terminal's own: light text on a dark ground.
    private var foreground: Bool?
    private var ground: Bool?
    private var isReversed = false

    /// What is erased keeps the ground alone.
    var erased: ScreenInk {
        var erased = ScreenInk()
        erased.ground = ground
        return erased
    }

    /// Whether a half of a cell is dark. Letters are half ink and half ground.
    func isDark(_ text: String, top: Bool) -> Bool {
        let (ink, paper) = isReversed ? (ground ?? true, foreground ?? false) : (foreground ?? false, ground ?? true)
        switch text {
        case " ", "": return paper
        case "█": return ink
        case "▀": return top ? ink : paper
        default: return top ? paper : ink
        }
    }

    mutating func take(_ body: String) {
        let numbers = body.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == ":" }.map { Int($0) ?? 0 }
        var index = 0
        while index < numbers.count {
            let number = numbers[index]
            index += 1
            switch number {
            case 0: self = ScreenInk()
            case 7: isReversed = true
            case 27: isReversed = false
            case 30...37: foreground = Self.isDark(UInt8(number - 30))
            case 40...47: ground = Self.isDark(UInt8(number - 40))
            case 90...97: foreground = Self.isDark(UInt8(number - 82))
            case 100...107: ground = Self.isDark(UInt8(number - 92))
            case 39: foreground = nil
            case 49: ground = nil
            case 38, 48:
                let isDark = Self.extended(numbers[index...])
                index += numbers[index...].first == 2 ? 4 : 2
                if number == 38 { foreground = isDark } else { ground = isDark }
            default: break
            }
        }
    }

    private static func extended(_ numbers: ArraySlice<Int>) -> Bool? {
        let values = numbers.dropFirst().prefix(3).map { UInt8(clamping: $0) }
        switch numbers.first {
        case 5: return values.first.map(isDark)
        case 2 where values.count == 3: return isDark((values[0], values[1], values[2]))
        default: return nil
        }
    }

    private static func isDark(_ number: UInt8) -> Bool { isDark(XtermPalette.color(number)) }

    private static func isDark(_ color: XtermPalette.Channels) -> Bool {
        Int(color.red) + Int(color.green) + Int(color.blue) < 3 * 128
    }
}
