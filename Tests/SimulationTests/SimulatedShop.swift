import DemoWorld
import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import ShowServer
import Synchronization

/// The server of all runs, one after another: each has its own customer, its own stock, and the same beginning in time.
final class SimulatedShop: Sendable {
    /// So many of the shop's products are of interest.
    static let productCount = 10
    static let start = Timestamp(seconds: 1_795_443_065)

    final class Clock: Sendable {
        private let time = Mutex(SimulatedShop.start)
        var now: Timestamp { time.withLock { $0 } }
        func set(_ now: Timestamp) { time.withLock { $0 = now } }
    }

    let clock = Clock()
    let server: UnconnectedServer
    private let products: Mutex<[Product?]> = Mutex(Array(repeating: nil, count: SimulatedShop.productCount))

    init() throws {
        let clock = clock
        server = try UnconnectedServer(demoShopAt: WorldClock { clock.now })
    }

    /// A new guest, and what the guest has in mind: at its usual price, and so many of each variant.
    func customer(_ number: Int, stock: Int) async throws -> (Account, Product) {
        let provider = try VitrineAPIProvider(origin: "http://127.0.0.1:1")
        guard case .guestAccount(let account) = try await ask(.openGuestAccount, provider) else {
            throw ShopFailure.notFound
        }
        var product = try await product(number, provider)
        for index in product.variants.indices { product.variants[index].stock = stock }
        try await server.shelve(product.id, stock: stock)
        return (account, product)
    }

    private func product(_ number: Int, _ provider: VitrineAPIProvider) async throws -> Product {
        if let known = products.withLock({ $0[number] }) { return known }
        let ids = try await server.products()
        guard case .product(let product) = try await ask(.product(ids[number]), provider) else {
            throw ShopFailure.notFound
        }
        products.withLock { $0[number] = product }
        return product
    }

    private func ask(_ query: ShopQuery, _ provider: VitrineAPIProvider) async throws -> ShopAnswer {
        let request = try provider.request(for: query, account: nil)
        let reply = await server.answer(
            request.method.rawValue, String(request.url.dropFirst(provider.origin.count)),
            headers: request.headers.fields.map { ($0.name, $0.value) }, body: Array(request.body ?? Data()))
        return try provider.decode(HTTPResponse(status: reply.status, body: Data(reply.body)), for: query)
    }
}

extension Simulation {
    /// Somebody else buys, a price moves, a machine sleeps.
    func moveWorld() async throws {
        guard let variant = product.variants.randomElement(using: &dice) else { return }
        switch dice.pick(1...8) {
        case 1...3:
            let amount = max(1, variant.price.amount * Int64(dice.pick(70...150)) / 100)
            note(nil, "\(variant.sku) costs \(amount)")
            try await shop.server.setPrice(of: variant.sku, to: amount)
        case 4...6:
            let change = try await shop.server.changeStock(of: variant.sku, by: dice.pick(-8...3))
            note(nil, "\(variant.sku): stock \(change)")
            stockIn += change
        default:
            let jump = Duration.seconds([40, 290, 330, 25 * 3600, 80 * 3600][dice.pick(0...4)])
            note(nil, "everything sleeps for \(jump)")
            time = time + jump
            shop.clock.set(time)
            for viewer in seats.compactMap({ $0 }) { act(viewer, .resumed) }
        }
    }
}
