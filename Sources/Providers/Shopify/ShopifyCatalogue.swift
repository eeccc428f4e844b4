import Domain
import HTTPTransport
import LiveAPI
import Text

/// What anybody may look at: the shop as one host, and its products. By the Storefront API where it is open, else by the
/// list of products; which of the two it is, is remembered.
extension ShopifyProvider {
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
        static func keepList(
            _ currency: String, _ now: Timestamp, _ next: @escaping @Sendable () throws(ShopFailure) -> ShopStep
        ) throws(ShopFailure) -> ShopStep {
            let note = try ShopNote.text(List(since: now, currency: currency))
            return .keep(listName, note) { () throws(ShopFailure) in try next() }
        }

        static func keepCountry(_ country: String?, _ next: @escaping @Sendable () -> ShopStep) -> ShopStep {
            .recall(countryName) { known in known == country ? next() : .keep(countryName, country) { next() } }
        }
    }

    /// Remembers where the shopper is before it goes on, so that what is looked at costs what the basket will say. What
    /// everybody may look at is asked for in nobody's name.
    func noting(_ account: Account?, _ next: @escaping @Sendable () -> ShopStep) -> ShopStep {
        Reading.keepCountry(Self.country(of: account), next)
    }

    /// As the shop takes it; nil where the shopper has said nothing of it.
    static func country(of account: Account?) -> String? {
        guard let country = account.flatMap({ ContactDetails(token: $0.token) })?[.country], country.utf8.count == 2
        else { return nil }
        return country
    }

    /// Asks the API, or reads the list where the shop has no API for us.
    /// - Parameter list: reads the list instead, with prices in a currency.
    func ask<Value: Decodable & Sendable>(
        _ now: Timestamp, _ question: @escaping @Sendable (Reading) -> ShopifyQuestion,
        list: @escaping @Sendable (String) throws(ShopFailure) -> ShopStep,
        _ next: @escaping @Sendable (Value, Reading, HTTPResponse) throws(ShopFailure) -> ShopStep
    ) -> ShopStep {
        .recallAll(Reading.prefix) { (notes) throws(ShopFailure) in
            let reading = Reading(notes, now)
            if let currency = reading.currency { return try list(currency) }
            return .send(try post(question(reading)), isDecisive: false) { (response) throws(ShopFailure) in
                let reply = ShopifyReply(response)
                guard !reply.isClosed else { return findList(now, list) }
                return try next(try reply.data(Value.self), reading, response)
            }
        }
    }

    /// Asks the shop for its name.
    func askShop(
        _ now: Timestamp, _ answer: @escaping @Sendable (SafeText, HTTPResponse) -> ShopAnswer
    ) -> ShopStep {
        .recallAll(Reading.prefix) { (notes) throws(ShopFailure) in
            guard Reading(notes, now).currency == nil else { return askWhatItSells(now, answer) }
            return .send(try post(.shop()), isDecisive: false) { (response) throws(ShopFailure) in
                let reply = ShopifyReply(response)
                // What a shop is called may need a key where what it sells needs none.
                guard !reply.isClosed else {
                    return reply.isDenied
                        ? askWhatItSells(now, answer)
                        : findList(now) { (_) throws(ShopFailure) in .answer(answer(name, response)) }
                }
                let shop = try reply.data(ShopName.self)
                return .answer(answer(shop.name.isEmpty ? name : shop.name, response))
            }
        }
    }

    /// Where nothing says what the shop is called, whether there is one.
    private func askWhatItSells(
        _ now: Timestamp, _ answer: @escaping @Sendable (SafeText, HTTPResponse) -> ShopAnswer
    ) -> ShopStep {
        ask(
            now, { .products(after: nil, country: $0.country) },
            list: { (_) throws(ShopFailure) in
                readList(page: 1, most: 1) { (_, response) in .answer(answer(name, response)) }
            }
        ) { (_: ShopifyGoods, _, response) in .answer(answer(name, response)) }
    }

    func askProducts(search: String?, cursor: String?, _ now: Timestamp) throws(ShopFailure) -> ShopStep {
        guard cursor.map({ IDAlphabet.isCursor($0) }) ?? true else { throw .notFound }
        return ask(
            now,
            { reading in
                search.map { .search($0, after: cursor, country: reading.country) }
                    ?? .products(after: cursor, country: reading.country)
            }, list: { (currency) throws(ShopFailure) in try listProducts(search: search, cursor: cursor, currency) }
        ) { (found: ShopifyGoods, _, _) in
            .answer(.products(found.page.nodes.map(\.product), nextCursor: found.page.next))
        }
    }

    /// - Parameter address: `/products/HANDLE`, perhaps within a collection or a language.
    func askProduct(at address: String, _ now: Timestamp) throws(ShopFailure) -> ShopStep {
        guard isOwn(address), let path = PageAddress(address)?.path, let index = path.lastIndex(of: "products"),
            index + 2 == path.count, ShopifyNumber.isHandle(path[index + 1])
        else { throw .notFound }
        return askProduct(path[index + 1], isHandle: true, now)
    }

    /// - Parameter id: the product's number, or its name in addresses.
    func askProduct(_ id: ProductID, _ now: Timestamp) throws(ShopFailure) -> ShopStep {
        let isHandle = !ShopifyNumber.isNumber(id.rawValue)
        guard !isHandle || ShopifyNumber.isHandle(id.rawValue) else { throw .notFound }
        return askProduct(id.rawValue, isHandle: isHandle, now)
    }

    private func askProduct(_ id: String, isHandle: Bool, _ now: Timestamp) -> ShopStep {
        ask(
            now, { .product(id, isHandle: isHandle, formsAfter: nil, country: $0.country) },
            list: { (currency) throws(ShopFailure) in
                findInList(currency, { isHandle ? $0.handle == id : $0.number == id }) {
                    .answer(.product($0.product))
                }
            }
        ) { (found: ShopifyFound, reading, _) throws(ShopFailure) in
            guard let product = found.product else { throw .notFound }
            guard isHandle || product.number == id else {
                throw .notUnderstood("the shop's reply is about something else")
            }
            return try askForms(of: product, reading.country)
        }
    }

    /// The forms that one reply has no room for.
    private func askForms(of product: ShopifyProduct, _ country: String?) throws(ShopFailure) -> ShopStep {
        guard let cursor = product.nextForms, product.forms.count < ShopifyProduct.mostForms else {
            return .answer(.product(product.product))
        }
        let question = ShopifyQuestion.product(
            product.number, isHandle: false, formsAfter: cursor, country: country)
        return .send(try post(question), isDecisive: false) { (response) throws(ShopFailure) in
            guard var next = try ShopifyReply(response).data(ShopifyFound.self).product else { throw .notFound }
            guard next.number == product.number, !next.forms.isEmpty, next.nextForms != cursor else {
                throw .notUnderstood("the shop's reply is about something else")
            }
            next.forms = product.forms + next.forms
            return try askForms(of: next, country)
        }
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
