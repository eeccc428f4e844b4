extension SafeText {
    /// The text as somebody's name: letters, digits, spaces, emoji and a little punctuation.
    ///
    /// Whatever marks a host, a moderator, the shopper or a verified seller, in rows and on the screen, is made of
    /// characters that no name keeps, so that nobody can call themselves into a role (docs/decisions/0033).
    package var asName: SafeText {
        if isPlainName { return self }
        var name = String.UnicodeScalarView()
        for scalar in string.unicodeScalars { name.append(scalar.inName) }
        let safe = SafeText(String(name))
        // A name that nobody sees would make its message look like the rest of the one above.
        return safe.string.unicodeScalars.contains(where: \.isSeenInName) ? safe : "(no name)"
    }

    /// Letters, digits, single spaces and some of the punctuation that a name keeps, all in ASCII: most names, found
    /// without Unicode's tables.
    private var isPlainName: Bool {
        var (hasLetter, before): (Bool, UInt8) = (false, 0)
        for byte in string.utf8 {
            defer { before = byte }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                hasLetter = true
            case UInt8(ascii: " "): if before == byte { return false }
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "'"): break
            default: return false
            }
        }
        return hasLetter
    }
}

extension Unicode.Scalar {
    private static let kept = Set(" .,'&@#!?/:*%+=~$_()-·…‘’‐‑–—〜・".unicodeScalars)
    /// Emoji that say of a name what only the shop can say.
    private static let vouching = Set("✔✅☑".unicodeScalars)

    /// Replacement of the scalar in a name.
    fileprivate var inName: Unicode.Scalar {
        if Self.kept.contains(self) { return self }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return self
        case .openPunctuation: return "("
        case .closePunctuation: return ")"
        case .initialPunctuation, .finalPunctuation: return "'"
        default: break
        }
        switch self {
        case "<": return "("
        case ">": return ")"
        case "\"": return "'"
        default: return isOfEmoji && !Self.vouching.contains(self) ? self : "·"
        }
    }

    private var isOfEmoji: Bool {
        let found = ScalarClass(self)
        return switch found.kind {
        case .skinTone, .joiner, .variationSelector: true
        default: found.isPictographic || 0x1F1E6...0x1F1FF ~= value
        }
    }

    fileprivate var isSeenInName: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: isOfEmoji && ScalarClass(self).kind != .joiner && ScalarClass(self).kind != .variationSelector
        }
    }
}
