import Domain
import Foundation
import HTTPTransport
import Providers
import Testing
import Text
import WooStandIn

@Suite struct WooCatalogueTests {
    private let shop = StandInShop()

    private func ask(_ query: ShopQuery, of shop: StandInShop? = nil) async throws -> ShopAnswer {
        let provider = try WooCommerceProvider(origin: "https://shop.example")
        return try await run(
            provider.steps(for: query, account: nil, now: Timestamp(seconds: 1)), (shop ?? self.shop).client)
    }

    private func product(_ id: ProductID) async throws -> Product {
        guard case .product(let product) = try await ask(.product(id)) else { throw ShopFailure.notFound }
        return product
    }

    private func dollars(_ amount: Int64) -> Money? { Money(amount: amount, exponent: 2, currency: "USD") }

    @Test func saysItsNameAndWhatItCanDo() async throws {
        guard case .service(let info) = try await ask(.service) else {
            Issue.record("no service")
            return
        }
        #expect(info.name == "Stand-in & Sons")
        #expect(info.capabilities == [.orders, .guests, .contact, .reopensOrders])
        #expect(try await ask(.host("shop")) == .host(Host(id: "shop", name: "Stand-in & Sons")))
        #expect(try await ask(.shows(ShowFilter(), cursor: nil)) == .shows([], nextCursor: nil))
    }

