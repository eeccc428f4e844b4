import Domain
import Text

/// What is known of the shop behind a channel, and of the shopper's account there.
package struct ShopState: Sendable {
    /// How the user calls the channel; empty where there is but one that has no name.
    package var title: SafeText = ""
    /// What local data are kept under: the shop's origin, or `demo`.
    package var scope = ""
    /// The shop has said what it is and can do.
    package var isServiceKnown = false
    package var service = Poller()
    package var capabilities: ShopCapabilities = .all
    package var accountID: String?
    /// What the shop calls the account; nil until it has said so.
    package var accountName: SafeText?
    /// The guests' accounts that have become part of this one.
    package var formerAccounts: Set<String> = []
    package var connection = ConnectionState()
    /// The shop's time less local time, from the answers of its server: totals, orders and payments go by it.
    package var clock = ServerClock()
    /// The same of a live source with a server of its own; nil where the shop makes the shows.
    package var liveClock: ServerClock?
    /// The clock that shows go by.
    package var showClock: ServerClock { liveClock ?? clock }
    /// How long a chat message may be, in characters.
    package var chatCharacters = 500

    package init() {}
}

/// One value for each channel; those that nothing has been said of have the same.
package struct PerChannel<Value: Sendable>: Sendable {
    private let usual: Value
    private var values: [Value] = []

    package init(_ usual: Value) { self.usual = usual }

    package subscript(channel: Channel) -> Value {
        get { values.indices.contains(channel.index) ? values[channel.index] : usual }
        set {
            while values.count <= channel.index { values.append(usual) }
            values[channel.index] = newValue
        }
    }

    /// Looks at a channel's value in place, without a copy of it.
    func read<Result>(_ channel: Channel, _ body: (Value) -> Result) -> Result {
        values.indices.contains(channel.index) ? body(values[channel.index]) : body(usual)
    }
}

extension PerChannel: Equatable where Value: Equatable {}

/// A channel as the program was started with it.
package struct ChannelSeat: Hashable, Sendable {
    package var title: SafeText
    package var scope: String
    /// Its shows come from another server than what it sells.
    package var hasLiveSource: Bool

    package init(title: SafeText, scope: String, hasLiveSource: Bool = false) {
        self.title = title
        self.scope = scope
        self.hasLiveSource = hasLiveSource
    }
}

extension AppState {
    /// All channels, the first one first.
    package var channels: [Channel] { (0..<channelCount).map { Channel($0) } }

    /// The channel of what is on the screen: whose shop is asked, whose account buys, whose clock counts. On a list it is
    /// that of the row that is selected.
    package var focus: Channel {
        if let payment { return payment.order.channel }
        if let buy { return buy.product.id.channel }
        switch page {
        case .watch(let id): return id.channel
        case .host(let id): return id.channel
        case .product(let id): return id.channel
        case .order(let id): return id.channel
        case nil: break
        }
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

    /// Whether the program has more than one channel, so that it has to be said which.
    package var hasSeveralChannels: Bool { channelCount > 1 }

    /// What a channel is called in a sentence.
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
