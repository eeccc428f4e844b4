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
        return try await ProvidersTests.ask(
            query, of: provider, (shop ?? self.shop).client, at: Timestamp(seconds: 1))
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

    /// The most for one order is the stock only where the shop says so.
    @Test func aLimitPerOrderIsNotTheStock() async throws {
        shop.change { _, goods in
            goods[0].stock = 11
            goods[0].limit = 3
            goods[1].limit = 4
        }
        let scarf = try #require(try await product("31").variants.first)
        #expect(scarf.stock == 11 && scarf.quantities == QuantityRule(maximum: 3))
        let notebook = try #require(try await product("32").variants.first)
        #expect(notebook.stock == nil && notebook.quantities == QuantityRule(maximum: 4))
    }

    /// Shops before 8.8 say how many there are only once they are few.
    @Test func anOldShopNamesALimitAndFewLeft() async throws {
        let old = StandInShop(StandInShop.Rules(isOld: true))
        func scarf(left: Int) async throws -> Variant {
            old.change { _, goods in goods[0].stock = left }
            guard case .product(let product) = try await ask(.product("31"), of: old) else {
                throw ShopFailure.notFound
            }
            return try #require(product.variants.first)
        }
        let many = try await scarf(left: 7)
        #expect(many.stock == nil && many.quantities == QuantityRule(maximum: 7))
        let few = try await scarf(left: 2)
        #expect(few.stock == 2 && few.quantities == .any)
        #expect(try await scarf(left: 0).stock == 0)
    }

    @Test func whatComesLaterCanBeOrdered() async throws {
        shop.change { _, goods in
            goods[0].stock = 0
            goods[0].takesBackorders = true
            goods[1].stock = 2
            goods[1].takesBackorders = true
        }
        let scarf = try #require(try await product("31").variants.first)
        #expect(scarf.isOnBackorder && scarf.stock == nil && scarf.quantities == .any)
        let notebook = try #require(try await product("32").variants.first)
        #expect(!notebook.isOnBackorder && notebook.stock == nil)
    }

    @Test func anotherShopsProductHasItsPriceAndLink() async throws {
        var mug = StandInGoods(70, "Enamel mug", price: 1500, kind: .external)
        mug.otherShop = "https://elsewhere.example/mug?ref=1&to=2"
        var set = StandInGoods(71, "Desk set", price: 450, kind: .grouped)
        set.parts = [31, 32]
        let shop = StandInShop(goods: StandInGoods.assortment + [mug, set])
        guard case .product(let other) = try await ask(.product("70"), of: shop),
            case .product(let parts) = try await ask(.product("71"), of: shop)
        else { throw ShopFailure.notFound }
        #expect(other.variants.isEmpty && !other.isSoldOut)
        #expect(
            other.elsewhere
                == SoldElsewhere(
                    kind: .otherShop, price: dollars(1500), page: "https://elsewhere.example/mug?ref=1&to=2"))
        #expect(
            parts.elsewhere
                == SoldElsewhere(
                    kind: .set, price: dollars(450), page: "http://127.0.0.1/product/desk-set/", parts: ["31", "32"]))
        #expect(try await product("31").elsewhere == nil)
        shop.change { _, goods in goods[goods.count - 2].price = 0 }
        guard case .product(let unpriced) = try await ask(.product("70"), of: shop) else { throw ShopFailure.notFound }
        #expect(unpriced.elsewhere?.price == nil && unpriced.elsewhere?.page != nil)
    }

    @Test func threeOptionsStayThree() async throws {
        let names = [("Colour", ["Red"]), ("Size", ["S", "L"]), ("Cut", ["Slim"])]
        let shirts = [
            StandInGoods(70, "Shirt", price: 1500, kind: .variable, attributes: names),
            StandInGoods(
                71, "Shirt", price: 1500, stock: 3, kind: .variation, parent: 70,
                attributes: [("Colour", ["Red"]), ("Size", [""]), ("Cut", ["Slim"])]),
        ]
        guard case .product(let shirt) = try await ask(.product("70"), of: StandInShop(goods: shirts)) else { return }
        #expect(shirt.optionNames == ["Colour", "Size", "Cut"])
        #expect(shirt.variants.map(\.options) == [["Red", "S", "Slim"], ["Red", "L", "Slim"]])
        #expect(shirt.variants.map(\.sku) == ["71?Size=S", "71?Size=L"])
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
