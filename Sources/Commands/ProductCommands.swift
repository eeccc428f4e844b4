import AppCore
import Domain
import Lines
import LiveAPI
import ShopAccess
import Text
import ViewerUI

extension Session {
    /// Prints the products with the SKUs to buy them by.
    /// - Parameter show: as lists print a show's id; nil for all products.
    package func printProducts(show: String?, find search: String?, json: Bool) async throws {
        let chosen = try show.map { try choose($0) }
        let list = ListQuestion<Product>.products(search: search, show: chosen.map { ShowID($0.id) })
        guard !json else {
            let channel = try chosen?.channel ?? onlyChannel(for: "--json")
            return try Output.json(Page(items: try await collect(list, from: channel, while: "the products")))
        }
        var isEmpty = true
        func print(from channel: ChannelAccess, first: ShopAnswer?) async throws {
            // A large shop is printed as it comes.
            try await forEachPage(of: list, from: channel, first: first, while: "the products") { page in
                isEmpty = isEmpty && page.isEmpty
                for product in page { LineText.product(product, prefix: prefix(of: channel)) }
            }
        }
        if let channel = chosen?.channel {
            try await print(from: channel, first: nil)
        } else {
            let first = ShopQuery.products(search: search, show: nil, cursor: nil)
            try await forEachReachable(asking: first, while: "the products") { channel, first in
                try await print(from: channel, first: first)
            }
        }
        if isEmpty { Output.line("No products.") }
    }

    /// Prints one product with the forms it comes in, or the deals on it that run in live shows alone.
    package func printProduct(_ name: String, deals: Bool, json: Bool) async throws {
        let (channel, product) = try await product(name)
        guard !json || deals else { return try Output.json(product) }
        let running = await showsWithDeals(at: channel).flatMap { show in
            show.offers.filter { $0.product == product.id }.map { (show: show.show, offer: $0) }
        }
        let lines = running.map {
            "Deal: \(Phrase.deal($0.offer, in: $0.show.title, now: now)), at checkout"
        }
        guard !deals else {
            return try LineText.deals(running.map { Deal(show: $0.show.id, offer: $0.offer) }, lines, json: json)
        }
        Output.line("\(product.id)  \(LineText.heading(product))")
        for line in lines { Output.line(line) }
        for line in product.summary.lines { Output.quote(line) }
        for line in FormsTable(product: product).lines { Output.line(line.string) }
        if let example = product.exampleVariant, example.stock != 0 {
            Output.line(hintToBuy(example.sku, of: product, at: channel))
        }
    }

    /// - Parameter name: an id, as lists print them, or the address of the product's page.
    private func product(_ name: String) async throws -> (ChannelAccess, Product) {
        guard name.contains("://") else {
            let (channel, id) = try choose(name)
            return (channel, try await answer(to: Question.product(ProductID(id)), from: channel, while: .name(name)))
        }
        var channel = channels[0]
        if channels.count > 1 {
            guard let named = channels.first(where: { name.hasPrefix($0.shop.provider.origin + "/") }) else {
                throw CommandFailure(.usage, "\(SafeText(name)): that is no channel's; add --channel NAME")
            }
            channel = named
        }
        let address = completeAddress(name)
        return (channel, try await answer(to: Question.product(at: address), from: channel, while: .name(name)))
    }
}
