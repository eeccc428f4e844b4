import Domain
import HTTPTransport
import LiveAPI
import Text

/// Products, which anybody may look at. By the Storefront API where it is open, else by the
/// list of products; which of the two it is, is remembered.
extension ShopifyProvider: SingleHostCatalogue {
    /// How a shop is read, as it is remembered of it.
    struct Reading: Sendable {
        static let prefix = "reading/"
        private static let listName = prefix + "list"
        private static let countryName = prefix + "country"
        /// A shop that had no API is asked for it again after so long.
        private static let holds = Duration.seconds(86_400)

        /// The list of products is read, with prices in this currency; nil where the API is asked.
        var currency: String?
        /// Where the shopper is; nil takes the shop's own prices.
        var country: String?

        init(_ notes: [String: String], _ now: Timestamp) {
            let list = ShopNote.value(List.self, notes[Self.listName])
            currency = list.flatMap { now - $0.since < Self.holds && now >= $0.since ? $0.currency : nil }
            country = notes[Self.countryName]
        }

        struct List: Codable { var since: Timestamp, currency: String }

        /// Remembers that the list is read, and in what currency.
        static func keepList(_ currency: String, _ io: ShopIO) async throws(ShopFailure) {
            try await io.keep(listName, try ShopNote.text(List(since: io.now, currency: currency)))
        }

        static func keepCountry(_ country: String?, _ io: ShopIO) async throws(ShopFailure) {
            if try await io.recall(countryName) != country { try await io.keep(countryName, country) }
        }
    }

    /// Remembers where the shopper is, so that what is looked at costs what the basket will say. What everybody may look at
    /// is asked for in nobody's name.
    func noteCountry(_ io: ShopIO) async throws(ShopFailure) {
        try await Reading.keepCountry(Self.country(of: io.account), io)
    }

    /// As the shop takes it; nil where the shopper has said nothing of it.
    static func country(of account: Account?) -> String? {
        guard let country = account.flatMap({ ContactDetails(token: $0.token) })?[.country], country.utf8.count == 2
        else { return nil }
        return country
    }

    /// Outcome of a question to the API.
    enum Reply<Value: Sendable>: Sendable {
        case api(Value, Reading, HTTPResponse)
        /// The shop has no API for us: its list of products is read instead, with prices in this currency.
        case list(currency: String)
    }

    func ask<Value: Decodable & Sendable>(
        _ question: (Reading) -> ShopifyQuestion, _ io: ShopIO
    ) async throws(ShopFailure) -> Reply<Value> {
        let reading = Reading(try await io.recallAll(Reading.prefix), io.now)
        if let currency = reading.currency { return .list(currency: currency) }
        let response = try await io.send(try post(question(reading)))
        let reply = ShopifyReply(response)
        guard !reply.isClosed else { return .list(currency: try await findList(io)) }
        return .api(try reply.data(Value.self), reading, response)
    }

    /// Asks the shop for its name.
    func askShop(_ io: ShopIO) async throws(ShopFailure) -> (name: SafeText, response: HTTPResponse) {
        guard Reading(try await io.recallAll(Reading.prefix), io.now).currency == nil else {
            return (name, try await askWhatItSells(io))
        }
        let response = try await io.send(try post(.shop()))
        let reply = ShopifyReply(response)
        guard reply.isClosed else {
            let shop = try reply.data(ShopName.self)
            return (shop.name.isEmpty ? name : shop.name, response)
        }
        // What a shop is called may need a key where what it sells needs none.
        if reply.isDenied { return (name, try await askWhatItSells(io)) }
        _ = try await findList(io)
        return (name, response)
    }

    /// Where nothing says what the shop is called, whether there is one.
    private func askWhatItSells(_ io: ShopIO) async throws(ShopFailure) -> HTTPResponse {
        let reply: Reply<ShopifyGoods> = try await ask({ .products(after: nil, country: $0.country) }, io)
        switch reply {
        case .api(_, _, let response): return response
        case .list: return try await readList(page: 1, most: 1, io).response
        }
    }

