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

    private let curl = CurlClient(version: vitrineVersion)

    func close() { curl.shutdown() }

    /// What stands at several addresses as one channel: a live source, and who sells beside it.
    /// - Throws: `CommandFailure` where nothing that this program knows stands there, or no channel can be made of it.
    func find(at addresses: [String], presenters: [String]) throws -> Finding {
        let found = try addresses.map { try find(at: $0) }
        guard let first = found.first else { throw CommandFailure(.usage, "expected an address") }
        guard let live = found.first(where: { $0.channel.live != nil }) else {
            guard presenters.isEmpty else { throw CommandFailure(.usage, "--host: none of these is a live source") }
            guard found.count == 1 else { throw Self.tooMany }
            return first
        }
        let shops = found.filter { $0.channel.live == nil }
        guard found.count - shops.count == 1, shops.count <= 1, shops.first?.channel.source.kind != .vitrine else {
            throw Self.tooMany
        }
        let channel = ChannelConfig(
            name: live.channel.name, live: live.channel.source, shop: shops.first?.channel.source, hosts: presenters)
        var info = live.info
        if let shop = shops.first {
            info.capabilities = JoinedProvider.join(live.info.capabilities, shop.info.capabilities)
        }
        return Finding(channel: channel, info: info)
    }

    private static let tooMany = CommandFailure(
        .usage, "one channel is a server, a shop, or a live source with a shop; add others by themselves")

    private func find(at address: String) throws -> Finding {
        var reasons: [String] = []
        for kind in ShopKinds.known {
            let provider: any ShopProvider
            do throws(InvalidShopOrigin) { provider = try ShopKinds.provider(kind, at: address) } catch {
                throw CommandFailure(.usage, "\(SafeText(address)): \(error)")
            }
            switch client(provider).wait(for: .service) {
            case .success(.service(let info)):
                let source = ChannelConfig.Source(kind, provider.origin)
                let name = Self.name(info)
                return Finding(
                    channel: kind.isLive
                        ? ChannelConfig(name: name, live: source) : ChannelConfig(name: name, shop: source),
                    info: info)
            case .success: reasons.append("\(kind.title): the reply was about something else")
            case .failure(let failure):
                if case .unreachable(let reason, _) = failure {
                    throw CommandFailure(.network, "\(provider.origin): \(reason)")
                }
                reasons.append("\(kind.title): \(CommandFailure(failure, while: "what it is").description)")
            }
        }
        throw CommandFailure(
            .refused, "\(SafeText(address)): nothing that this program knows (\(reasons.joined(separator: "; ")))")
    }

    func client(_ provider: any ShopProvider) -> ShopClient {
        ShopClient(
            provider: provider, http: curl.client, keeping: .none, memory: .passing(), now: { LoopClock().now })
    }

    /// The shop's own name, as far as it can be a channel's.
    private static func name(_ info: ShopInfo) -> String {
        let name = info.name.string.filter { $0 != "/" }
        return ChannelConfig.isName(String(name.prefix(40))) ? String(name.prefix(40)) : "shop"
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
        let cannot = all.filter { !contains($0.0) }.map(\.1)
        let missing = cannot.isEmpty ? "" : "; no " + cannot.joined(separator: ", no ")
        return (["watching and browsing"] + can).joined(separator: ", ") + missing
    }
}
