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

    /// - Throws: `CommandFailure` where nothing that this program knows stands there.
    func find(at address: String) throws -> Finding {
        var reasons: [String] = []
        for kind in ShopKinds.known {
            let provider: any ShopProvider
            do throws(InvalidShopOrigin) { provider = try ShopKinds.provider(kind, at: address) } catch {
                throw CommandFailure(.usage, "\(SafeText(address)): \(error)")
            }
            switch client(provider).wait(for: .service) {
            case .success(.service(let info)):
                return Finding(
                    channel: ChannelConfig(name: Self.name(info), shop: .init(kind, provider.origin)), info: info)
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
            (.orders, "buying"), (.chat, "chat"), (.follows, "following"), (.replay, "replays"),
        ]
        let can = all.filter { contains($0.0) }.map(\.1)
        let cannot = all.filter { !contains($0.0) }.map(\.1)
        let missing = cannot.isEmpty ? "" : "; no " + cannot.joined(separator: ", no ")
        return (["watching and browsing"] + can).joined(separator: ", ") + missing
    }
}
