import Domain
import Providers
import Settings

/// Providers for the kinds of sources that a channel can be made of.
package enum ShopKinds {
    /// In the order in which an address is asked whether it is one.
    package static let known: [ChannelConfig.Kind] = [.vitrine, .woocommerce, .shopify, .owncast]

    package static func provider(at place: ChannelConfig.Source) throws(InvalidShopOrigin) -> any ShopProvider {
        switch place.kind {
        case .vitrine: try VitrineAPIProvider(origin: place.url)
        case .woocommerce: WooCommerceProvider(site: try WooSite(home: place.url, api: place.api))
        case .shopify: try ShopifyProvider(origin: place.url)
        case .owncast: try OwncastProvider(origin: place.url)
        }
    }

    package static func provider(of channel: ChannelConfig) throws(InvalidShopOrigin) -> any ShopProvider {
        guard let place = channel.live else { return try provider(at: channel.source) }
        let live = try live(at: place, of: channel)
        guard let shop = channel.shop else { return live }
        return JoinedProvider(live: live, shop: try provider(at: shop))
    }

    /// With what the channel adds to a kind that says less of itself than others.
    private static func live(
        at place: ChannelConfig.Source, of channel: ChannelConfig
    ) throws(InvalidShopOrigin) -> any ShopProvider {
        guard place.kind == .owncast else { return try provider(at: place) }
        return OwncastProvider(
            origin: try ShopOrigin(place.url), presenters: Set(channel.hosts),
            calendar: channel.schedule.map { CalendarSource(url: $0) })
    }
}

extension ChannelConfig.Kind {
    package var title: String {
        switch self {
        case .vitrine: "a Vitrine server"
        case .woocommerce: "a WooCommerce shop"
        case .shopify: "a Shopify shop"
        case .owncast: "an Owncast stream"
        }
    }
}
