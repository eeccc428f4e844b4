import AppCore
import Domain
import ShopAccess
import Text
import ViewerUI

extension Dialogue {
    func listProducts(_ words: String) throws {
        // Prices and stock are asked for again: what was listed before may be old.
        let search = words.isEmpty ? nil : words
        var products: [Product] = []
        if let show = show?.detail.show.id {
            products = try collect(
                .products(search: search, show: show), at: session.access(to: show.channel), while: "the products")
        } else {
            try forEachChannel {
                products += try collect(.products(search: search, show: nil), at: $0, while: "the products")
            }
        }
        name(products)
        if products.isEmpty { Output.line("No products.") }
    }

    /// Gives each variant a number to name it by; what has none cannot be bought, and is no number's.
    func name(_ products: [Product]) {
        goods = []
        list(
            products.flatMap { product in
                let variants = product.goods
                defer { goods += variants }
                guard !variants.isEmpty else { return [unsold(product)] }
                return variants.enumerated().map { line($1, number: goods.count + $0 + 1) }
            })
    }

    /// In one line, what is not bought here.
    private func unsold(_ product: Product) -> String {
        let elsewhere = product.elsewhere.map {
            ". \($0.explanation)\($0.page.map { " " + SafeText($0).string } ?? "")"
        }
        return "–  \(product.title), \(Phrase.price(of: product))\(elsewhere ?? "")"
    }

    private func line(_ item: Goods, number: Int) -> String {
        let stock = Phrase.stock(of: item.variant).map { ", \($0)" } ?? ""
        let price = (item.isPricedFrom ? "from " : "") + Phrase.money(item.variant.price).string
        let rule = item.variant.quantities.words.map { ", \($0)" } ?? ""
        return "\(number). \(item.name), \(price), \(item.sku)\(stock)\(rule)\(place(item.sku.channel))"
    }

    // MARK: One product

    /// Says all there is to know of a product, and gives its variants numbers.
    func showProduct(_ name: String) throws {
        let product = try product(name)
        Output.line(LineText.heading(product))
        for line in product.summary.lines { Output.quote(line) }
        if let rating = product.rating {
            let stars = "\(rating.tenths / 10).\(rating.tenths % 10)"
            let reviews = words(for: .reviews(product.id))
            Output.line("Rated \(stars) of 5 by \(rating.count). ‘\(reviews)’ says what they wrote.")
        }
        if session.isWished(product.id) { Output.line("It is on your wish list.") }
        self.name([product])
    }

    func listReviews(_ name: String) throws {
        let product = try product(name)
        let channel = session.access(to: product.id.channel)
        let reviews = try collect(.reviews(product.id), at: channel, while: "the reviews")
        list(
            reviews.map { review in
                let mark = review.isVerified ? ", has bought it" : ""
                let day = Phrase.shortDay(LocalTime(review.at))
                return "\(review.stars) of 5, <\(review.author)>\(mark), \(day): \(review.text)"
            })
        if reviews.isEmpty { Output.line("No reviews.") }
    }

    /// The product that a name means: a number or SKU of the list, an id, or alone the first one on air.
    private func product(_ name: String) throws -> Product {
        if name.isEmpty {
            guard let product = show?.onAir.first else {
                throw UsageError("Which product? ‘products’ lists what there is")
            }
            return product
        }
        let sku = try item(name)?.sku
        if let sku, let product = show?.detail.lineUp.first(where: { $0.variant(sku) != nil }) { return product }
        guard Int(name) == nil || sku != nil || session.channels.contains(where: { $0.takesNumbersForNames }) else {
            throw UsageError("There is no product \(name) in the list")
        }
        let id: ProductID
        if let known = sku.flatMap({ products[$0] }) {
            id = known
        } else {
            let (channel, raw) = try session.choose(name)
            id = ProductID(raw).placed(in: session.place(of: channel))
        }
        return try session.ask(Question.product(id), at: session.access(to: id.channel), while: .name(name))
    }

    /// Products of the variants that were listed.
    private var products: [SKU: ProductID] { Dictionary(goods.map { ($0.sku, $0.product) }) { $1 } }

    // MARK: Wishes

    /// Puts a product on the wish list, or takes it off.
    func wish(_ name: String) throws {
        let wished = Int(name).flatMap { wishes.indices.contains($0 - 1) ? wishes[$0 - 1] : nil }
        let engine = try engine()
        if goods.isEmpty, let wished {
            engine.send(.request(.forgetWish(wished.product)))
            try session.keepSaid(engine)
            return Output.line("No longer on your wish list: \(wished.title).")
        }
        let product = try product(name)
        engine.send(.request(.toggleWish(product)))
        try session.keepSaid(engine)
        Output.line(
            session.isWished(product.id)
                ? "On your wish list: \(product.title)." : "No longer on your wish list: \(product.title).")
    }

    /// Lists the wish list with what the things on it cost now.
    func listWishes() throws {
        wishes = try engine().state.wishes.wishes
        goods = []
        list(
            try wishes.enumerated().map { index, wish in
                let channel = session.access(to: wish.product.channel)
                let before = wish.price.map { "\(Phrase.money($0)) when you put it there" }
                do {
                    let product = try session.ask(Question.product(wish.product), at: channel, while: "the price")
                    let price = Phrase.price(of: product)
                    return
                        "\(index + 1). \(wish.title), \(price)\(before.map { ", " + $0 } ?? "")\(place(wish.product.channel))"
                } catch let failure as CommandFailure {
                    return "\(index + 1). \(wish.title), \(failure.description)\(place(wish.product.channel))"
                }
            })
        if wishes.isEmpty { Output.line("Your wish list is empty. ‘wish NUMBER’ puts a product on it.") }
    }
}

extension ChannelAccess {
    /// Shops that are not ours call what they sell by numbers.
    var takesNumbersForNames: Bool { shop.provider.capabilities.contains(.contact) }
}

extension Product {
    /// Each variant of it by a name of its own.
    var goods: [Goods] {
        variants.map {
            Goods(sku: $0.sku, product: id, name: name(of: $0.sku), variant: $0, isPricedFrom: hasDearerForms)
        }
    }
}
