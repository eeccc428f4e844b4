import CurlTransport
import Domain
import HTTPTransport
import Providers
import Settings
import Text
import Viewer

/// Finds out what stands at an address, and what it can do: it only asks what everybody may, and never buys.
struct ChannelProbe {
    /// What was found, under the name that it gives itself.
    struct Finding {
        var channel: ChannelConfig
        var info: ShopInfo
    }

    let curl = CurlClient(version: vitrineVersion)

    func close() { curl.shutdown() }

    /// What stands at several addresses as one channel: a live source, and who sells beside it.
    /// - Throws: `CommandFailure` where nothing that this program knows stands there, or no channel can be made of it.
    func find(at addresses: [String], presenters: [String]) throws -> Finding {
        var calendars: [String] = []
        var found: [Finding] = []
        for address in addresses {
            switch try look(at: address) {
            case .calendar: calendars.append(address)
            case .sites(let sites): found.append(try find(at: address, sites))
            }
        }
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
        for kind in ShopKinds.known {
            let places =
                kind == .woocommerce
                ? sites.map { ChannelConfig.Source(kind, $0.home, api: $0.api) } : [ChannelConfig.Source(kind, origin)]
            var no: String?
            for place in places {
                switch try ask(place) {
                case .found(let finding): return finding
                case .no(let reason): no = no ?? reason
                }
            }
            if let no { reasons.append("\(kind.title): \(no)") }
        }
        throw CommandFailure(
            .refused, "\(SafeText(address)): nothing that this program knows (\(reasons.joined(separator: "; ")))")
    }

    private enum Reply {
        case found(Finding)
        case no(String)
    }

    /// - Throws: where nobody answers.
    private func ask(_ place: ChannelConfig.Source) throws -> Reply {
        let provider: any ShopProvider
        do throws(InvalidShopOrigin) { provider = try ShopKinds.provider(at: place) } catch { return .no("\(error)") }
        switch client(provider).wait(for: .service) {
        case .success(.service(let info)):
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

    func client(_ provider: any ShopProvider) -> ShopClient {
        ShopClient(
            provider: provider, http: curl.client, keeping: .none, memory: .passing(), now: { LoopClock().now })
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
