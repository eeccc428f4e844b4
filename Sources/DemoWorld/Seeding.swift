import Domain
import ShowServer
import Text

/// Makes the demo shop's hosts, products and reviews in a fresh database.
struct Seeding {
    let cast: Cast
    let seed: UInt64

    func makeShop(_ studio: Studio) throws {
        for host in cast.hosts {
            try studio.add(
                HostDraft(
                    id: HostID(host.id), name: host.name, bio: host.bio, isVerified: host.isVerified,
                    followers: host.followers, keywords: host.tags))
            for id in cast.products(of: [host]) {
                if let item = cast.items[id] { try studio.add(product(item, now: studio.now)) }
            }
        }
    }

    private func product(_ item: Cast.Item, now: Timestamp) throws -> ProductDraft {
        var dice = SplitMix64(seed, UInt64(named: item.id.rawValue))
        let count = dice.pick(12...900)
        let tenths = dice.pick(38...50)
        let rating = Rating(tenths: tenths, count: count, verified: count * dice.pick(60...95) / 100)
        let (price, was) = try (money(item.seed.price, item), item.seed.was.map { try money($0, item) })
        // Three weeks ago it cost the price that it is compared with, or what it costs now.
        let past = now - .seconds(21 * 24 * 3600)
        let history = [
            PricePoint(at: past, price: was ?? price), PricePoint(at: past + .seconds(7 * 24 * 3600), price: price),
        ]
        let variants = item.variants.map { variant in
            let stock = dice.once(in: 9) ? dice.pick(1...4) : dice.pick(12...90)
            return ProductDraft.Variant(
                sku: variant.sku, options: variant.options, price: price, was: was, stock: stock,
                usualStock: max(stock, 12), history: history)
        }
        return ProductDraft(
            id: item.id, host: HostID(item.host.id), title: item.seed.title, brand: item.seed.brand,
            summary: item.seed.summary, shipsFrom: item.host.country, rating: rating,
            optionNames: item.seed.options.map(\.name), variants: variants)
    }

    private func money(_ amount: Int64, _ item: Cast.Item) throws -> Money {
        let exponent = CurrencyExponents.exponent(of: item.host.currency)
        guard let money = Money(amount: amount, exponent: exponent, currency: item.host.currency) else {
            throw ServerFailure("the demo has no price for \(item.id)")
        }
        return money
    }

    // MARK: Reviews

    /// Writes a few for every product: of many who rate a thing, few say why.
    func writeReviews(_ studio: Studio) throws {
        for id in cast.items.keys.sorted() {
            guard let rating = try studio.product(id)?.rating else { continue }
            try studio.add(reviews(of: id, tenths: rating.tenths, now: studio.now), of: id)
        }
    }

    private func reviews(of id: ProductID, tenths: Int, now: Timestamp) -> [Review] {
        var dice = SplitMix64(seed, UInt64(named: "reviews " + id.rawValue))
        var at = now
        return (0..<dice.pick(3...9)).map { position in
            at = at - .seconds(dice.pick(20_000...900_000))
            // Around the mean: a product of 4.7 stars has mostly fives, some fours and a rare two.
            let stars = dice.once(in: 9) ? 2 : dice.pick(1...10) <= tenths - 40 ? 5 : 4
            let author = dice.pick(Lines.viewers) ?? ""
            let text = text(stars, &dice)
            return Review(
                id: ReviewID("\(id.rawValue)-r\(position)"), author: SafeText(author), stars: stars,
                text: SafeText(text), at: at, isVerified: !dice.once(in: 4))
        }
    }

    private func text(_ stars: Int, _ dice: inout SplitMix64) -> String {
        let verdicts = stars == 5 ? ReviewLines.delighted : stars == 4 ? ReviewLines.content : ReviewLines.disappointed
        let verdict = dice.pick(verdicts) ?? ""
        return dice.once(in: 3) ? verdict : verdict + " " + (dice.pick(ReviewLines.details) ?? "")
    }
}
