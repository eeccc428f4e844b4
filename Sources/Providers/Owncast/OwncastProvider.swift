import Domain
import HTTPTransport
import Text

/// An Owncast server: one stream, its chat to read, and its schedule, by the calls that its own web page makes. It sells
/// nothing; `JoinedProvider` puts a shop beside it.
///
/// It knows no timeline. What it says is told as one: a message's time is its place in the sequence, and the newest part of
/// the chat comes with each answer.
package struct OwncastProvider: ShopProvider {
    /// The stream of now, where nothing was planned for it.
    static let liveShow = ShowID("live")
    static let host = HostID("stream")
    /// Its own page asks as often.
    static let livePoll = Duration.seconds(5)
    static let offlinePoll = Duration.seconds(20)

    let server: ShopOrigin
    package let origin: String
    package let name: SafeText
    /// The accounts that speak for the host, beside the moderators.
    let presenters: Set<String>
    /// Where its schedule is, where it keeps none itself.
    let calendar: CalendarSource?

    /// - Parameters:
    ///   - presenters: names or ids of accounts. A name counts for whoever has proven to be its owner only.
    ///   - calendar: asked where the server has no schedule of its own.
    package init(origin: ShopOrigin, presenters: Set<String> = [], calendar: CalendarSource? = nil) {
        server = origin
        self.origin = origin.description
        name = SafeText(origin.description.split(separator: "/").last ?? "")
        self.presenters = presenters
        self.calendar = calendar
    }

    package init(origin: String) throws(InvalidShopOrigin) { self.init(origin: try ShopOrigin(origin)) }

    package var capabilities: ShopCapabilities { [.shows, .chatToRead] }

    /// Nobody has to be anybody to watch.
    package var guest: Account? { Account(id: "guest", name: "Guest", token: "guest") }

    package func steps(for query: ShopQuery, account: Account?, now: Timestamp) throws(ShopFailure) -> ShopStep {
        switch query {
        case .service:
            return askStatus { status in
                askConfig(now) { config in
                    .answer(
                        .service(
                            ShopInfo(
                                name: title(config),
                                capabilities: config?.chatDisabled == true ? [.shows] : capabilities,
                                serverTime: status.serverTime)))
                }
            }
        case .shows(let filter, _):
            return askShows(now) { shows in .answer(.shows(shows.filter(filter.matches), nextCursor: nil)) }
        case .show(let id):
            return askShows(now) { (shows) throws(ShopFailure) in
                guard let show = shows.first(where: { $0.id == id }) else { throw .notFound }
                return .answer(.show(ShowDetail(show: show, lineUp: [])))
            }
        case .head(let id): return askHead(id, now)
        case .hosts: return askConfig(now) { .answer(.hosts([host($0)], nextCursor: nil)) }
        case .host(let id):
            guard id == Self.host else { throw .notFound }
            return askConfig(now) { .answer(.host(host($0))) }
        // The stream's page has to be reached from somewhere; nothing else can be followed.
        case .follows: return askConfig(now) { .answer(.follows([host($0)])) }
        case .products, .productsOfHost: return .answer(.products([], nextCursor: nil))
        case .segment, .moments, .product, .productAt, .reviews, .order: throw .notFound
        case .openGuestAccount:
            guard let guest else { throw .notFound }
            return .answer(.guestAccount(guest))
        case .addresses: return .answer(.addresses([]))
        case .paymentMethods: return .answer(.paymentMethods([]))
        case .orders: return .answer(.orders([], nextCursor: nil))
        case .follow, .unfollow: throw .notSent("this stream is followed on its own page only")
        // It takes messages over a WebSocket alone.
        case .postMessage: throw .notSent("this chat can be read here, not written to")
        case .quote, .placeOrder, .traceOrder, .cancelOrder, .returnOrder: throw .notSent("nothing is sold here")
        }
    }

    func title(_ config: OwncastConfig?) -> SafeText {
        let own = SafeText(String((config?.name ?? "").prefix(60)))
        return own.isEmpty ? name : own
    }

    func host(_ config: OwncastConfig?) -> Host {
        Host(
            id: Self.host, name: title(config), bio: HTMLText.safe(config?.summary ?? "", limit: 500),
            followers: config?.followers)
    }

    func get(_ path: String) -> HTTPRequest {
        HTTPRequest(.get, origin + path, headers: ["Accept": "application/json"])
    }
}
