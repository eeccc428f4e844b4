/// A JSON value that is written out in the order in which it was put together.
package indirect enum JSONText: Sendable, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    case object([(String, JSONText)])
    case array([JSONText])
    case string(String)
    case number(Int)
    case truth(Bool)
    case null

    package init(dictionaryLiteral elements: (String, JSONText)...) { self = .object(elements) }
    package init(arrayLiteral elements: JSONText...) { self = .array(elements) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .truth(value) }
    package init(nilLiteral: ()) { self = .null }

    init(_ amount: Int) { self = .string(String(amount)) }

    static func + (left: JSONText, right: JSONText) -> JSONText {
        guard case .object(let first) = left, case .object(let second) = right else { return left }
        return .object(first + second)
    }

    package var text: String {
        switch self {
        case .object(let members):
            "{" + members.map { Self.quoted($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .string(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .truth(let truth): String(truth)
        case .null: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..."\u{1F}":
                quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
