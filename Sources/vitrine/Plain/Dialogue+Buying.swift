import AppCore
import Domain
import Text
import ViewerUI

extension Dialogue {
    func listProducts(_ words: String) throws {
        // Prices and stock are asked for anew: what was listed before may be old.
        let search = words.isEmpty ? nil : words
        let products = try session.collect("the products", .products(search: search, show: show?.detail.show.id))
        name(products)
        if products.isEmpty { Output.line("No products.") }
    }

    /// Each form with a number to name it by; what has none cannot be bought, and is no number's.
    private func name(_ products: [Product]) {
        goods = []
        list(
            products.flatMap { product in
                let forms = product.goods
                defer { goods += forms }
                guard !forms.isEmpty else { return [unsold(product)] }
                return forms.enumerated().map { line($1, number: goods.count + $0 + 1) }
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
        return "\(number). \(item.name), \(price), \(item.sku)\(stock)\(rule)"
    }

    /// Settles what is to be bought; from then on nothing that happens in the show changes it.
    func buy(_ arguments: [String]) throws {
        var arguments = arguments
        var way = Way()
        while arguments.count >= 2, way.take(arguments[arguments.count - 2].lowercased(), arguments.last ?? "") {
            arguments.removeLast(2)
        }
        var quantity: Int?
        if arguments.count > 1 {
            guard arguments.count == 2, let number = Int(arguments[1]), Quote.quantities.contains(number) else {
                let most = Quote.quantities.upperBound
                throw Misuse("The quantity is a whole number from 1 to \(most), as in ‘buy 1 2’")
            }
            quantity = number
        }
        guard let name = arguments.first else { return try buyWhatIsOnAir(way) }
        if let item = try item(name) { return try ask(item, quantity, way) }
        // Shops that are not ours call what they sell by numbers.
        guard Int(name) == nil || session.shop.provider.capabilities.contains(.contact) else {
            throw Misuse("There is no product \(SafeText(name)) in the list")
        }
        try ask(SKU(name), quantity ?? 1, way)
    }

    /// The one of the list that a number or a SKU names.
    /// - Throws: where it is the number of one and the SKU of another: neither is guessed.
    private func item(_ name: String) throws -> Goods? {
        let bySKU = goods.firstIndex { $0.sku.rawValue == name }
        let byNumber = goods.indices.first { String($0 + 1) == name }
        guard let bySKU, let byNumber, bySKU != byNumber else { return (bySKU ?? byNumber).map { goods[$0] } }
        throw Misuse(
            "\(name) is number \(name) of the list, \(goods[byNumber].name), and the SKU of \(goods[bySKU].name): "
                + "‘buy \(goods[byNumber].sku)’ is the one, ‘buy \(bySKU + 1)’ the other")
    }

    private func buyWhatIsOnAir(_ way: Way) throws {
        guard let show else { throw Misuse("Buy what? ‘products’ lists what there is") }
        let forms = show.onAir.flatMap(\.goods)
        guard let first = forms.first else {
            throw Misuse(
                show.onAir.isEmpty
                    ? "Nothing is on air just now; ‘products’ lists what there is, ‘buy NUMBER’ buys it"
                    : "What is on air has no price")
        }
        guard forms.count > 1 else { return try ask(first, nil, way) }
        Output.line("Which? ‘buy’ and its number.")
        name(show.onAir)
    }

    /// - Parameter quantity: nil takes the fewest that the shop sells.
    private func ask(_ item: Goods, _ quantity: Int?, _ way: Way) throws {
        let rule = item.variant.quantities
        if let quantity, let words = rule.words, !rule.allows(quantity) {
            throw Misuse("The shop sells it \(words), so not \(quantity)")
        }
        try ask(item.sku, quantity ?? rule.lowest, way)
    }

    func ask(_ sku: SKU, _ quantity: Int, _ way: Way) throws {
        var before: Money?
        if let words = show?.wordsOffAir(of: sku) { Output.line(words) }
        while true {
            guard let wish = try quote(sku, quantity, way) else { return }
            let quote = wish.quote
            let methods = try session.paymentMethods(for: quote)
            let proposed = try session.proposed(of: methods)
            guard let method = way.payment.map({ named($0, in: methods, by: \.id.rawValue) }) ?? proposed else {
                throw Misuse("There is no such way to pay. " + ways(methods))
            }
            try Purchase(session: session).keepWithinBudget(quote.total)
            if let news = wish.news { Output.line(news) }
            say(quote, of: sku, before: before, method)
            if before == nil { sayChoices(quote, methods, for: sku, quantity) }
            let aim = method.kind == .handover ? "For the shop's page" : "To buy"
            Output.line("\(aim), type ‘buy for \(quote.total.decimalString)’. Anything else does not buy.")
            guard try isConfirmed(quote.total, .buying, otherwise: "Not bought") else { return }
            guard quote.expiresAt <= session.serverNow else { return try place(sku, quantity, wish, method) }
            Output.line("Not bought: that total is no longer valid.")
            before = quote.total
        }
    }

    /// What it costs; the shop is told who buys, where it wants to know.
    /// - Returns: nil where something else has to be said first.
    private func quote(_ sku: SKU, _ quantity: Int, _ way: Way) throws -> PricedWish? {
        while true {
            do {
                return try session.bestQuote(
                    sku, quantity: quantity, show: show?.detail.show.id, deliveries: way.deliveries)
            } catch let choice as FormToChoose {
                Output.line("Which? \(choice). ‘buy NUMBER\(quantity > 1 ? " \(quantity)" : "")’.")
                name([choice.product])
                return nil
            } catch let failure as CommandFailure {
                guard failure.shipments.isEmpty else {
                    Output.line("A delivery has to be chosen first.")
                    for line in DeliveryText(failure.shipments).lines { Output.line(line) }
                    Output.line("Choose with ‘buy \(sku) \(quantity) by’ and its number.")
                    return nil
                }
                guard let words = failure.aboutAddress else { throw failure }
                Output.quote(words)
                guard try askForAddress() else {
                    Output.line("Not bought.")
                    return nil
                }
            }
        }
    }

    private func say(_ quote: Quote, of sku: SKU, before: Money?, _ method: PaymentMethod) {
        let text = QuoteText(quote: quote, method: method, now: session.serverNow, before: before)
        for line in text.lines { Output.line(line) }
        var known = OrdersState()
        known.orders = (try? session.run(.orders(account: session.scope))) ?? []
        if let order = known.toPay(sku) {
            Output.line("\(order.name) of it is not paid yet: ‘pay \(order.id)’ says where. To order one more, go on.")
        } else if (try? Purchase(session: session).refuseRepeat(sku)) == nil {
            Output.line("You may have bought it already: ‘orders’ finds out. To buy one more, go on.")
        }
    }

    /// Ways to pay and deliveries that could be chosen in the place of those that were said.
    private func sayChoices(_ quote: Quote, _ methods: [PaymentMethod], for sku: SKU, _ quantity: Int) {
        let deliveries = DeliveryText(quote.shipments)
        if deliveries.isChoice {
            for line in deliveries.lines { Output.line(line) }
            Output.line("Another one: ‘buy \(sku) \(quantity) by’ and its number.")
        }
        if methods.count > 1 {
            Output.line(ways(methods) + " Another one: ‘buy \(sku) \(quantity) with’ and its number.")
        }
    }

    private func ways(_ methods: [PaymentMethod]) -> String {
        "Ways to pay: " + methods.enumerated().map { "\($0 + 1). \($1.label)" }.joined(separator: ", ") + "."
    }

    private func place(_ sku: SKU, _ quantity: Int, _ wish: PricedWish, _ method: PaymentMethod) throws {
        let purchase = Purchase(session: session)
        let order = try purchase.make(
            try purchase.intent(sku, quantity: quantity, quote: wish.quote, method: method.id, show: wish.show))
        Output.line("\(Phrase.placed(order)).")
        if order.isNotPaid, order.declined == nil {
            Output.line("\(Phrase.deadline(of: order, now: session.serverNow))")
        }
        Lines.order(order)
    }
}

/// Choices of a purchase that the shopper names: `with` a way to pay, `by` deliveries, each by number, id or name.
struct Way {
    private(set) var payment: String?
    private(set) var deliveries: [String] = []

    /// - Returns: whether the word begins such a pair.
    mutating func take(_ word: String, _ name: String) -> Bool {
        switch word {
        case "with": payment = name
        case "by": deliveries = name.split(separator: ",").map(String.init) + deliveries
        default: return false
        }
        return true
    }
}

extension Product {
    /// Each form of it by a name of its own.
    var goods: [Goods] {
        variants.map { Goods(sku: $0.sku, name: name(of: $0.sku), variant: $0, isPricedFrom: hasDearerForms) }
    }
}
