import FoundationEssentials
import Testing

/// Shapes that readers of `--json` rely on, written down apart from the program's own types.
package struct List<Item: Decodable>: Decodable { package let items: [Item] }

package struct MoneyShape: Decodable, Equatable {
    package let amount: Int
    package let exponent: Int
    package let currency: String
}

package struct OrderShape: Decodable {
    package struct Line: Decodable, Equatable {
        package let sku: String
        package let quantity: Int

        package init(sku: String, quantity: Int) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    package let id: String
    package let key: String
    package let status: String
    package let lines: [Line]
    package let total: MoneyShape
}

package struct ShowShape: Decodable {
    package let id: String
    package let title: String
    package let state: String
    package let startsAt: String
    package let hosts: [HostShape]
}

package struct HostShape: Decodable {
    package let id: String
    package let name: String
}

package struct ProductShape: Decodable {
    package struct Variant: Decodable {
        package let sku: String
        package let price: MoneyShape
        package let stock: Int?
    }

    package let id: String
    package let title: String
    package let variants: [Variant]
}

package struct EventShape: Decodable {
    package let sequence: Int
    package let at: String
    package let kind: String
}

extension Outcome {
    package func decode<Value: Decodable>(_: Value.Type, at location: SourceLocation = #_sourceLocation) throws -> Value
    {
        #expect(ending == .exit(0), "\(errors)", sourceLocation: location)
        return try JSONDecoder().decode(Value.self, from: Data(output.utf8))
    }
}

package enum JSONLine {
    package static func decode<Value: Decodable>(_: Value.Type, from line: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(line.utf8))
    }
}

package enum TextFiles {
    package static func rows(of path: String) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

/// Any JSON, to compare two texts by what they say and not by how.
package enum JSONValue: Decodable, Equatable {
    case object([String: JSONValue]), list([JSONValue]), text(String), number(Double), flag(Bool), null

    package init(from decoder: any Decoder) throws {
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

    package subscript(_ key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }
    package var items: [JSONValue] { if case .list(let items) = self { items } else { [] } }
    package var string: String? { if case .text(let text) = self { text } else { nil } }
}

extension String {
    /// An amount as this currency writes it: without decimals where it has none.
    package func suffixed(for price: MoneyShape) -> String {
        price.exponent == 0 ? String(prefix { $0 != "." }) : self
    }
}
