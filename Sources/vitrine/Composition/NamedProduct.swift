import CurlTransport
import Domain
import HTTPTransport
import Storage
import Text

/// Where a form of a product was to be named, a product was that comes in several, or in one of another name.
struct FormToChoose: Error, CustomStringConvertible {
    let product: Product

    /// The form that an example is made with: one that can be had.
    var example: Variant? { product.variants.first { $0.stock != 0 } ?? product.variants.first }

    var description: String {
        let count = product.variants.count
        return count == 1
            ? "\(product.title) is bought by the SKU of its form" : "\(product.title) comes in \(count) forms"
    }
}

extension Session {
    /// A total that holds. One that has run out on its way is asked for again, and after that the shop is not believed.
    /// - Parameter deliveries: ids, names or numbers of deliveries; the cheapest that ship where there are none.
    /// - Throws: `FormToChoose` for what is no form of a product but the product itself.
    func quote(_ sku: SKU, quantity: Int, show: ShowID?, deliveries names: [String] = []) throws -> Quote {
        guard !names.isEmpty else { return try quote(sku, quantity, show, [:]) }
        // Which there are, the shop says with a total.
        let offered: [Shipment]
        do { offered = try quote(sku, quantity, show, [:]).shipments } catch let failure as CommandFailure
            where !failure.shipments.isEmpty
        {
            offered = failure.shipments
        }
        let (choice, unknown) = offered.choice(named: names)
        if let unknown {
            let words = offered.isEmpty ? "the shop offers no choice" : DeliveryText(offered).sentence
            throw CommandFailure(.usage, "no delivery “\(SafeText(unknown))”; \(words)")
        }
        return try quote(sku, quantity, show, choice)
    }

    private func quote(_ sku: SKU, _ quantity: Int, _ show: ShowID?, _ deliveries: DeliveryChoice) throws -> Quote {
        for _ in 0...Quote.retriesOfStale {
            let quote = try askForQuote(sku, quantity, show, deliveries)
            if quote.expiresAt > serverNow { return quote }
        }
        throw CommandFailure(.network, "not bought: \(Quote.wordsForStale)")
    }

    private func askForQuote(
        _ sku: SKU, _ quantity: Int, _ show: ShowID?, _ deliveries: DeliveryChoice
    ) throws -> Quote {
        do {
            return try answer(
                to: Question.quote(sku, quantity: quantity, show: show, deliveries), while: sku.rawValue)
        } catch let failure as CommandFailure where failure.status == .refused {
            // Only what cannot be bought as it was named is looked up.
            guard case .success(.product(let product)) = patience.answer(.product(ProductID(sku.rawValue)), nil) else {
                throw failure
            }
            guard product.variant(sku) != nil || product.variants.isEmpty else { throw FormToChoose(product: product) }
            if let elsewhere = product.elsewhere {
                let page = elsewhere.page.map { " " + SafeText($0).string } ?? ""
                throw CommandFailure(.refused, "not bought: \(product.title): \(elsewhere.explanation)\(page)")
            }
            throw failure.needsShopPage ? failure.adding(page: product.page) : failure
        }
    }

    /// The shop's own page of a product; nil where the shop does not say.
    func page(of sku: SKU) -> SafeText? {
        guard case .success(.product(let product)) = patience.answer(.product(ProductID(sku.rawValue)), nil) else {
            return nil
        }
        return product.page
    }

    /// The ways to pay for it, by its own figures where they say so.
    func paymentMethods(for quote: Quote) throws -> [PaymentMethod] {
        try quote.paymentMethods ?? answer(to: Question.paymentMethods, while: "ways to pay")
    }

    /// The way to pay that is taken where none is named.
    func proposed(of methods: [PaymentMethod]) throws -> PaymentMethod {
        guard let method = methods.proposed(after: try run(.orders(account: scope))) else {
            throw CommandFailure(.refused, "the shop names no way to pay")
        }
        return method
    }

    /// - Parameter name: an id, as lists print them, or the address of the product's page.
    func product(_ name: String) throws -> Product {
        guard name.contains("://") else {
            return try answer(to: Question.product(ProductID(try choose(name))), while: name)
        }
        if channels.count > 1 {
            guard let channel = channels.first(where: { name.hasPrefix($0.shop.provider.origin + "/") }) else {
                throw CommandFailure(.usage, "\(SafeText(name)): that is no channel's; add --channel NAME")
            }
            turn(to: channel)
        }
        return try answer(
            to: Question.product(at: TypedAddress.completed(name, hostNames: .curl)), while: name)
    }
}
