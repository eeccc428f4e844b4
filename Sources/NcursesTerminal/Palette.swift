import CNcurses
import TerminalKit

/// The colours the terminal has, and the pairs of them in use.
///
/// Pairs are made when first wanted and never changed: changing one repaints every cell that has it.
struct Palette {
    private let quantizer: ColorQuantizer
    private let pairLimit: Int
    private var pairs: [UInt64: Int32] = [:]

    init(colors: Int, pairLimit: Int) {
        quantizer = ColorQuantizer(colors: colors)
        self.pairLimit = pairLimit
    }

    /// A blank cell of a style, for its glyphs to be filled in.
    mutating func prototype(_ style: Style) -> cchar_t {
        var attributes = style.attributes
        let (foreground, background) = quantizer.pair(style)
        if foreground.isBrightened { attributes.insert(.bold) }
        // Of eight colours, bold makes black grey.
        if quantizer.colors == 8, foreground.index == 0 { attributes.remove(.bold) }
        var cell = cchar_t()
        withUnsafeTemporaryAllocation(of: wchar_t.self, capacity: 2) { text in
            text[0] = 0x20
            text[1] = 0
            let pair = pair(foreground.index, background.index)
            _ = curses_set_cell(&cell, text.baseAddress, Self.curses(attributes), pair)
        }
        return cell
    }

    private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
        guard foreground >= 0 || background >= 0 else { return 0 }
        let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
        if let pair = pairs[key] { return pair }
        let pair = Int32(clamping: pairs.count + 1)
        guard pair < pairLimit, init_extended_pair(pair, foreground, background) != ERR else { return 0 }
        pairs[key] = pair
        return pair
    }

    private static func curses(_ attributes: Attributes) -> attr_t {
        var result: attr_t = 0
        if attributes.contains(.bold) { result |= curses_bold() }
        if attributes.contains(.dim) { result |= curses_dim() }
        if attributes.contains(.italic) { result |= curses_italic() }
        if attributes.contains(.underline) { result |= curses_underline() }
        if attributes.contains(.reverse) { result |= curses_reverse() }
        return result
    }
}
