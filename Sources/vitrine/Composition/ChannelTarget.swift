import Diagnostics
import Providers
import Settings
import Text

/// A channel that a command is about, and where it is.
struct ChannelTarget {
    var title: String
    var source: ChannelConfig
    /// What local data are kept under; nil takes the shop's origin.
    var scope: String?

    /// - Returns: none where nothing is configured, or where there is no such channel.
    static func targets(of choice: Session.Choice, _ config: Config) -> [ChannelTarget] {
        switch choice {
        case .server(let address): [server(address)]
        case .demo(let address, let scope): [server(address, scope: scope)]
        case .channel(let name): configured(config).filter { $0.title == name }
        case .configured: configured(config)
        }
    }

    /// The server first, then the channels in the order of the file.
    static func configured(_ config: Config) -> [ChannelTarget] {
        (config.server.map { [server($0)] } ?? []) + config.channels.map { ChannelTarget(title: $0.name, source: $0) }
    }

    /// Without a name of the user's own, a server is called by its host.
    private static func server(_ address: String, scope: String? = nil) -> ChannelTarget {
        let host = Redactor.address(address).split(separator: "/", omittingEmptySubsequences: true).last ?? ""
        return ChannelTarget(
            title: String(host), source: ChannelConfig(name: "", shop: .init(.vitrine, address)), scope: scope)
    }

    /// Why there is nobody to ask.
    static func none(for choice: Session.Choice, _ config: Config, _ paths: XDGPaths) -> CommandFailure {
        if case .channel(let name) = choice {
            let names = configured(config).map(\.title).joined(separator: ", ")
            let known = names.isEmpty ? "there is none; ‘vitrine channel add URL’ adds one" : "there are: " + names
            return CommandFailure(.usage, "--channel \(SafeText(name)): \(known)")
        }
        return CommandFailure(
            .usage,
            "no server: name one with --server or in \(paths.configFile), add one with ‘vitrine channel add URL’, or try ‘vitrine demo’"
        )
    }

    /// The kind of shop that stands there.
    func provider() throws -> any ShopProvider {
        do throws(InvalidShopOrigin) { return try ShopKinds.provider(of: source) } catch {
            throw CommandFailure(.usage, "\(SafeText(Redactor.address(source.source.url))): \(error)")
        }
    }
}

/// What stands behind the kinds of sources that a channel can be made of.
enum ShopKinds {
    /// In the order in which an address is asked whether it is one.
    static let known: [ChannelConfig.Kind] = [.vitrine, .woocommerce, .shopify, .owncast]

    static func provider(at place: ChannelConfig.Source) throws(InvalidShopOrigin) -> any ShopProvider {
        switch place.kind {
        case .vitrine: try VitrineAPIProvider(origin: place.url)
        case .woocommerce: WooCommerceProvider(site: try WooSite(home: place.url, api: place.api))
        case .shopify: try ShopifyProvider(origin: place.url)
        case .owncast: try OwncastProvider(origin: place.url)
        }
    }

    static func provider(of channel: ChannelConfig) throws(InvalidShopOrigin) -> any ShopProvider {
        guard let live = channel.live else { return try provider(at: channel.source) }
        let stream = OwncastProvider(
            origin: try ShopOrigin(live.url), presenters: Set(channel.hosts),
            calendar: channel.schedule.map { CalendarSource(url: $0) })
        guard let shop = channel.shop else { return stream }
        return JoinedProvider(live: stream, shop: try provider(at: shop))
    }
}

extension ChannelConfig.Kind {
    var title: String {
        switch self {
        case .vitrine: "a Vitrine server"
        case .woocommerce: "a WooCommerce shop"
        case .shopify: "a Shopify shop"
        case .owncast: "an Owncast stream"
        }
    }
}
