import FoundationEssentials
import Testing

/// What others who read `--json` rely on, written down apart from the program's own types.
struct List<Item: Decodable>: Decodable { let items: [Item] }

struct MoneyShape: Decodable, Equatable {
    let amount: Int
    let exponent: Int
    let currency: String
}

struct OrderShape: Decodable {
    struct Line: Decodable, Equatable {
        let sku: String
        let quantity: Int
    }

    let id: String
    let key: String
    let status: String
    let lines: [Line]
    let total: MoneyShape
}

struct ShowShape: Decodable {
    let id: String
    let title: String
    let state: String
    let startsAt: String
    let hosts: [HostShape]
}

struct HostShape: Decodable {
    let id: String
    let name: String
}

struct ProductShape: Decodable {
    struct Variant: Decodable {
        let sku: String
        let price: MoneyShape
        let stock: Int?
    }

    let id: String
    let title: String
    let variants: [Variant]
}

struct EventShape: Decodable {
    let sequence: Int
    let at: String
    let kind: String
}

extension Shopper.Outcome {
    func decode<Value: Decodable>(_: Value.Type, at location: SourceLocation = #_sourceLocation) throws -> Value {
        #expect(ending == .exit(0), "\(errors)", sourceLocation: location)
        return try JSONDecoder().decode(Value.self, from: Data(output.utf8))
    }
}

enum JSONLine {
    static func decode<Value: Decodable>(_: Value.Type, from line: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(line.utf8))
    }
}

enum TextFiles {
    static func rows(of path: String) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

/// Any JSON, to compare two texts by what they say and not by how.
enum JSONValue: Decodable, Equatable {
    case object([String: JSONValue]), list([JSONValue]), text(String), number(Double), flag(Bool), null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    subscript(_ key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }
    var items: [JSONValue] { if case .list(let items) = self { items } else { [] } }
    var string: String? { if case .text(let text) = self { text } else { nil } }
}
