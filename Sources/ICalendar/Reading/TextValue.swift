/// Values of the type TEXT, in which `\n`, `\,`, `\;` and `\\` stand for letters.
enum TextValue {
    /// One text, commas and all: many programs write them without the backslash.
    static func text(_ value: String) -> String {
        guard value.utf8.contains(UInt8(ascii: "\\")) else { return value }
        var plain = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in value.unicodeScalars {
            if isEscaped {
                append(escaped: scalar, to: &plain)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                plain.append(scalar)
            }
        }
        if isEscaped { plain.append("\\") }
        return String(plain)
    }

    /// A list, parted at the commas that have no backslash.
    static func list(_ value: String) -> [String] {
        var (parts, part, isEscaped): ([String], String.UnicodeScalarView, Bool) = ([], .init(), false)
        for scalar in value.unicodeScalars {
            if scalar == ",", !isEscaped {
                parts.append(text(String(part)))
                part = .init()
            } else {
                part.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return parts + [text(String(part))]
    }

    private static func append(escaped scalar: Unicode.Scalar, to plain: inout String.UnicodeScalarView) {
        switch scalar {
        case "n", "N": plain.append("\n")
        case ",", ";", "\\", ":", "\"": plain.append(scalar)
        default:
            // Nothing that has to be escaped: the backslash was meant.
            plain.append("\\")
            plain.append(scalar)
        }
    }
}
