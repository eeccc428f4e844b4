import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// What anybody may look at: the shop as one host, and its products.
extension WooCommerceProvider {
    /// The shop is presented as a host of its own, so that its catalogue is that host's page.
    static let host = HostID("shop")
    private static let perPage = 50
    /// As many as the Store API sends at once.
    private static let mostPerPage = 100
    /// Of the variations of one product.
    private static let mostPages = 3

    /// Asks the site for its name, where it tells.
    func askIndex(
        _ answer: @escaping @Sendable (SafeText, HTTPResponse) -> ShopAnswer
    ) -> ShopStep {
        first(read("", ["_fields": "name,namespaces"])) { (response) throws(ShopFailure) in
            let reply = WooReply(response)
            if let busy = reply.busy { throw busy }
            guard reply.isSuccess, let index = try? WireJSON.decode(WooIndex.self, from: reply.body.json) else {
                return askWhetherItSells { .answer(answer(name, $0)) }
            }
            guard index.hasShop else {
                throw .notUnderstood(
                    index.hasWooCommerce ? reply.closedWords : "this site has no WooCommerce shop")
            }
            return .answer(answer(index.name.isEmpty ? name : index.name, response))
        }
    }

    /// Some sites hide their index and have a shop all the same; others answer whatever they are asked with a page.
    private func askWhetherItSells(_ next: @escaping @Sendable (HTTPResponse) -> ShopStep) -> ShopStep {
        .send(get("/products", ["per_page": "1"]), isDecisive: false) { (response) throws(ShopFailure) in
            _ = try WooReply(response).value(LenientList<WooProduct>.self)
            return next(response)
        }
    }

    func shopHost(_ name: SafeText) -> Host { Host(id: Self.host, name: name) }

    /// A first question; a copy that is known already may be good still.
    private func first(_ request: HTTPRequest, _ next: @escaping ShopStep.Next<HTTPResponse>) -> ShopStep {
        .send(request, isDecisive: false) { (response) throws(ShopFailure) in
            response.status == 304 ? .answer(.unchanged) : try next(response)
        }
    }

