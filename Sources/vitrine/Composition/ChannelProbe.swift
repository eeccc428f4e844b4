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
        // What has a path is a file, and no server.
        let calendars = addresses.filter { (try? ShopOrigin($0)) == nil && ChannelConfig.isFileAddress($0) }
        guard calendars.count <= 1 else { throw CommandFailure(.usage, "one channel has one schedule") }
        try calendars.forEach { try look(atCalendar: $0) }
        let found = try addresses.filter { !calendars.contains($0) }.map { try find(at: $0) }
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

    /// - Throws: where there is no schedule.
    private func look(atCalendar address: String) throws {
        let request = HTTPRequest(.get, address, headers: ["Accept": "text/calendar"])
        let name = SafeText(address)
        switch curl.client.wait(for: request) {
        case .success(let response):
            do throws(ShopFailure) {
                for line in try CalendarSource.complaints(in: response) { Output.complain("\(name): \(line)") }
            } catch {
                throw CommandFailure(.refused, "\(name): no schedule (.ics) that can be read")
            }
        case .failure(let failure): throw CommandFailure(.network, "\(name): \(failure)")
        }
    }

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
