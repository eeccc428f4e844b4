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

    /// Nobody has to be anybody to watch.
    package var guest: Account? { Account(id: "guest", name: "Guest", token: "guest") }

    package func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo {
        let status = try await askStatus(io)
        let config = try await askConfig(io)
        return ShopInfo(
            name: title(config), capabilities: config?.chatDisabled == true ? [.shows] : capabilities,
            serverTime: status.serverTime)
    }

    package var shows: (any ShopShows)? { self }
    package var chat: (any ShopChat)? { self }
    package var hosts: (any ShopHosts)? { self }

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

extension OwncastProvider: ShopHosts {
    package var hostCapabilities: ShopCapabilities { [] }

    package func findHosts(
        search: String?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Host> { ListPage(try await follows(io)) }

    package func host(_ id: HostID, _ io: ShopIO) async throws(ShopFailure) -> Host {
        guard id == Self.host else { throw .notFound }
        return host(try await askConfig(io))
    }

    /// The stream's page has to be reached from somewhere; nothing else can be followed.
    package func follows(_ io: ShopIO) async throws(ShopFailure) -> [Host] { [try await host(Self.host, io)] }

    package func follow(_ id: HostID, _ isFollowed: Bool, _ io: ShopIO) async throws(ShopFailure) {
        throw .notSent("this stream is followed on its own page only")
    }
}