    func askProducts(search: String?, cursor: String?) throws(ShopFailure) -> ShopStep {
        let page = cursor.map { WooItem.number($0) } ?? 1
        guard let page, page <= 100_000 else { throw .notFound }
        // What the shop hides from its pages is not listed here: fees, parts of sets, what only a link leads to.
        let query: KeyValuePairs = [
            "search": search, "catalog_visibility": search == nil ? "catalog" : "search", "page": String(page),
            "per_page": String(Self.perPage),
        ]
        return first(get("/products", query)) { (response) throws(ShopFailure) in
            let list = try WooReply(response).value(LenientList<WooProduct>.self)
            let next = Self.nextPage(after: page, list.count, of: Self.perPage, response)
            let products = list.elements
            return askVariations(of: products) { details in
                .answer(.products(products.map { $0.product(details) }, nextCursor: next.map(String.init)))
            }
        }
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
    private func askVariations(
        of products: [WooProduct], _ next: @escaping @Sendable ([Int: WooProduct]?) -> ShopStep
    ) -> ShopStep {
        let parents = products.filter { $0.type == WooProduct.variable }
        let count = parents.reduce(0) { $0 + $1.variations.count }
        guard count > 0, count <= Self.mostPerPage else { return next(nil) }
        return .send(askForVariations(of: parents.map(\.id), page: 1), isDecisive: false) { response in
            let list = try? WooReply(response).value(LenientList<WooProduct>.self)
            return next(list.map { Self.byNumber($0.elements) })
        }
    }

    func askProduct(_ id: ProductID) throws(ShopFailure) -> ShopStep {
        guard let number = WooItem.number(id.rawValue) else { throw .notFound }
        return first(get("/products/\(number)")) { (response) throws(ShopFailure) in
            let product = try Self.product(number, in: response)
            let parent = product.parent
            // A variation by itself does not say what else there is.
            guard parent > 0, parent != number else { return answer(product) }
            return .send(get("/products/\(parent)"), isDecisive: false) { (response) throws(ShopFailure) in
                answer(try Self.product(parent, in: response))
            }
        }
    }

    private static func product(_ number: Int, in response: HTTPResponse) throws(ShopFailure) -> WooProduct {
        let product = try WooReply(response).value(WooProduct.self)
        guard product.id == number else { throw .notUnderstood("the shop's reply is about something else") }
        return product
    }

    private func answer(_ product: WooProduct) -> ShopStep {
        guard product.type == WooProduct.variable, !product.variations.isEmpty else {
            return .answer(.product(product.product(nil)))
        }
        return askVariations(of: product, page: 1, known: [])
    }

    /// By the number in the address, or by the last word of its path.
    func askProduct(at address: String) throws(ShopFailure) -> ShopStep {
        guard isOwn(address), let link = PageAddress(address) else { throw .notFound }
        let numbers = ["variation_id", "add-to-cart", "p", "post"].lazy.compactMap { link.query[$0] }
        if let number = numbers.compactMap({ WooItem.number($0) }).first {
            return try askProduct(ProductID(String(number)))
        }
        let slug = link.query["product"] ?? link.path.dropFirst(site.place.words.count).last
        guard let slug, !slug.isEmpty else { throw .notFound }
        // Other letters are percent signs in the shop's own records, which it takes out of a question.
        guard slug.utf8.allSatisfy({ $0 < 0x80 }) else { return askProduct(bySearching: slug) }
        return first(get("/products", ["slug": slug])) { (response) throws(ShopFailure) in
            // A shop that does not know the parameter lists all that it has.
            let found = try WooReply(response).value(LenientList<WooProduct>.self).elements
            if let product = found.first(where: { $0.isCalled(slug) }) { return answer(product) }
            guard found.count > 1 else { throw .notFound }
            return askProduct(bySearching: slug)
        }
    }

    private func askProduct(bySearching slug: String) -> ShopStep {
        let words = slug.split(separator: "-").joined(separator: " ")
        let query: KeyValuePairs<String, String?> = ["search": words, "per_page": String(Self.perPage)]
        return .send(get("/products", query), isDecisive: false) { (response) throws(ShopFailure) in
            let found = try WooReply(response).value(LenientList<WooProduct>.self).elements
            guard let product = found.first(where: { $0.isCalled(slug) }) else { throw .notFound }
            return answer(product)
        }
    }

    private func askVariations(of product: WooProduct, page: Int, known: [WooProduct]) -> ShopStep {
        .send(askForVariations(of: [product.id], page: page), isDecisive: false) { (response) throws(ShopFailure) in
            let list = try WooReply(response).value(LenientList<WooProduct>.self)
            let all = known + list.elements
            let next = Self.nextPage(after: page, list.count, of: Self.mostPerPage, response)
            guard let next, next <= Self.mostPages else {
                return .answer(.product(product.product(Self.byNumber(all))))
            }
            return askVariations(of: product, page: next, known: all)
        }
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

    func askReviews(of id: ProductID, cursor: String?) throws(ShopFailure) -> ShopStep {
        let page = cursor.map { WooItem.number($0) } ?? 1
        guard let page, page <= 100_000, let number = WooItem.number(id.rawValue) else { throw .notFound }
        let query: KeyValuePairs<String, String?> = [
            "product_id": String(number), "page": String(page), "per_page": String(Self.perPage),
        ]
        return first(get("/products/reviews", query)) { (response) throws(ShopFailure) in
            let list = try WooReply(response).value(LenientList<WooReview>.self)
            let next = Self.nextPage(after: page, list.count, of: Self.perPage, response)
            return .answer(.reviews(list.elements.map(\.review), nextCursor: next.map(String.init)))
        }
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
