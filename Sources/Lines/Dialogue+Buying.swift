import AppCore
import Domain
import ShopAccess
import Text
import ViewerUI

extension Dialogue {
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
                throw UsageError("The quantity is a whole number from 1 to \(most), as in ‘buy 1 2’")
            }
            quantity = number
        }
        guard let name = arguments.first else { return try buyWhatIsOnAir(way) }
        if let item = try item(name) { return try ask(item, quantity, way) }
        guard Int(name) == nil || session.channels.contains(where: \.takesNumbersForNames) else {
            throw UsageError("There is no product \(SafeText(name)) in the list")
        }
        let (channel, sku) = try session.choose(name)
        try ask(SKU(sku).placed(in: session.place(of: channel)), quantity ?? 1, way)
    }

    /// The one of the list that a number or a SKU names.
    /// - Throws: where it is the number of one and the SKU of another: neither is guessed.
    func item(_ name: String) throws -> Goods? {
        let bySKU = try index(of: name, in: goods.map(\.sku))
        let byNumber = goods.indices.first { String($0 + 1) == name }
        guard let bySKU, let byNumber, bySKU != byNumber else { return (bySKU ?? byNumber).map { goods[$0] } }
        throw UsageError(
            "\(name) is number \(name) of the list, \(goods[byNumber].name), and the SKU of \(goods[bySKU].name): "
                + "‘\(words(for: .buy(goods[byNumber].sku)))’ is the one, ‘buy \(bySKU + 1)’ the other")
    }

    private func buyWhatIsOnAir(_ way: Way) throws {
        guard let show else { throw UsageError("Buy what? ‘products’ lists what there is") }
        let variants = show.onAir.flatMap(\.goods)
        guard let first = variants.first else {
            throw UsageError(
                show.onAir.isEmpty
                    ? "Nothing is on air just now; ‘products’ lists what there is, ‘buy NUMBER’ buys it"
                    : "What is on air has no price")
        }
        guard variants.count > 1 else { return try ask(first, nil, way) }
        Output.line("Which? ‘buy’ and its number.")
        name(show.onAir)
    }

    /// - Parameter quantity: nil takes the fewest that the shop sells.
    private func ask(_ item: Goods, _ quantity: Int?, _ way: Way) throws {
        let rule = item.variant.quantities
        if let quantity, let words = rule.words, !rule.allows(quantity) {
            throw UsageError("The shop sells it \(words), so not \(quantity)")
        }
        try ask(item.sku, quantity ?? rule.lowest, way)
    }

    /// Says the full price and asks; a total that has run out, or that came with a refusal, is said and asked about again.
    func ask(_ sku: SKU, _ quantity: Int, _ way: Way) throws {
        defer { (try? engine())?.send(.request(.closePane)) }
        if let words = show?.wordsOffAir(of: sku) { Output.line(words) }
        guard var priced = try price(sku, quantity, way) else { return }
        var before: Money?
        while true {
            let total = priced.quote.total
            guard let method = try method(way, for: priced) else { return }
            // Who has been told of an earlier one and goes on means it.
            try session.refuseUnwanted(priced, again: true)
            if let news = priced.news { Output.line(news) }
            try say(priced, before: before, method)
            if before == nil { sayChoices(priced, quantity) }
            let aim = method.kind == .handover ? "For the shop's page" : "To buy"
            Output.line("\(aim), type ‘buy for \(total.decimalString)’. Anything else does not buy.")
            guard try isConfirmed(total, .buying, otherwise: "Not bought") else { return }
            before = total
            do {
                return say(try session.buy(priced, with: method.id, again: true))
            } catch let failure as CommandFailure where failure.obstacle == .expired {
                Output.line(failure.sentence)
                guard let again = try price(sku, quantity, way) else { return }
                priced = again
            } catch let failure as CommandFailure where failure.newQuote != nil {
                Output.line(failure.sentence)
                priced = try session.priced(in: engine())
            }
        }
    }

    private func method(_ way: Way, for priced: Priced) throws -> PaymentMethod? {
        guard let name = way.payment else {
            guard let proposed = priced.proposed else { throw CommandFailure(.refused, "the shop names no way to pay") }
            return proposed
        }
        guard let method = named(name, in: priced.methods, by: \.id.rawValue) else {
            throw UsageError("There is no such way to pay. " + ways(priced.methods))
        }
        return method
    }

    /// Asks what it costs; tells the shop who buys, where it wants to know.
    /// - Returns: nil where something else has to be said first.
    private func price(_ sku: SKU, _ quantity: Int, _ way: Way) throws -> Priced? {
        while true {
            do {
                return try session.price(
                    sku, quantity: quantity, show: show?.detail.show.id, deliveries: way.deliveries)
            } catch let choice as VariantToChoose {
                Output.line("Which? \(choice). ‘buy NUMBER\(quantity > 1 ? " \(quantity)" : "")’.")
                name([choice.product])
                return nil
            } catch let failure as CommandFailure {
                guard failure.shipments.isEmpty else {
                    Output.line("A delivery has to be chosen first.")
                    for line in DeliveryText(failure.shipments).lines { Output.line(line) }
                    Output.line("Choose with ‘\(words(for: .buy(sku))) \(quantity) by’ and its number.")
                    return nil
                }
                guard let words = failure.aboutAddress else { throw failure }
                Output.quote(words)
                guard try askForAddress(at: session.access(to: sku.channel)) else {
                    Output.line("Not bought.")
                    return nil
                }
            }
        }
    }

    private func say(_ priced: Priced, before: Money?, _ method: PaymentMethod) throws {
        let text = QuoteText(
            quote: priced.quote, method: method, now: priced.channel.serverTime(at: now), before: before)
        for line in text.lines { Output.line(line) }
        switch try engine().state.repeatOf(priced.sku) {
        case .toPay(let order)?:
            let pay = words(for: .pay(order.id))
            Output.line("\(order.name) of it is not paid yet: ‘\(pay)’ says where. To order one more, go on.")
        case .mayBeBought?:
            Output.line("You may have bought it already: ‘orders’ finds out. To buy one more, go on.")
        case nil: break
        }
    }

    /// Ways to pay and deliveries that could be chosen in the place of those that were said.
    private func sayChoices(_ priced: Priced, _ quantity: Int) {
        let deliveries = DeliveryText(priced.quote.shipments)
        if deliveries.isChoice {
            for line in deliveries.lines { Output.line(line) }
            Output.line("Another one: ‘\(words(for: .buy(priced.sku))) \(quantity) by’ and its number.")
        }
        if priced.methods.count > 1 {
            Output.line(
                ways(priced.methods)
                    + " Another one: ‘\(words(for: .buy(priced.sku))) \(quantity) with’ and its number.")
        }
    }

    private func ways(_ methods: [PaymentMethod]) -> String {
        "Ways to pay: " + methods.enumerated().map { "\($0 + 1). \($1.label)" }.joined(separator: ", ") + "."
    }

    private func say(_ order: Order) {
        for words in order.differenceWords { Output.line("\(words)") }
        Output.line("\(Phrase.placed(order)).")
        if order.isNotPaid, order.declined == nil {
            let serverNow = session.access(to: order.id.channel).serverTime(at: now)
            Output.line("\(Phrase.deadline(of: order, now: serverNow))")
        }
        LineText.order(order)
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
