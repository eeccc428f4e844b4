import Domain
import Text

/// A live source and a shop as one channel: the shows and the chat are the one's, what is sold the other's. What whoever
/// presents links to is on air where it is an address of the shop.
package struct JoinedProvider: ShopProvider {
    private let live: any ShopProvider
    private let shop: any ShopProvider

    package init(live: any ShopProvider, shop: any ShopProvider) {
        self.live = live
        self.shop = shop
    }

    package var name: SafeText { live.name }
    /// Orders, and who buys, belong to the shop.
    package var origin: String { shop.origin }
    package var guest: Account? { shop.guest }
    package var pace: RequestPace? { shop.pace }
    package var signIn: SignInAPI? { shop.signIn }
    package var hasLiveSource: Bool { true }

    package var shows: (any ShopShows)? { live.shows.map { JoinedShows(live: $0, shop: shop) } }
    package var chat: (any ShopChat)? { live.chat.map { JoinedChat(live: $0) } }
    package var hosts: (any ShopHosts)? { live.hosts.map { JoinedHosts(live: $0) } }
    package var catalogue: (any ShopCatalogue)? { shop.catalogue.map { JoinedCatalogue(shop: $0) } }
    package var checkout: (any ShopCheckout)? { shop.checkout.map { JoinedCheckout(shop: $0) } }
    package var accounts: (any ShopAccounts)? { shop.accounts }

    /// Capabilities of both: what is sold is the shop's to say; what can be watched, the live source's. Nobody has an account there, so its chat
    /// is read, and nobody is followed.
    package static func join(_ live: ShopCapabilities, _ shop: ShopCapabilities) -> ShopCapabilities {
        let toWatch: ShopCapabilities = [.shows, .chat, .chatToRead, .follows, .replay]
        var watched = live.intersection([.shows, .chatToRead, .replay])
        if live.contains(.chat) { watched.insert(.chatToRead) }
        return shop.subtracting(toWatch).union(watched)
    }

    /// One of the two may be away.
    package func about(_ io: ShopIO) async throws(ShopFailure) -> ShopInfo {
        let atLive = await Self.result { () async throws(ShopFailure) in try await live.about(io.asking(as: nil)) }
        let atShop = try? await shop.about(io.asking(as: nil))
        guard var info = try? atLive.get() else {
            guard var sold = atShop else { return try atLive.get() }
            sold.capabilities = Self.join(live.capabilities, sold.capabilities)
            return sold
        }
        info.capabilities = Self.join(info.capabilities, atShop?.capabilities ?? shop.capabilities)
        // Quotes hold by the shop's clock alone.
        info.serverTime = atShop?.serverTime
        return info
    }

    private static func result<Value>(
        _ ask: () async throws(ShopFailure) -> Value
    ) async -> Result<Value, ShopFailure> {
        do throws(ShopFailure) { return .success(try await ask()) } catch { return .failure(error) }
    }
}
