import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// Products, which anybody may look at.
extension WooCommerceProvider: SingleHostCatalogue {
    private static let perPage = 50
    /// As many as the Store API sends at once.
    private static let mostPerPage = 100
    /// Of the variations of one product.
    private static let mostPages = 3

    /// Asks the site for its name, where it tells.
    func askIndex(_ io: ShopIO) async throws(ShopFailure) -> (name: SafeText, response: HTTPResponse) {
        let response = try await io.send(read("", ["_fields": "name,namespaces"]))
        let reply = WooReply(response)
        if let busy = reply.busy { throw busy }
        guard reply.isSuccess, let index = try? WireJSON.decode(WooIndex.self, from: reply.body.json) else {
            return (name, try await askWhetherItSells(io))
        }
        guard index.hasShop else {
            throw .notUnderstood(index.hasWooCommerce ? reply.closedWords : "this site has no WooCommerce shop")
        }
        return (index.name.isEmpty ? name : index.name, response)
    }

    /// Some sites hide their index and have a shop all the same; others answer whatever they are asked with a page.
    private func askWhetherItSells(_ io: ShopIO) async throws(ShopFailure) -> HTTPResponse {
        let response = try await io.send(get("/products", ["per_page": "1"]))
        _ = try WooReply(response).value(LenientList<WooProduct>.self)
        return response
    }

    package func products(
        search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        guard show == nil else { throw .notFound }
        let page = cursor.map { WooItem.number($0) } ?? 1
        guard let page, page <= 100_000 else { throw .notFound }
        // What the shop hides from its pages is not listed here: fees, parts of sets, what only a link leads to.
        let query: KeyValuePairs = [
            "search": search, "catalog_visibility": search == nil ? "catalog" : "search", "page": String(page),
            "per_page": String(Self.perPage),
        ]
        let response = try await io.send(get("/products", query))
        let list = try WooReply(response).value(LenientList<WooProduct>.self)
        let next = Self.nextPage(after: page, list.count, of: Self.perPage, response)
        let variations = try await askVariations(of: list.elements, io)
        return ListPage(list.elements.map { $0.product(variations) }, next: next.map(String.init))
    }

    private static func nextPage(after page: Int, _ count: Int, of most: Int, _ response: HTTPResponse) -> Int? {
        guard count > 0 else { return nil }
        // Without the shop's count of pages, a page that is not full is the last.
        guard let pages = response.headers["X-WP-TotalPages"].flatMap({ WooItem.number($0) }) else {
            return count < most ? nil : page + 1
        }
        return page < pages ? page + 1 : nil
    }

    /// One question more has the prices and the stock of all variations on a page; where there are too many for it, or
    /// the shop does not answer it, what is listed has the product's own price until it is opened.
    private func askVariations(of products: [WooProduct], _ io: ShopIO) async throws(ShopFailure) -> [Int: WooProduct]?
    {
        let parents = products.filter { $0.type == WooProduct.variable }
        let count = parents.reduce(0) { $0 + $1.variations.count }
        guard count > 0, count <= Self.mostPerPage else { return nil }
        let response = try await io.send(askForVariations(of: parents.map(\.id), page: 1))
        let list = try? WooReply(response).value(LenientList<WooProduct>.self)
        return list.map { Self.byNumber($0.elements) }
    }

    package func product(_ id: ProductID, _ io: ShopIO) async throws(ShopFailure) -> Product {
        guard let number = WooItem.number(id.rawValue) else { throw .notFound }
        let product = try Self.product(number, in: try await io.send(get("/products/\(number)")))
        let parent = product.parent
        // A variation by itself does not say what else there is.
        guard parent > 0, parent != number else { return try await whole(product, io) }
        return try await whole(try Self.product(parent, in: try await io.send(get("/products/\(parent)"))), io)
    }

    private static func product(_ number: Int, in response: HTTPResponse) throws(ShopFailure) -> WooProduct {
        let product = try WooReply(response).value(WooProduct.self)
        guard product.id == number else { throw .notUnderstood("the shop's reply is about something else") }
        return product
    }

