import TerminalKit
import Text

/// As much of an xterm as ncurses makes use of: what the bytes leave on a screen. Anything else is recorded as unknown,
/// and a test expects there to be nothing unknown.
package struct ScreenEmulator {
    /// A cell: its character, the address that it leads to (OSC 8), and how it looks.
    private struct Slot {
        var text = " "
        var link = ""
        var ink = ScreenInk()
    }

    private var slots: [[Slot]]
    /// What is printed now leads there.
    private var link = ""
    private var ink = ScreenInk()
    package var rows: [[String]] { slots.map { $0.map(\.text) } }
    /// The address of each cell; empty where there is none.
    package var links: [[String]] { slots.map { $0.map(\.link) } }
    package private(set) var unknown: [String] = []
    /// What the terminal answers and nobody has taken yet: where the cursor is.
    package var replies = ""
    package private(set) var isAlternate = false
    package private(set) var isCursorVisible = true
    package private(set) var privateModes: Set<String> = []
    /// Whether the terminal may show a row in another order than it was written (ECMA-48's mode 8).
    package private(set) var reordersBidi = true
    package private(set) var x = 0
    package private(set) var y = 0
    private var region: ClosedRange<Int>
    private var wrapPending = false
    private var saved = (x: 0, y: 0)
    /// What the alternate screen covers.
    private var covered: [[Slot]]?
    /// The beginning of a character or a sequence that has not come in full.
    private var rest: [UInt8] = []
    private let size: Size

    package init(_ size: Size) {
        self.size = size
        slots = Array(repeating: Array(repeating: Slot(), count: size.columns), count: size.rows)
        region = 0...(size.rows - 1)
    }

    /// What a camera sees of it: two dots for a cell, one above the other; `true` is dark.
    package var picture: [[Bool]] {
        slots.flatMap { row in
            [row.map { $0.ink.isDark($0.text, top: true) }, row.map { $0.ink.isDark($0.text, top: false) }]
        }
    }

    /// The rows without the blanks at their ends.
    package var text: [String] {
        rows.map { row in
            var line = row.joined()
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }

    package mutating func feed(_ bytes: [UInt8]) {
        let all = rest + bytes
        let end = Self.end(ofWhole: all)
        rest = Array(all[end...])
        let scalars = Array(String(decoding: all[..<end], as: UTF8.self).unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            switch scalar.value {
            case 0x1B: index = escape(scalars, index)
            case 0x0D: move(0, y)
            case 0x0A: lineFeed()
            case 0x08: move(x - 1, y)
            case 0x09: move(min((x / 8 + 1) * 8, size.columns - 1), y)
            case Self.cancel: break
            case 0..<0x20, 0x7F..<0xA0: unknown.append("control \(scalar.value)")
            default: print(scalar)
            }
        }
    }

    /// Where what has come in full ends.
    private static func end(ofWhole bytes: [UInt8]) -> Int {
        if let start = bytes.lastIndex(of: 0x1B), !isWhole(bytes[start...]) { return start }
        guard let lead = bytes.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return bytes.count }
        let length = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : bytes[lead] >= 0xC0 ? 2 : 1
        return lead + length > bytes.count ? lead : bytes.count
    }

    private static func isWhole(_ sequence: ArraySlice<UInt8>) -> Bool {
        let body = sequence.dropFirst(2)
        switch sequence.dropFirst().first {
        case nil: return false
        case UInt8(ascii: "["): return body.contains { (0x40...0x7E).contains($0) || $0 == cancel }
        case UInt8(ascii: "]"): return body.contains { $0 == 7 || $0 == cancel }
        case UInt8(ascii: "("), UInt8(ascii: ")"): return !body.isEmpty
        default: return true
        }
    }

    private mutating func move(_ x: Int, _ y: Int) {
        self.x = min(max(x, 0), size.columns - 1)
        self.y = min(max(y, 0), size.rows - 1)
        wrapPending = false
    }

    private mutating func print(_ scalar: Unicode.Scalar) {
        let width = TextWidth.of(scalar)
        guard width > 0 else {
            var base = wrapPending ? x : x - 1
            if base >= 0, slots[y][base].text.isEmpty { base -= 1 }
            if base >= 0 { slots[y][base].text.unicodeScalars.append(scalar) }
            return
        }
        if wrapPending {
            x = 0
            lineFeed()
        }
        blankHalves(x)
        blankHalves(x + width)
        slots[y][x] = Slot(text: String(scalar), link: link, ink: ink)
        if width == 2, x + 1 < size.columns { slots[y][x + 1] = Slot(text: "", link: link, ink: ink) }
        if x + width >= size.columns {
            x = size.columns - 1
            wrapPending = true
        } else {
            x += width
        }
    }

    private mutating func blankHalves(_ place: Int) {
        guard place > 0, place < size.columns, slots[y][place].text.isEmpty else { return }
        slots[y][place - 1] = Slot()
        slots[y][place] = Slot()
    }

    private mutating func lineFeed() {
        wrapPending = false
        if y == region.upperBound { scroll(region, by: 1) } else { y = min(y + 1, size.rows - 1) }
    }

    private mutating func scroll(_ range: ClosedRange<Int>, by count: Int) {
        let blank = Array(repeating: Slot(), count: size.columns)
        for _ in 0..<abs(count) {
            if count > 0 {
                slots.remove(at: range.lowerBound)
                slots.insert(blank, at: range.upperBound)
            } else {
                slots.remove(at: range.upperBound)
                slots.insert(blank, at: range.lowerBound)
            }
        }
    }

    private mutating func erase(_ columns: Range<Int>, row: Int) {
        for column in columns.clamped(to: 0..<size.columns) { slots[row][column] = Slot(ink: ink.erased) }
    }

    /// CAN: ends whatever sequence it stands in.
    private static let cancel: UInt32 = 0x18

    private mutating func escape(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        guard start < scalars.count else { return start }
        switch scalars[start] {
        // Cut short by another one, which begins here.
        case "\u{1B}": return start
        case "\u{18}": return start + 1
        case "[":
            var end = start + 1
            while end < scalars.count, !(0x40...0x7E).contains(scalars[end].value) {
                // A sequence that is cut short by another one is none.
                if scalars[end].value == 0x1B { return end }
                if scalars[end].value == Self.cancel { return end + 1 }
                end += 1
            }
            guard end < scalars.count else { return end }
            var body = ""
            body.unicodeScalars.append(contentsOf: scalars[(start + 1)..<end])
            control(body, scalars[end])
            return end + 1
        case "(", ")": return start + 1 < scalars.count && scalars[start + 1] == "\u{1B}" ? start + 1 : start + 2
        case "M":
            if y == region.lowerBound { scroll(region, by: -1) } else { y -= 1 }
            return start + 1
        case "7":
            saved = (x, y)
            return start + 1
        case "8":
            move(saved.x, saved.y)
            return start + 1
        case "=", ">", "\\": return start + 1
        case "]":
            var end = start
            while end < scalars.count, ![7, 0x1B, Self.cancel].contains(scalars[end].value) { end += 1 }
            if end < scalars.count, scalars[end].value == Self.cancel { return end + 1 }
            var words = ""
            words.unicodeScalars.append(contentsOf: scalars[(start + 1)..<end])
            if words.hasPrefix("8;") {
                link =
                    words.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false).last.map(String.init)
                    ?? ""
            }
            // Its end is a bell, or an escape sequence of its own (ST).
            return end < scalars.count && scalars[end] == "\u{7}" ? end + 1 : end
        default:
            unknown.append("escape \(scalars[start])")
            return start + 1
        }
    }

    private mutating func control(_ body: String, _ final: Unicode.Scalar) {
        if body.hasPrefix("?") {
            for mode in body.dropFirst().split(separator: ";") { set(String(mode), final == "h") }
            return
        }
        let numbers = body.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let count = max(numbers.first ?? 1, 1)
        switch final {
        case "l" where body == "8": reordersBidi = false
        case "h" where body == "8": reordersBidi = true
        case "m": ink.take(body)
        case "l", "h", "t": break
        case "n" where body == "6": replies += "\u{1B}[\(y + 1);\(x + 1)R"
        case "H": move((numbers.count > 1 ? max(numbers[1], 1) : 1) - 1, count - 1)
        case "G": move(count - 1, y)
        case "d": move(x, count - 1)
        case "A": move(x, y - count)
        case "B": move(x, y + count)
        case "C": move(x + count, y)
        case "D": move(x - count, y)
        case "X": erase(x..<(x + count), row: y)
        case "K": erase(body == "1" ? 0..<(x + 1) : body == "2" ? 0..<size.columns : x..<size.columns, row: y)
        case "J":
            if body == "" || body == "0" { erase(x..<size.columns, row: y) }
            let from = body == "2" || body == "3" ? 0 : y + 1
            for row in from..<max(size.rows, from) { erase(0..<size.columns, row: row) }
        case "P":
            for _ in 0..<min(count, size.columns) {
                slots[y].remove(at: x)
                slots[y].append(Slot())
            }
        case "@":
            for _ in 0..<min(count, size.columns) {
                slots[y].insert(Slot(), at: x)
                slots[y].removeLast()
            }
        case "L": scroll(y...region.upperBound, by: -count)
        case "M": scroll(y...region.upperBound, by: count)
        case "S": scroll(region, by: count)
        case "T": scroll(region, by: -count)
        case "b":
            let last = x > 0 ? slots[y][x - 1].text : " "
            for _ in 0..<count { for scalar in last.unicodeScalars { print(scalar) } }
        case "r":
            let last = min(numbers.count > 1 ? numbers[1] : size.rows, size.rows) - 1
            region = min(count - 1, last)...last
            move(0, 0)
        default: unknown.append("control \(body)\(final)")
        }
    }

    private mutating func set(_ mode: String, _ isOn: Bool) {
        switch mode {
        case "1049":
            if isOn, covered == nil { covered = slots }
            if !isOn, let below = covered {
                slots = below
                covered = nil
            }
            isAlternate = isOn
        case "25": isCursorVisible = isOn
        case "1", "7", "12": break
        default:
            if isOn { privateModes.insert(mode) } else { privateModes.remove(mode) }
        }
    }
}
