import TerminalKit
import Text

/// One unit of input at the head of some bytes: a character, a control, an escape sequence.
struct KeyParser {
    let bytes: ArraySlice<UInt8>
    let table: KeyTable

    enum Meaning {
        case event(InputEvent)
        case beginPaste
        /// An answer of the terminal's that runs to a terminator.
        case beginString
        case nothing
    }

    enum Step {
        case taken(Int, Meaning)
        /// More may follow that changes the meaning.
        case wait
    }

    private func byte(_ offset: Int) -> UInt8? {
        let index = bytes.startIndex + offset
        return index < bytes.endIndex ? bytes[index] : nil
    }

    func step() -> Step {
        guard let first = byte(0) else { return .wait }
        guard first == 0x1B else { return character(at: 0, adding: []) }
        switch table.match(bytes) {
        case .key(let key, let length): return .taken(length, .event(.key(key)))
        case .partial: return .wait
        case .none: break
        }
        switch byte(1) {
        case nil: return .wait
        case 0x1B: return .taken(1, .event(.key(.escape)))
        case 0x5B: return control()
        case 0x4F: return singleShift()
        case 0x5D, 0x50, 0x58, 0x5E, 0x5F: return byte(2) == nil ? .wait : .taken(2, .beginString)
        default: return character(at: 1, adding: .alt)
        }
    }

    // MARK: Characters

    private func character(at offset: Int, adding modifiers: KeyPress.Modifiers) -> Step {
        guard let first = byte(offset) else { return .wait }
        if first < 0x80 {
            var key = Self.ascii(first)
            key.modifiers.formUnion(modifiers)
            return .taken(offset + 1, .event(.key(key)))
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first < 0xF5 else { return .taken(offset + 1, .nothing) }
        for place in 1..<length {
            guard let next = byte(offset + place) else { return .wait }
            if next & 0xC0 != 0x80 { return .taken(offset + place, .nothing) }
        }
        let start = bytes.startIndex + offset
        let decoded = String(decoding: bytes[start..<(start + length)], as: UTF8.self).unicodeScalars
        guard decoded.count == 1, let scalar = decoded.first, scalar.value > 0x9F, scalar != "\u{FFFD}" else {
            return .taken(offset + length, .nothing)
        }
        return .taken(offset + length, .event(.key(KeyPress(.character(scalar), modifiers))))
    }

    private static func ascii(_ byte: UInt8) -> KeyPress {
        switch byte {
        case 0x0D, 0x0A: .enter
        case 0x09: .tab
        case 0x08, 0x7F: KeyPress(.backspace)
        case 0x00: KeyPress(.character(" "), .control)
        case 0x01...0x1A: .control(Unicode.Scalar(byte + 0x60))
        case 0x1B: .escape
        case 0x1C...0x1F: .control(Unicode.Scalar(byte + 0x40))
        default: .character(Unicode.Scalar(byte))
        }
    }

    // MARK: Sequences

    /// Esc O and a letter, as cursor and keypad keys send in their application mode.
    private func singleShift() -> Step {
        guard let final = byte(2) else { return .wait }
        guard let key = Self.letterKey(final) else { return .taken(3, .nothing) }
        return .taken(3, .event(.key(key)))
    }

    /// Esc [ parameters final.
    private func control() -> Step {
        var offset = 2
        while let next = byte(offset), next >= 0x20, next < 0x40 {
            offset += 1
            if offset > KeyDecoder.longestSequence { return .taken(offset, .nothing) }
        }
        guard let final = byte(offset) else { return .wait }
        // A control or a foreign byte inside: what came before it means nothing, it itself may.
        guard final >= 0x40, final < 0x7F else { return .taken(offset, .nothing) }
        let length = offset + 1
        let start = bytes.startIndex + 2
        let body = bytes[start..<(bytes.startIndex + offset)]
        switch (final, body.first) {
        case (0x5B, nil): return byte(length) == nil ? .wait : .taken(length + 1, .nothing)
        case (0x4D, nil): return oldMouse()
        case (0x4D, 0x3C), (0x6D, 0x3C): return .taken(length, mouse(body.dropFirst(), isRelease: final == 0x6D))
        case (0x49, nil): return .taken(length, .event(.focus(true)))
        case (0x4F, nil): return .taken(length, .event(.focus(false)))
        default: break
        }
        guard let numbers = Self.numbers(body) else { return .taken(length, .nothing) }
        if final == 0x7E, numbers.first == 200 { return .taken(length, .beginPaste) }
        guard let key = Self.key(final: final, numbers) else { return .taken(length, .nothing) }
        return .taken(length, .event(.key(key)))
    }

    /// The parameters as numbers; nil where there is anything else, as in a terminal's answers.
    private static func numbers(_ body: ArraySlice<UInt8>) -> [Int]? {
        var result = [0]
        for byte in body {
            switch byte {
            case 0x30...0x39: result[result.count - 1] = min(result[result.count - 1] * 10 + Int(byte - 0x30), 0x110000)
            case 0x3B: result.append(0)
            default: return nil
            }
        }
        return result
    }

    private static func key(final: UInt8, _ numbers: [Int]) -> KeyPress? {
        let first = numbers[0]
        let modifiers = numbers.count > 1 ? modifiers(numbers[1]) : []
        switch final {
        case 0x7E where first == 27 && numbers.count > 2: return coded(numbers[2], modifiers)
        case 0x7E: return numberedKeys[first].map { KeyPress($0, modifiers) }
        case 0x75: return coded(first, modifiers)
        case 0x5A: return .backTab
        default:
            // A cursor report has the letter of a key, but not its first parameter.
            guard first <= 1, numbers.count <= 2, var key = letterKey(final), final != 0x4D else { return nil }
            key.modifiers = modifiers
            return key
        }
    }

    private static func letterKey(_ final: UInt8) -> KeyPress? {
        switch final {
        case 0x41: KeyPress(.up)
        case 0x42: KeyPress(.down)
        case 0x43: KeyPress(.right)
        case 0x44: KeyPress(.left)
        case 0x46: KeyPress(.end)
        case 0x48: KeyPress(.home)
        case 0x4D: .enter
        case 0x50...0x53: KeyPress(.function(Int(final) - 0x4F))
        default: nil
        }
    }

    private static let numberedKeys: [Int: KeyPress.Key] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
        18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
    ]