    /// By the number in the address, or by the last word of its path.
    package func product(at address: String, _ io: ShopIO) async throws(ShopFailure) -> Product {
        guard isOwn(address), let link = PageAddress(address) else { throw .notFound }
        let numbers = ["variation_id", "add-to-cart", "p", "post"].lazy.compactMap { link.query[$0] }
        if let number = numbers.compactMap({ WooItem.number($0) }).first {
            return try await product(ProductID(String(number)), io)
        }
        let slug = link.query["product"] ?? link.path.dropFirst(site.place.words.count).last
        guard let slug, !slug.isEmpty else { throw .notFound }
        // Other letters are percent signs in the shop's own records, which it takes out of a question.
        guard slug.utf8.allSatisfy({ $0 < 0x80 }) else { return try await findProduct(bySearching: slug, io) }
        let response = try await io.send(get("/products", ["slug": slug]))
        // A shop that does not know the parameter lists all that it has.
        let found = try WooReply(response).value(LenientList<WooProduct>.self).elements
        if let product = found.first(where: { $0.isCalled(slug) }) { return try await whole(product, io) }
        guard found.count > 1 else { throw .notFound }
        return try await findProduct(bySearching: slug, io)
    }

    private func findProduct(bySearching slug: String, _ io: ShopIO) async throws(ShopFailure) -> Product {
        let words = slug.split(separator: "-").joined(separator: " ")
        let response = try await io.send(get("/products", ["search": words, "per_page": String(Self.perPage)]))
        let found = try WooReply(response).value(LenientList<WooProduct>.self).elements
        guard let product = found.first(where: { $0.isCalled(slug) }) else { throw .notFound }
        return try await whole(product, io)
    }

    /// With its variations, which are listed in pages.
    private func whole(_ product: WooProduct, _ io: ShopIO) async throws(ShopFailure) -> Product {
        guard product.type == WooProduct.variable, !product.variations.isEmpty else { return product.product(nil) }
        var known: [WooProduct] = []
        var next: Int? = 1
        while let page = next, page <= Self.mostPages {
            let response = try await io.send(askForVariations(of: [product.id], page: page))
            let list = try WooReply(response).value(LenientList<WooProduct>.self)
            known += list.elements
            next = Self.nextPage(after: page, list.count, of: Self.mostPerPage, response)
        }
        return product.product(Self.byNumber(known))
    }

    private func askForVariations(of parents: [Int], page: Int) -> HTTPRequest {
        get(
            "/products",
            [
                "type": "variation", "parent": parents.map(String.init).joined(separator: ","), "page": String(page),
                "per_page": String(Self.mostPerPage),
            ])
    }

    private static func byNumber(_ products: [WooProduct]) -> [Int: WooProduct] {
        Dictionary(products.map { ($0.id, $0) }) { first, _ in first }
    }

    package func reviews(
        of id: ProductID, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Review> {
        let page = cursor.map { WooItem.number($0) } ?? 1
        guard let page, page <= 100_000, let number = WooItem.number(id.rawValue) else { throw .notFound }
        let query: KeyValuePairs<String, String?> = [
            "product_id": String(number), "page": String(page), "per_page": String(Self.perPage),
        ]
        let response = try await io.send(get("/products/reviews", query))
        let list = try WooReply(response).value(LenientList<WooReview>.self)
        let next = Self.nextPage(after: page, list.count, of: Self.perPage, response)
        return ListPage(list.elements.map(\.review), next: next.map(String.init))
    }
}

/// What a WordPress site says of itself.
struct WooIndex: Decodable {
    let name: SafeText
    let hasShop: Bool
    /// Its owner's programs are answered, at least.
    let hasWooCommerce: Bool

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        name = HTMLText.safe(try wire.find("name") ?? "", limit: WireLimits.nameCharacters)
        let spaces: [String] = try wire.list("namespaces")
        hasShop = spaces.contains("wc/store/v1")
        hasWooCommerce = spaces.contains { $0.hasPrefix("wc/") }
    }

    /// Of a site with WooCommerce whose Store API is not among what it answers.
    static func closedWords(in reply: WooReply) -> SafeText? {
        guard reply.isSuccess, let index = try? WireJSON.decode(WooIndex.self, from: reply.body.json) else {
            return nil
        }
        return index.hasWooCommerce && !index.hasShop ? reply.closedWords : nil
    }
}

private struct WooReview: Decodable {
    let review: Review

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let stars = try wire.count("rating")
        // Shops let people write without giving stars; the program has no such reviews.
        guard (1...5).contains(stars), let at = Timestamp(rfc3339: try wire.get("date_created_gmt") + "Z") else {
            throw wire.corrupted("rating", "no stars, or no date")
        }
        review = Review(
            id: ReviewID(String(try wire.count("id"))),
            author: HTMLText.safe(try wire.find("reviewer") ?? "", limit: WireLimits.nameCharacters), stars: stars,
            text: HTMLText.safe(try wire.find("review") ?? "", limit: WireLimits.textCharacters), at: at,
            isVerified: try wire.find("verified") ?? false)
    }
}
