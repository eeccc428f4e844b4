/// What a piece of the screen means; a theme says how that looks. Drawing names roles and never colours.
package enum Role: Int, CaseIterable, Sendable {
    case text, dim, strong, accent, rule, error, warning, ok, stale, selection, input
    case header, headerActive, footer, footerKey, live, badge
    case chatName, chatHost, chatModerator, chatOwn, chatTime
    /// An address in a message; the reader's own name in one; what is searched for.
    case link, mention, match
    case card, cardTitle, price, priceWas, priceDrop, stockLow, soldOut, offer

    /// As theme files write it: `chat_host`.
    package var name: String { Self.names[rawValue] }

    package init?(name: String) {
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: index)
    }

    private static let names: [String] = allCases.map { role in
        String(describing: role).reduce(into: "") { name, letter in
            if letter.isUppercase { name += "_" }
            name += letter.lowercased()
        }
    }
}