    /// A key by its character's number, as terminals send those that have no sequence of their own.
    private static func coded(_ number: Int, _ modifiers: KeyPress.Modifiers) -> KeyPress? {
        switch number {
        case 9: return KeyPress(.tab, modifiers)
        case 13: return KeyPress(.enter, modifiers)
        case 27: return KeyPress(.escape, modifiers)
        case 8, 127: return KeyPress(.backspace, modifiers)
        default:
            guard number >= 0x20, !(0x80...0x9F).contains(number), !(0xE000...0xF8FF).contains(number),
                let scalar = Unicode.Scalar(UInt32(number))
            else { return nil }
            return KeyPress(.character(scalar), modifiers).normalized
        }
    }

    private static func modifiers(_ parameter: Int) -> KeyPress.Modifiers {
        let bits = max(parameter - 1, 0)
        var result: KeyPress.Modifiers = []
        if bits & 1 != 0 { result.insert(.shift) }
        if bits & 2 != 0 { result.insert(.alt) }
        if bits & 4 != 0 { result.insert(.control) }
        return result
    }

    // MARK: Mouse

    private func mouse(_ body: ArraySlice<UInt8>, isRelease: Bool) -> Meaning {
        guard let numbers = Self.numbers(body), numbers.count == 3, !isRelease else { return .nothing }
        return Self.mouse(buttons: numbers[0], x: numbers[1] - 1, y: numbers[2] - 1)
    }

    /// The report of terminals that know no other: three bytes, each above 32.
    private func oldMouse() -> Step {
        guard let buttons = byte(3), let x = byte(4), let y = byte(5) else { return .wait }
        return .taken(6, Self.mouse(buttons: Int(buttons) - 32, x: Int(x) - 33, y: Int(y) - 33))
    }

    private static func mouse(buttons: Int, x: Int, y: Int) -> Meaning {
        let kind: MouseEvent.Kind? =
            // Shift, meta and control do not matter; a movement (32) is not asked for.
            switch buttons & ~0b1_1100 {
            case 0: .press(.left)
            case 1: .press(.middle)
            case 2: .press(.right)
            case 64: .wheelUp
            case 65: .wheelDown
            default: nil
            }
        guard let kind, x >= 0, y >= 0 else { return .nothing }
        return .event(.mouse(MouseEvent(kind, x: x, y: y)))
    }
}
