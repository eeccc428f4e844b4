import FoundationEssentials

/// Unicode's own data files, as Debian's package `unicode-data` installs them; `make test` does so.
enum UnicodeData {
    private static let folder = "/usr/share/unicode/"

    static let isMissing: Bool = !FileManager.default.fileExists(atPath: folder + "EastAsianWidth.txt")
    static let advice = "Unicode's data files are missing: apt-get install unicode-data"

    /// The lines of a file without comments and blanks.
    static func lines(of name: String) throws -> [Substring] {
        let text = String(decoding: try Data(contentsOf: URL(filePath: folder + name)), as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let content = line.prefix { $0 != "#" }
            return content.contains { $0 != " " && $0 != "\t" } ? content : nil
        }
    }

    /// Records of the form `1100..115F;W`.
    static func ranges(of name: String) throws -> [(scalars: ClosedRange<UInt32>, value: String)] {
        try lines(of: name).compactMap { line in
            let fields = line.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard fields.count > 1 else { return nil }
            let bounds = fields[0].split(separator: ".").compactMap { UInt32($0, radix: 16) }
            guard let first = bounds.first, let last = bounds.last else { return nil }
            return (first...last, fields[1])
        }
    }

    /// Scalars written in hexadecimal, with spaces between them; nil where there is one that no string can hold.
    static func string(_ words: some StringProtocol) -> String? {
        var string = ""
        for word in words.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            guard let scalar = UInt32(word, radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
            string.unicodeScalars.append(scalar)
        }
        return string
    }

    /// The samples of GraphemeBreakTest.txt, each cut where its clusters end.
    static func graphemes() throws -> [[String]] {
        try lines(of: "auxiliary/GraphemeBreakTest.txt").compactMap { line in
            let parts = line.split(separator: "÷").map { $0.split(separator: "×").joined(separator: " ") }
            let clusters = parts.compactMap { string($0) }.filter { !$0.isEmpty }
            // Lone surrogates are in no Swift string.
            return clusters.count == parts.count { $0.contains { $0.isHexDigit } } ? clusters : nil
        }
    }

    /// The emoji of emoji-test.txt with their status, such as `fully-qualified`.
    static func emoji() throws -> [(emoji: String, status: String)] {
        try lines(of: "emoji/emoji-test.txt").compactMap { line in
            let fields = line.split(separator: ";")
            guard fields.count == 2, let emoji = string(fields[0]) else { return nil }
            return (emoji, fields[1].filter { $0 != " " && $0 != "\t" })
        }
    }
}