    @Test func aSimpleProductHasOneForm() async throws {
        let scarf = try await product("31")
        #expect(scarf.title == "Wool scarf")
        #expect(scarf.summary == "Soft & warm.")
        #expect(
            scarf.variants == [Variant(sku: "31", price: try #require(dollars(1800)), was: dollars(2000), stock: 5)])
        #expect(try await product("32").variants.first?.stock == nil)
        #expect(try await product("62").isSoldOut)
        #expect(try await product("60").variants.isEmpty)
    }

    @Test func inWhichNumbersItIsSoldIsRead() async throws {
        shop.change { _, goods in
            for index in goods.indices {
                switch goods[index].id {
                case 31: goods[index].isSoldSingly = true
                case 32: (goods[index].minimum, goods[index].multiple) = (10, 6)
                case 41: (goods[index].minimum, goods[index].multiple) = (1, 2)
                default: break
                }
            }
        }
        let scarf = try #require(try await product("31").variants.first)
        #expect(scarf.quantities == QuantityRule(maximum: 1) && scarf.stock == nil)
        let notebook = try #require(try await product("32").variants.first)
        // The shop's word for no limit is a multiple, too, and no stock.
        #expect(notebook.quantities == QuantityRule(minimum: 12, step: 6) && notebook.stock == nil)
        let bowls = try await product("40").variants
        #expect(bowls.map(\.quantities) == [QuantityRule(minimum: 2, step: 2), .any] && bowls[0].stock == 4)
    }

    /// What a shop keeps off its pages is reached by a link, and by nothing else.
    @Test func whatTheShopHidesIsNotListed() async throws {
        var fee = StandInGoods(70, "Fee for gift wrap", price: 300)
        fee.isHidden = true
        let shop = StandInShop(goods: StandInGoods.assortment + [fee])
        for search in [nil, "gift"] {
            guard
                case .products(let products, _) = try await ask(
                    .products(search: search, show: nil, cursor: nil), of: shop)
            else { throw ShopFailure.notFound }
            #expect(products.isEmpty == (search != nil) && !products.contains { $0.id == "70" })
        }
        let link = "https://shop.example/product/fee-for-gift-wrap/"
        guard case .product(let linked) = try await ask(.productAt(address: link), of: shop) else { return }
        #expect(linked.id == "70")
    }

    /// The shop's records have percent signs for such letters, which it takes out of a question for a name.
    @Test func aNameInOtherLettersIsFound() async throws {
        let shop = StandInShop(goods: [StandInGoods(70, "Äpfel 提灯", price: 300)])
        let link = "https://shop.example/product/%c3%a4pfel-%E6%8F%90%E7%81%AF/"
        guard case .product(let linked) = try await ask(.productAt(address: link), of: shop) else { return }
        #expect(linked.title == "Äpfel 提灯")
    }

    @Test func aVariableOneHasItsVariations() async throws {
        let bowl = try await product("40")
        #expect(bowl.optionNames == ["Size"])
        #expect(bowl.variants.map(\.sku) == ["41", "42"])
        #expect(bowl.variants.map(\.options) == [["S"], ["L"]])
        #expect(bowl.variants.map(\.stock) == [4, 0])
        #expect(bowl.variants.map(\.price) == [dollars(12_000), dollars(18_000)])
    }

    @Test func aVariationsNumberLeadsToItsProduct() async throws {
        #expect(try await product("42") == (try await product("40")))
    }

    @Test func whatAVariationLeavesOpenIsAnOption() async throws {
        let bag = try await product("50")
        #expect(bag.optionNames == ["Colour", "Handle"])
        #expect(
            bag.variants.map(\.options) == [["Blue", "Long"], ["Blue", "Short"], ["Red", "Long"], ["Red", "Short"]])
        #expect(bag.variants.first?.sku == "51?Handle=Long")
    }

    @Test func aPageListsVariationsWithTheirOwnPrices() async throws {
        guard case .products(let products, let next) = try await ask(.productsOfHost("shop", search: nil, cursor: nil))
        else {
            return
        }
        #expect(next == nil)
        #expect(shop.log.filter { $0 == "GET /products" }.count == 2)
        #expect(products.first { $0.id == "40" } == (try await product("40")))
    }

    /// Of more variations than one question tells, a page has the product's lowest price.
    @Test func thatFormsWhichAPageDoesNotTellAreDearerIsSaid() async throws {
        func rug(_ id: Int, last: Int) -> [StandInGoods] {
            let sizes = (1...60).map { id + $0 }
            let rug = StandInGoods(
                id, "Rug", price: 9000, kind: .variable, attributes: [("Size", sizes.map(String.init))])
            return [rug]
                + sizes.map {
                    StandInGoods(
                        $0, "Rug", price: $0 == sizes.last ? last : 9000, kind: .variation, parent: id,
                        attributes: [("Size", [String($0)])])
                }
        }
        let many = StandInShop(goods: rug(100, last: 9900) + rug(200, last: 9000))
        guard case .products(let products, _) = try await ask(.products(search: nil, show: nil, cursor: nil), of: many)
        else { return }
        #expect(products.first { $0.id == "100" }?.isPricedFrom == true)
        #expect(products.first { $0.id == "200" }?.isPricedFrom == false)
        guard case .product(let opened) = try await ask(.product("100"), of: many) else { return }
        #expect(opened.isPricedFrom && !opened.hasDearerForms)
        #expect(many.log.count == 3)
    }

    @Test func aLargeShopIsTurnedPageByPage() async throws {
        let many = StandInShop(goods: (1...120).map { StandInGoods($0, "Print \($0)", price: 100) })
        var cursor: String?
        var seen: [Product] = []
        for page in 1...3 {
            guard
                case .products(let products, let next) = try await ask(
                    .productsOfHost("shop", search: nil, cursor: cursor), of: many)
            else { return }
            seen += products
            cursor = next
            #expect((next == nil) == (page == 3))
        }
        #expect(Set(seen.map(\.id)).count == 120)
        #expect(many.log.count == 3)
    }

    @Test func isSearched() async throws {
        guard case .products(let products, _) = try await ask(.products(search: "tea", show: nil, cursor: nil)) else {
            return
        }
        #expect(Set(products.map(\.title)) == ["Tea bowl", "Last teapot"])
    }

    @Test(arguments: ["", "0", "x", "40/../cart", "999"] as [ProductID])
    func whatIsNotThereIsNotFound(_ id: ProductID) async throws {
        await #expect(throws: ShopFailure.notFound) { try await product(id) }
    }

    @Test func aPageInItsPlaceIsNamedAsOne() async throws {
        shop.arm(.status(200, "<html>Welcome to HotelNet"), at: "GET /products")
        do {
            _ = try await ask(.productsOfHost("shop", search: nil, cursor: nil))
            Issue.record("it was understood")
        } catch ShopFailure.notUnderstood(let words) {
            #expect(words.string.contains("sign-in page"))
        }
        shop.arm(.status(503, ""), at: "GET /products/31")
        await #expect(throws: ShopFailure.busy(status: 503, retryAfterSeconds: nil)) { try await product("31") }
    }
}
