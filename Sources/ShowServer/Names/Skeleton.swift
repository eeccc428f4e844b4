/// Skeleton of a text, equal for texts that look alike (UTS 39): letters and numbers alone, without marks,
/// case, spaces and signs.
struct Skeleton: Hashable, Sendable {
    let text: String

    /// Of the text as it is written. A small letter may look like another one only when it is written large, which
    /// `all` asks for as well.
    init(_ text: some StringProtocol) {
        var skeleton = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let known = Self.table[scalar] {
                skeleton.append(contentsOf: known.unicodeScalars)
            } else if scalar.isLetterOrNumber {
                skeleton.append(scalar)
            }
        }
        self.text = String(skeleton)
    }

    /// Of the text as it is, in small letters and in capitals: a capital i looks like an l, and a small one does not.
    static func all(_ text: String) -> Set<Skeleton> {
        Set([Skeleton(text), Skeleton(text.lowercased()), Skeleton(text.uppercased())].filter { !$0.text.isEmpty })
    }

    /// The characters that look like others.
    private static let table: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [:]
        table.reserveCapacity(8500)
        for entry in ConfusableTable.entries.description.split(separator: " ") {
            let sides = entry.split(separator: "=")
            guard sides.count == 2 else { continue }
            var skeleton = String.UnicodeScalarView()
            skeleton.append(contentsOf: sides[0].split(separator: "+").compactMap(scalar))
            for range in sides[1].split(separator: ",") {
                let ends = range.split(separator: "-").compactMap { UInt32($0, radix: 16) }
                guard let first = ends.first, let last = ends.last, first <= last else { continue }
                for number in first...last {
                    if let scalar = Unicode.Scalar(number) { table[scalar] = String(skeleton) }
                }
            }
        }
        return table
    }()

    private static func scalar(_ digits: Substring) -> Unicode.Scalar? {
        UInt32(digits, radix: 16).flatMap { Unicode.Scalar($0) }
    }
}

extension Unicode.Scalar {
    var isLetterOrNumber: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