    package func products(
        search: String?, show: ShowID?, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Product> {
        guard show == nil else { throw .notFound }
        guard cursor.map({ IDAlphabet.isCursor($0) }) ?? true else { throw .notFound }
        let reply: Reply<ShopifyGoods> = try await ask(
            { reading in
                search.map { .search($0, after: cursor, country: reading.country) }
                    ?? .products(after: cursor, country: reading.country)
            }, io)
        switch reply {
        case .api(let found, _, _): return ListPage(found.page.nodes.map(\.product), next: found.page.next)
        case .list(let currency): return try await listProducts(search: search, cursor: cursor, currency, io)
        }
    }

    /// - Parameter address: `/products/HANDLE`, perhaps within a collection or a language.
    package func product(at address: String, _ io: ShopIO) async throws(ShopFailure) -> Product {
        guard isOwn(address), let path = PageAddress(address)?.path, let index = path.lastIndex(of: "products"),
            index + 2 == path.count, ShopifyNumber.isHandle(path[index + 1])
        else { throw .notFound }
        return try await askProduct(path[index + 1], isHandle: true, io)
    }

    /// - Parameter id: the product's number, or its name in addresses.
    package func product(_ id: ProductID, _ io: ShopIO) async throws(ShopFailure) -> Product {
        let isHandle = !ShopifyNumber.isNumber(id.rawValue)
        guard !isHandle || ShopifyNumber.isHandle(id.rawValue) else { throw .notFound }
        return try await askProduct(id.rawValue, isHandle: isHandle, io)
    }

    /// It shows none.
    package func reviews(of id: ProductID, cursor: String?, _ io: ShopIO) async throws(ShopFailure) -> ListPage<Review>
    {
        ListPage([])
    }

    private func askProduct(_ id: String, isHandle: Bool, _ io: ShopIO) async throws(ShopFailure) -> Product {
        let reply: Reply<ShopifyFound> = try await ask(
            { .product(id, isHandle: isHandle, formsAfter: nil, country: $0.country) }, io)
        switch reply {
        case .api(let found, let reading, _):
            guard let product = found.product else { throw .notFound }
            guard isHandle || product.number == id else {
                throw .notUnderstood("the shop's reply is about something else")
            }
            return try await withAllForms(product, reading.country, io).product
        case .list(let currency):
            return try await findInList(currency, { isHandle ? $0.handle == id : $0.number == id }, io).product
        }
    }

    /// With the forms that one reply has no room for.
    private func withAllForms(
        _ product: ShopifyProduct, _ country: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopifyProduct {
        var product = product
        while let cursor = product.nextForms, product.forms.count < ShopifyProduct.mostForms {
            let question = ShopifyQuestion.product(
                product.number, isHandle: false, formsAfter: cursor, country: country)
            let response = try await io.send(try post(question))
            guard var next = try ShopifyReply(response).data(ShopifyFound.self).product else { throw .notFound }
            guard next.number == product.number, !next.forms.isEmpty, next.nextForms != cursor else {
                throw .notUnderstood("the shop's reply is about something else")
            }
            next.forms = product.forms + next.forms
            product = next
        }
        return product
    }
}

private struct ShopName: Decodable, Sendable {
    let name: SafeText

    init(from decoder: any Decoder) throws {
        let shop = try decoder.wire().object("shop")
        name = try shop.text("name", limit: WireLimits.nameCharacters)
    }
}

/// A page of all products, or of those that a search has found.
private struct ShopifyGoods: Decodable, Sendable {
    let page: ShopifyPage<ShopifyProduct>

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        page = try wire.contains("search") ? wire.get("search") : wire.get("products")
    }
}

private struct ShopifyFound: Decodable, Sendable {
    let product: ShopifyProduct?

    init(from decoder: any Decoder) throws { product = try decoder.wire().find("product") }
}
