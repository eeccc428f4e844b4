/// The rules of `SafeText`, applied in one pass that copies nothing until something has to go.
enum TextFilter {
    static let marksPerBase = 4
    static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// The number of cells when every byte is printable ASCII: the common case, and one vectorised loop.
    static func widthIfPlainASCII(_ text: String) -> Int? {
        var text = text
        return text.withUTF8 { bytes in
            // No early exit: a maximum over all bytes is computed sixteen at a time.
            var highest: UInt8 = 0
            for byte in bytes { highest = max(highest, byte &- 0x20) }
            return highest < 0x5F ? bytes.count : nil
        }
    }

    /// Of printable ASCII, whether two spaces stand side by side.
    static func hasDoubleSpace(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var (before, isDouble): (UInt8, Bool) = (0, false)
            for byte in bytes {
                isDouble = isDouble || (byte == 0x20 && before == 0x20)
                before = byte
            }
            return isDouble
        }
    }

    static func filtered(_ text: String, foldsSpaces: Bool) -> SafeText {
        var text = text
        var state = State(foldsSpaces: foldsSpaces)
        let changed = text.withUTF8 { bytes in rewritten(bytes, &state) }
        return SafeText(clean: changed ?? text, width: state.width)
    }

    /// The text without what must go; nil where all of it may stay.
    private static func rewritten(_ bytes: UnsafeBufferPointer<UInt8>, _ state: inout State) -> String? {
        var reader = UTF8Reader(bytes)
        var output: [UInt8]?
        var start = 0
        while let value = reader.next() {
            let end = reader.offset
            switch state.judge(value, next: reader) {
            case .keep:
                output?.append(contentsOf: bytes[start..<end])
            case .drop:
                if output == nil { output = Array(bytes[..<start]) }
            case .replace(let replacement):
                if output == nil { output = Array(bytes[..<start]) }
                output?.append(contentsOf: UTF8.encode(replacement) ?? UTF8.encodedReplacementCharacter)
            }
            start = end
        }
        return output.map { String(decoding: $0, as: UTF8.self) }
    }

    enum Verdict {
        case keep, drop
        case replace(Unicode.Scalar)
    }

    struct State {
        let foldsSpaces: Bool
        private(set) var width = 0
        /// What the last kept scalar was, as far as the next one depends on it.
        private var last = Last.nothing
        private var marks = 0
        private var isAfterDroppedControl: ScalarClass.Kind?

        /// Encloses the digit before it.
        private static let keycap: UInt32 = 0x20E3

        private enum Last { case nothing, base, emoji, joiner, space }

        init(foldsSpaces: Bool) { self.foldsSpaces = foldsSpaces }

        mutating func judge(_ value: UInt32, next: UTF8Reader) -> Verdict {
            let found = ScalarClass(value)
            switch found.kind {
            case .plain where foldsSpaces && ScalarClass.isBlank(value): return fold(value)
            case .lineBreak where foldsSpaces: return fold(value)
            case .plain where foldsSpaces && value == RowFolding.mark.value:
                (last, marks, isAfterDroppedControl) = (.base, 0, nil)
                width += 1
                return .replace("|")
            case .plain, .skinTone:
                isAfterDroppedControl = nil
                marks = 0
                // A skin tone and what follows a joiner belong to the emoji before them and take no cells.
                if last != .joiner && !(found.kind == .skinTone && last == .emoji) { width += found.width }
                last = found.isPictographic || found.kind == .skinTone ? .emoji : .base
                return .keep
            case .mark:
                guard last == .base || last == .emoji, marks < marksPerBase else { return .drop }
                marks += 1
                return .keep
            case .variationSelector:
                let isKeycap = last == .base && next.peek == Self.keycap
                return marks == 0 && (last == .emoji || isKeycap) ? .keep : .drop
            case .joiner:
                guard last == .emoji, let next = next.peek, ScalarClass(next).isPictographic else { return .drop }
                last = .joiner
                return .keep
            case .invisible:
                return .drop
            case .lineBreak:
                return collapse(.lineBreak, into: " ")
            case .control:
                return collapse(.control, into: replacement)
            }
        }

        /// The first of a run of blanks is a space; a mark on nothing would make it look like something else.
        private mutating func fold(_ value: UInt32) -> Verdict {
            guard last != .space else { return .drop }
            (last, marks, isAfterDroppedControl) = (.space, 0, nil)
            width += 1
            return value == 0x20 ? .keep : .replace(" ")
        }

        /// A run of line breaks is one space, a run of other controls one mark.
        private mutating func collapse(_ kind: ScalarClass.Kind, into scalar: Unicode.Scalar) -> Verdict {
            if isAfterDroppedControl == kind { return .drop }
            isAfterDroppedControl = kind
            last = .base
            marks = 0
            width += 1
            return .replace(scalar)
        }
    }
}
