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

    /// In the order of the cases. Made of their Swift names, these would cost each start a fortieth of its instructions.
    private static let names = [
        "text", "dim", "strong", "accent", "rule", "error", "warning", "ok", "stale", "selection", "input",
        "header", "header_active", "footer", "footer_key", "live", "badge",
        "chat_name", "chat_host", "chat_moderator", "chat_own", "chat_time",
        "link", "mention", "match",
        "card", "card_title", "price", "price_was", "price_drop", "stock_low", "sold_out", "offer",
    ]
}
