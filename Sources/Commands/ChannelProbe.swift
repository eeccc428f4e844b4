import Domain
import Engine
import HTTPTransport
import Lines
import Providers
import Settings
import ShopAccess
import Synchronization
import Text

/// Finds out what stands at an address, and what it can do: it only asks what everybody may, and never buys.
package struct ChannelProbe {
    /// What was found, under the name that it gives itself.
    package struct Finding {
        package var channel: ChannelConfig
        package var info: ShopInfo
    }

    let http: HTTPClient

    package init(on http: HTTPClient) { self.http = http }

    /// What stands at several addresses as one channel: a live source, and who sells beside it.
    /// - Throws: `CommandFailure` where nothing that this program knows stands there, or no channel can be made of it.
    package func find(at addresses: [String], presenters: [String]) throws -> Finding {
        var calendars: [String] = []
        var found: [Finding] = []
        var failures: [CommandFailure] = []
        for address in addresses {
            do {
                switch try look(at: address) {
                case .calendar: calendars.append(address)
                case .sites(let sites): found.append(try find(at: address, sites))
                }
            } catch let failure as CommandFailure { failures.append(failure) }
        }
        // What is wrong with each of them is said, once.
        for failure in failures.dropLast() { Output.complain(failure.description) }
        if let last = failures.last { throw last }
        guard calendars.count <= 1 else { throw CommandFailure(.usage, "one channel has one schedule") }
        guard let live = found.first(where: { $0.channel.live != nil }) else {
            guard presenters.isEmpty, calendars.isEmpty else {
                throw CommandFailure(.usage, "a schedule and a --host are for a live source, and none of these is one")
            }
            guard let only = found.first, found.count == 1 else { throw Self.tooMany }
            return only
        }
        let shops = found.filter { $0.channel.live == nil }
        guard found.count - shops.count == 1, shops.count <= 1, shops.first?.channel.source.kind != .vitrine else {
            throw Self.tooMany
        }
        let channel = ChannelConfig(
            name: live.channel.name, live: live.channel.source, shop: shops.first?.channel.source,
            schedule: calendars.first, hosts: presenters)
        var info = live.info
        if let shop = shops.first {
            info.capabilities = JoinedProvider.join(live.info.capabilities, shop.info.capabilities)
        }
        return Finding(channel: channel, info: info)
    }

    private static let tooMany = CommandFailure(
        .usage, "one channel is a server, a shop, or a live source with a shop; add others by themselves")

    /// - Parameter sites: where its shop is, should it be one of WooCommerce's.
    private func find(at address: String, _ sites: [WooSite]) throws -> Finding {
        let origin: String
        do throws(InvalidShopOrigin) { origin = try ShopOrigin(ofPage: address).description } catch {
            throw CommandFailure(.usage, "\(SafeText(address)): \(error)")
        }
        var reasons: [String] = []
        var hindrances: [ChannelConfig.Kind: SafeText] = [:]
        for kind in ShopKinds.known {
            let witness = Witness()
            let places =
                kind == .woocommerce
                ? sites.map { ChannelConfig.Source(kind, $0.home, api: $0.api) } : [ChannelConfig.Source(kind, origin)]
            var no: String?
            for place in places {
                switch try ask(place, witness) {
                case .found(let finding): return finding
                case .no(let reason): no = no ?? reason
                }
            }
            if let no { reasons.append("\(kind.title): \(no)") }
            hindrances[kind] = witness.hindrance
        }
        // Something that says what it is says more than what it is not.
        if let words = hindrances[.woocommerce] ?? ShopKinds.known.lazy.compactMap({ hindrances[$0] }).first {
            throw CommandFailure(.refused, "\(SafeText(address)): \(words)")
        }
        throw CommandFailure(
            .refused, "\(SafeText(address)): nothing that this program knows (\(reasons.joined(separator: "; ")))")
    }

    private enum Reply {
        case found(Finding)
        case no(String)
    }

    /// - Throws: where nobody answers.
    private func ask(_ place: ChannelConfig.Source, _ witness: Witness) throws -> Reply {
        let provider: any ShopProvider
        do throws(InvalidShopOrigin) { provider = try ShopKinds.provider(at: place) } catch { return .no("\(error)") }
        let client = client(provider, witness.watching(http))
        switch client.wait(for: .service) {
        case .success(.service(let info)):
            // A place that says what it is, and nothing else, would be a channel of nothing.
            for query in info.capabilities.firstQuestions {
                if case .failure(let failure) = client.wait(for: query) {
                    return .no(CommandFailure(failure, while: Subject(query.subject)).description)
                }
            }
            let source = ChannelConfig.Source(place.kind, provider.origin, api: place.api)
            let name = ChannelName.proposed(info.name, at: provider.origin)
            return .found(
                Finding(
                    channel: place.kind.isLive
                        ? ChannelConfig(name: name, live: source) : ChannelConfig(name: name, shop: source),
                    info: info))
        case .success: return .no("the reply was about something else")
        case .failure(.unreachable(let reason, _)):
            throw CommandFailure(.network, "\(provider.origin): \(reason)")
        case .failure(let failure): return .no(CommandFailure(failure, while: "what it is").description)
        }
    }

    /// - Parameter http: nil takes the network as it is.
    func client(_ provider: any ShopProvider, _ http: HTTPClient? = nil) -> ShopClient {
        ShopClient(
            provider: provider, http: http ?? self.http, keeping: .none, memory: .passing(), now: { LoopClock().now })
    }
}

/// Remembers what stood in the way of the questions that were asked.
private final class Witness: Sendable {
    private let seen = Mutex<SafeText?>(nil)

    var hindrance: SafeText? { seen.withLock { $0 } }

    func watching(_ inner: HTTPClient) -> HTTPClient {
        HTTPClient { [self] request, completion in
            inner.send(request) { [self] result in
                if case .success(let response) = result, let words = Hindrance.found(in: response, to: request.url) {
                    seen.withLock { $0 = $0 ?? words }
                }
                completion(result)
            }
        }
    }
}

extension ShopCapabilities {
    /// Questions that anybody may ask of a place that has this, without becoming anybody there.
    var firstQuestions: [ShopQuery] {
        (contains(.shows) ? [.shows(ShowFilter(), cursor: nil)] : [])
            + (contains(.orders) ? [.products(search: nil, show: nil, cursor: nil)] : [])
    }

    /// Further question that has to be answered before anything can be bought without an account: for an empty basket.
    var purchaseQuestions: [ShopQuery] { contains(.contact) ? [.paymentMethods] : [] }
}

extension ShopQuery {
    /// Subject of a question of `firstQuestions`.
    var subject: String {
        switch self {
        case .shows: "the shows"
        case .products: "the products"
        case .paymentMethods: "the ways to pay"
        default: "what it is"
        }
    }
}

extension ShopCapabilities {
    /// In a shopper's words, what it can do and what not.
    var words: String {
        let all: [(ShopCapabilities, String)] = [
            (.orders, "buying"),
            contains(.chatToRead) && !contains(.chat) ? (.chatToRead, "chat to read") : (.chat, "chat"),
            (.follows, "following"), (.replay, "replays"),
        ]
        let can = all.filter { contains($0.0) }.map(\.1)
        // What belongs to a show nobody looks for where there are none.
        let cannot = contains(.shows) ? all.filter { !contains($0.0) }.map(\.1) : ["shows"]
        let missing = cannot.isEmpty ? "" : "; no " + cannot.joined(separator: ", no ")
        return ([contains(.shows) ? "watching and browsing" : "browsing"] + can).joined(separator: ", ") + missing
    }
}
