import Domain
import HTTPTransport
import LiveAPI
import Text

/// The list of products that a shop's pages are made from (`/products.json`). It names no currency: the basket of the
/// shop's own pages (`/cart.js`) does.
extension ShopifyProvider {
    /// The shop gives up to 250, whose pictures and descriptions may be more than a reply may weigh here.
    private static let perListPage = 50
    /// Pages that are looked through for one product.
    private static let mostListPages = 40

    /// Finds out whether there is a list.
    /// - Returns: the currency of its prices.
    func findList(_ io: ShopIO) async throws(ShopFailure) -> String {
        _ = try await readList(page: 1, most: 1, io)
        let response = try await io.send(
            HTTPRequest(.get, origin + "/cart.js", headers: ["Accept": "application/json"]))
        let basket = try? WireJSON.decodeUnambiguous(ShopifyPageBasket.self, from: ReplyBody(response).json)
        guard response.status == 200, let basket else {
            throw .notUnderstood(
                "the shop's list of products says no currency, and nothing else does: its prices cannot be read")
        }
        try await Reading.keepList(basket.currency, io)
        return basket.currency
    }

    /// One page of it.
    func readList(
        page: Int, most: Int = perListPage, _ io: ShopIO
    ) async throws(ShopFailure) -> (products: [ShopifyListed], response: HTTPResponse) {
        let response = try await io.send(
            HTTPRequest(
                .get, origin + "/products.json?limit=\(most)&page=\(page)", headers: ["Accept": "application/json"]))
        let body = ReplyBody(response)
        guard response.status == 200, body.obstacle == nil else { throw ShopifyReply(response).failure }
        do { return (try WireJSON.decodeUnambiguous(ShopifyList.self, from: body.json).products, response) } catch {
            throw .notUnderstood("there is no Shopify shop at this address")
        }
    }

    func listProducts(
        search: String?, cursor: String?, _ currency: String, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        let page = cursor.map { WooItem.number($0) } ?? 1
        guard let page, page <= 100_000 else { throw .notFound }
        let listed = try await readList(page: page, io).products
        // What is searched for is looked for among the names of each page; the list ends on an empty one.
        let words = search?.lowercased().split(separator: " ") ?? []
        let found = listed.filter { product in words.allSatisfy { product.title.string.lowercased().contains($0) } }
        return ListPage(found.map { $0.goods(currency).product }, next: listed.isEmpty ? nil : String(page + 1))
    }

    /// Looks the list through, page by page.
    /// - Throws: `.notFound` where none is it.
    func findInList(
        _ currency: String, _ isIt: (ShopifyListed) -> Bool, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopifyListedGoods {
        for page in 1...Self.mostListPages {
            let listed = try await readList(page: page, io).products
            if let product = listed.first(where: isIt) { return product.goods(currency) }
            if listed.isEmpty { break }
        }
        throw .notFound
    }
}

/// `/products.json`.
private struct ShopifyList: Decodable {
    let products: [ShopifyListed]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        guard wire.contains("products") else {
            throw wire.corrupted("products", "no list")
        }
        products = try wire.list("products")
    }
}

/// `/cart.js`, as far as it is of use.
private struct ShopifyPageBasket: Decodable {
    let currency: String

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        currency = try wire.get("currency")
        guard Money.isCurrencyCode(currency) else {
            throw wire.corrupted("currency", "no currency")
        }
    }
}

/// A product in the list.
struct ShopifyListed: Decodable, Sendable {
    struct Form: Decodable, Sendable {
        let number: String
        let values: [SafeText]
        let price: String
        let was: String?
        let isAvailable: Bool

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            number = String(try wire.count("id"))
            let keys: [WireKey] = ["option1", "option2", "option3"]
            values = try keys.compactMap { try wire.findText($0, limit: 80) }
            price = try wire.get("price")
            was = try? wire.find("compare_at_price")
            isAvailable = try wire.get("available")
        }
    }

    let number: String
    let handle: String
    let title: SafeText
    let vendor: SafeText
    let summary: SafeLines
    let options: [SafeText]
    let forms: [Form]

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        number = String(try wire.count("id"))
        handle = try wire.find("handle") ?? ""
        title = try wire.text("title", limit: 200)
        vendor = (try? wire.findText("vendor", limit: 80)) ?? ""
        summary = HTMLText.lines((try? wire.find("body_html")) ?? "", limit: WireLimits.textCharacters)
        let names: [Named] = (try? wire.list("options")) ?? []
        options = names.map(\.name)
        forms = try wire.list("variants")
    }

    private struct Named: Decodable {
        let name: SafeText
        init(from decoder: any Decoder) throws { name = try decoder.wire().text("name", limit: 80) }
    }

    func goods(_ currency: String) -> ShopifyListedGoods {
        let forms = self.forms.compactMap { form -> ShopifyForm? in
            guard let price = ShopifyMoney.money(form.price, currency) else { return nil }
            return ShopifyForm(
                number: form.number, values: form.values, price: price,
                was: form.was.flatMap { ShopifyMoney.money($0, currency) }, isAvailable: form.isAvailable)
        }
        return ShopifyListedGoods(listed: self, forms: forms)
    }
}

/// The same, with its prices read.
struct ShopifyListedGoods: Sendable {
    let listed: ShopifyListed
    let forms: [ShopifyForm]

    var product: Product {
        let isPlain = forms.count == 1 && forms[0].isPlain
        return Product(
            id: ProductID(listed.number), title: listed.title, brand: listed.vendor, summary: listed.summary,
            optionNames: isPlain ? [] : listed.options,
            variants: forms.prefix(ShopifyProduct.mostForms).map(\.variant))
    }
}
