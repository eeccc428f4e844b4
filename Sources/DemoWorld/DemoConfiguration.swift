import ShowServer

/// Settings of the demo world.
package struct DemoConfiguration: Sendable {
    /// Events that fill the shows.
    package enum Mode: String, Sendable, CaseIterable {
        /// Everything moves: chat, highlights, offers, other buyers; shows begin and end.
        case demo
        /// The same data, but nothing changes unless somebody acts.
        case quiet
        /// Quiet, with one more live show (`flood`) whose chat runs at a given rate.
        case flood
    }

    package var mode: Mode
    /// Number that the world is made from; nil for the seed that the database has, and 1 for a new one.
    package var seed: UInt64?
    /// Messages a second in the flood's show.
    package var chatRate: Int
    /// Length of a day for orders on their way: an order is packed within one, delivered after four more, and can
    /// be sent back for thirty.
    package var orderDay: Duration
    package static let usualOrderDay = Duration.seconds(60)

    package init(
        _ mode: Mode = .demo, seed: UInt64? = nil, chatRate: Int = 100, orderDay: Duration = usualOrderDay
    ) {
        (self.mode, self.seed, self.chatRate, self.orderDay) = (mode, seed, chatRate, orderDay)
    }

    /// The demo shop as its server knows it.
    package var shop: ShopSetup {
        ShopSetup(
            name: "Vitrine demo shop", payments: Wallet.payments, destinations: Wallet.destinations,
            deliveryTimes: Fulfilment(day: orderDay).times, moderators: Cast.demo.hosts.map(\.moderator))
    }
}

extension ServerConfiguration {
    /// Has the demo world run the server's shows.
    /// - Returns: the world.
    @discardableResult
    package mutating func host(_ demo: DemoConfiguration) -> World {
        let world = World(demo)
        shop = demo.shop
        runner = world
        return world
    }

    package func hosting(_ demo: DemoConfiguration) -> ServerConfiguration {
        var configuration = self
        configuration.host(demo)
        return configuration
    }
}

extension UnconnectedServer {
    /// A server that sells what the demo shop does, with no show on.
    package convenience init(demoShopAt clock: WorldClock, seed: UInt64 = 1, origin: String = "") throws {
        try self.init(clock: clock, shop: DemoConfiguration(.quiet).shop, origin: origin) { studio in
            try Seeding(cast: Cast.demo, seed: seed).makeShop(studio)
        }
    }
}
