import Text

/// The shop's page that takes the payment of an order, where its address can be shown and opened.
package struct PaymentPage: Hashable, Sendable {
    package let address: SafeText
    /// From then on, by the server's clock, it takes no payment; nil where the shop does not say.
    package let expiresAt: Timestamp?

    /// nil for what no payment should be typed into: anything but https, but for a page of this very machine, and an
    /// address that carries a user's name or more than visible ASCII.
    package init?(_ address: String, expiresAt: Timestamp? = nil) {
        guard address.utf8.count <= 2048, address.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), !address.contains("\\") else {
            return nil
        }
        let isPlain = address.hasPrefix("http://")
        guard isPlain || address.hasPrefix("https://") else { return nil }
        let authority = address.dropFirst(isPlain ? 7 : 8).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let first = authority.first, first != ":", !authority.contains("@") else { return nil }
        guard !isPlain || Self.isThisMachine(authority) else { return nil }
        self.address = SafeText(address)
        self.expiresAt = expiresAt
    }

    /// Names and numbers that need no look-up and cannot lead elsewhere.
    private static func isThisMachine(_ authority: Substring) -> Bool {
        let host = authority.prefix { $0 != ":" }
        if host == "localhost" || authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { $0.utf8.count <= 3 && UInt8($0) != nil }
    }

    /// Whether the page's time is over.
    package func hasExpired(serverNow: Timestamp) -> Bool { expiresAt.map { $0 <= serverNow } ?? false }
}

extension Order {
    /// Page that takes the payment, or says how the money is to be sent; nil once neither is waited for.
    package var paymentPage: PaymentPage? {
        guard status == .unpaid || awaitsTransfer else { return nil }
        return checkoutURL.flatMap { PaymentPage($0, expiresAt: checkoutExpiresAt) }
    }
}
