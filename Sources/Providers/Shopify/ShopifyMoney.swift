import Domain
import LiveAPI

/// Amounts as the Storefront API and the list of products write them: decimals whose scale says nothing, `145.0` beside
/// `7.99` and `1500`.
enum ShopifyMoney {
    /// The same amount with the currency's own decimals, or with more where digits would be lost.
    /// - Returns: nil for anything else, for a sign, and for more decimals than money can have.
    static func money(_ text: String, _ currency: String) -> Money? {
        guard text.utf8.count <= 32 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else {
            return nil
        }
        let decimals = CurrencyExponents.exponent(of: currency)
        var fraction = parts.count == 2 ? parts[1] : ""
        while fraction.utf8.count > decimals, fraction.last == "0" { fraction.removeLast() }
        let exponent = max(decimals, fraction.utf8.count)
        return Money(
            decimal: fraction.isEmpty ? String(parts[0]) : parts[0] + "." + fraction, exponent: exponent,
            currency: currency)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Amounts that stand beside each other, all with the decimals of the finest; nil where they are in several currencies.
    static func alike(_ amounts: [Money]) -> [Money]? {
        guard let finest = amounts.map(\.exponent).max(), Set(amounts.map(\.currency)).count == 1 else { return nil }
        let alike = amounts.compactMap { $0.rescaled(to: finest) }
        return alike.count == amounts.count ? alike : nil
    }
}

/// `{amount, currencyCode}`; never below nothing.
struct ShopifyAmount: Decodable, Sendable {
    let money: Money

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        guard let money = ShopifyMoney.money(try wire.get("amount"), try wire.get("currencyCode")) else {
            throw wire.corrupted("amount", "no amount of money")
        }
        self.money = money
    }
}

/// What something is called: a number with its kind before it, `gid://shopify/Product/7001`. The program knows it by the
/// number alone.
enum ShopifyNumber {
    enum Kind: String {
        case product = "Product"
        case variant = "ProductVariant"
    }

    private static let beginning = "gid://shopify/"

    static func gid(_ kind: Kind, _ number: String) -> String { beginning + kind.rawValue + "/" + number }

    /// The number in such a name; nil for what is none.
    static func number(_ gid: String, _ kind: Kind) -> String? {
        let start = beginning + kind.rawValue + "/"
        guard gid.hasPrefix(start) else { return nil }
        let number = gid.dropFirst(start.count)
        return isNumber(number) ? String(number) : nil
    }

    static func isNumber(_ text: some StringProtocol) -> Bool {
        (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.first != "0"
    }

    /// A product's name in addresses, such as `paper-moon-lamp`.
    static func isHandle(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
            }
    }
}
