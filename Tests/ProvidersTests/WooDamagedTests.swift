import Domain
import FoundationEssentials
import HTTPTransport
import Providers
import SeededRandom
import Synchronization
import Testing
import WooStandIn

/// Whatever comes back from a shop is read or refused; nothing of it ends the program or makes a price of nothing.
@Suite struct WooDamagedTests {
    /// A line on which each reply is changed a little.
    private static func damaged(_ shop: StandInShop, seed: UInt64) -> HTTPClient {
        let random = Mutex(Seeded(seed))
        return HTTPClient { request, completion in
            var response = shop.answer(request) ?? HTTPResponse(status: 500)
            random.withLock { random in
                var bytes = Array(response.body)
                for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0...3, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 1: bytes[place] = "0123456789-\"{}[],:".utf8.randomElement(using: &random) ?? 0
                    case 2: bytes.remove(at: place)
                    default: bytes.removeLast(bytes.count - place)
                    }
                }
                response.body = Data(bytes)
            }
            completion(.success(response))
            return HTTPCancellation {}
        }
    }

    private static func isSound(_ product: Product) -> Bool {
        product.variants.allSatisfy {
            !$0.price.isNegative && ($0.stock ?? 0) >= 0 && $0.options.count == product.optionNames.count
        }
    }

    @Test(arguments: [true, false])
    func isReadOrRefused(_ isOld: Bool) async throws { try await Self.expectSound(isOld, seeds: 0..<40) }

    static func expectSound(_ isOld: Bool, seeds: Range<UInt64>) async throws {
        var contact = ContactDetails()
        let lines: [ContactDetails.Field: String] = [
            .firstName: "Ana", .lastName: "Lopez", .line1: "1 Main Street", .city: "Oakland", .country: "US",
            .email: "ana@example.org",
        ]
        for (field, line) in lines { _ = contact.set(field, line) }
        let account = Account(id: "guest", name: "Guest", token: contact.token)
        let provider = try WooCommerceProvider(origin: "https://shop.example")
        let queries: [ShopQuery] = [
            .service, .productsOfHost("shop", search: nil, cursor: nil), .product("40"), .product("50"),
            .reviews("31", cursor: nil),
            .paymentMethods, .quote("41", quantity: 1, show: nil), .quote("51?Handle=Long", quantity: 2, show: nil),
        ]
        for seed in seeds {
            let client = damaged(StandInShop(StandInShop.Rules(isOld: isOld)), seed: seed)
            for query in queries {
                do {
                    switch try await ProvidersTests.ask(
                        query, of: provider, client, as: account, at: Timestamp(seconds: 1))
                    {
                    case .product(let product): #expect(isSound(product), "\(seed) \(query)")
                    case .products(let products, _): #expect(products.allSatisfy(isSound), "\(seed) \(query)")
                    case .quote(let quote):
                        #expect(!quote.total.isNegative && quote.lines.count == 1, "\(seed) \(query)")
                        #expect(quote.lines[0].unitPrice.currency == quote.total.currency, "\(seed) \(query)")
                    default: break
                    }
                } catch {}
            }
        }
    }
}

@Suite struct WooDamagedSlowTests {
    @Test(arguments: [true, false])
    func isReadOrRefused(_ isOld: Bool) async throws { try await WooDamagedTests.expectSound(isOld, seeds: 40..<300) }
}
