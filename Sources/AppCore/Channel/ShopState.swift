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
    /// The clock that shows go by at the last full minute here: what is shown to the minute changes with the clock in the header,
    /// and not with each thing that happens between.
    package func showMinute(at now: Timestamp) -> Timestamp {
        showClock.serverTime(at: Timestamp(milliseconds: now.milliseconds - now.milliseconds % 60_000))
    }

    /// How long a chat message may be, in characters.
    package var chatCharacters = 500

    package init() {}
}

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
