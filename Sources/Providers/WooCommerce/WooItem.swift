import Domain
import LiveAPI
import Text

/// What goes into a basket: a product or a variation, and the values that the variation leaves open. As a SKU it is the
/// shop's number, with those values behind it: `25`, `31?Size=Large`.
struct WooItem: Hashable, Sendable {
    let id: Int
    /// Name and value of each attribute, in the product's order.
    let attributes: [Attribute]

    struct Attribute: Hashable, Codable, Sendable {
        /// As the shop calls it: its label.
        var attribute: String
        var value: String
    }

    init(id: Int, attributes: [Attribute] = []) {
        self.id = id
        self.attributes = attributes
    }

    /// nil for what is no SKU of such a shop.
    init?(_ sku: SKU) {
        let parts = sku.rawValue.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number = parts.first, let id = Self.number(number) else { return nil }
        self.id = id
        guard parts.count == 2 else {
            attributes = []
            return
        }
        var attributes: [Attribute] = []
        for pair in parts[1].split(separator: "&", omittingEmptySubsequences: false) {
            let words = pair.split(separator: "=", omittingEmptySubsequences: false).map(Self.decoded)
            guard words.count == 2, let name = words[0], let value = words[1] else { return nil }
            attributes.append(Attribute(attribute: name, value: value))
        }
        self.attributes = attributes
    }

    var sku: SKU {
        let pairs = attributes.map {
            PercentEncoding.encode($0.attribute) + "=" + PercentEncoding.encode($0.value)
        }
        return SKU(([String(id)] + (pairs.isEmpty ? [] : [pairs.joined(separator: "&")])).joined(separator: "?"))
    }

    /// Query of a page that puts so many of it into a browser's basket. Attributes that a variation leaves open have to be
    /// named, else the page says that they are missing and the basket stays empty.
    /// - Parameter names: of attributes in links, by their labels.
    func link(quantity: Int, names: [String: String]) -> String {
        let named = attributes.map { attribute in
            let name = names[attribute.attribute] ?? Self.linkName(attribute.attribute, taxonomy: nil)
            return PercentEncoding.encode(name) + "=" + PercentEncoding.encode(attribute.value)
        }
        return (["add-to-cart=\(id)", "quantity=\(quantity)"] + named).joined(separator: "&")
    }

    /// An attribute as links name it.
    /// - Parameter taxonomy: its name in WordPress where several products share it.
    static func linkName(_ label: String, taxonomy: String?) -> String { "attribute_" + (taxonomy ?? slug(of: label)) }

    /// An attribute's label as WordPress makes a name of it. Shops do the rest of that by themselves, so letters with
    /// accents may stay.
    private static func slug(of label: String) -> String {
        let words = label.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return words.joined(separator: "-")
    }

    /// A number as the shop writes its own: digits, and not zero.
    static func number(_ text: some StringProtocol) -> Int? {
        guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let id = Int(text)
        else { return nil }
        return id > 0 ? id : nil
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, let value = UInt8(digits, radix: 16)
            else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
