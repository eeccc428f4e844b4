import Domain
import Text

extension AppState {
    /// All channels, the first one first.
    package var channels: [Channel] { (0..<channelCount).map { Channel($0) } }

    /// The channel of what is on the screen: whose shop is asked, whose account buys, whose clock counts. On a list it is
    /// that of the row that is selected.
    package var focus: Channel {
        if let payment { return payment.order.channel }
        if let buy { return buy.product.id.channel }
        if let page = pages.last { return page.channel ?? .first }
        return switch tab {
        case .schedule, .live: schedule.chosen?.channel ?? .first
        case .following: follows.selected?.channel ?? .first
        case .orders: orders.selectedEntry?.channel ?? .first
        case .wishList: wishes.selected?.channel ?? .first
        }
    }

    /// The clock of a channel's shop, as well as it is known.
    package func serverTime(of channel: Channel) -> Timestamp { shops[channel].clock.serverTime(at: now) }

    /// The clock that a channel's shows go by.
    package func showTime(of channel: Channel) -> Timestamp { shops[channel].showClock.serverTime(at: now) }

    /// The same of the channel in focus.
    package var showNow: Timestamp { showTime(of: focus) }

    /// Tells whether the program has more than one channel, so that it has to be said which.
    package var hasSeveralChannels: Bool { channelCount > 1 }

    /// Name of a channel in a sentence.
    package func named(_ channel: Channel) -> SafeText {
        shops[channel].title.isEmpty ? "The shop" : shops[channel].title
    }

    // MARK: The shop in focus

    package var shop: ShopState {
        get { shops[focus] }
        set { shops[focus] = newValue }
    }
    package var scope: String { shop.scope }
    package var capabilities: ShopCapabilities {
        get { shop.capabilities }
        set { shop.capabilities = newValue }
    }
    package var accountID: String? {
        get { shop.accountID }
        set { shop.accountID = newValue }
    }
    package var accountName: SafeText? {
        get { shop.accountName }
        set { shop.accountName = newValue }
    }
    package var formerAccounts: Set<String> {
        get { shop.formerAccounts }
        set { shop.formerAccounts = newValue }
    }
    package var connection: ConnectionState {
        get { shop.connection }
        set { shop.connection = newValue }
    }
    package var clock: ServerClock {
        get { shop.clock }
        set { shop.clock = newValue }
    }
    package var chatCharacters: Int {
        get { shop.chatCharacters }
        set { shop.chatCharacters = newValue }
    }
}
