import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The product on air; returns the rows it took. On narrow screens what is not needed to decide gives way.
    mutating func drawCard(_ watch: WatchState, _ state: AppState, in area: Rect) -> Int {
        guard let product = watch.productOnCard else {
            put(absence(watch), .dim, x: 0, row: 1, in: area)
            return 2
        }
        let count = watch.onAir.count
        heading(
            count > 1 ? SafeText("ON AIR  \(min(watch.onAirIndex, count - 1) + 1) of \(count)  ‹ ›") : "ON AIR", row: 0,
            in: area)
        let isRoomy = area.height >= 12
        var row = 1
        for line in product.title.wrapped(width: area.width, maxLines: isRoomy ? 2 : 1) {
            put(line, .cardTitle, x: 0, row: row, in: area)
            row += 1
        }
        if isRoomy {
            put(origin(of: product), .dim, x: 0, row: row, in: area)
            row += 1
        }
        if isRoomy, let rating = product.rating {
            put(stars(rating), .text, x: 0, row: row, in: area)
            row += 1
        }
        if area.height >= 18 { row += 1 }
        row += flow(prices(of: product, watch, state), row: row, maxRows: isRoomy ? 2 : 1, in: area)
        if isRoomy, let variant = product.cheapestAvailable, variant.was != nil, let lowest = variant.lowest30Days {
            put("lowest in 30 days " + Phrase.money(lowest), .dim, x: 0, row: row, in: area)
            row += 1
        }
        if isRoomy { row += drawOptions(of: product, row: row, in: area) }
        row += flow(scarcity(of: product, watch, state), gap: " · ", row: row, maxRows: isRoomy ? 3 : 1, in: area)
        return row
    }

    private func absence(_ watch: WatchState) -> SafeText {
        guard watch.detail != nil, watch.timeline != nil else { return "Loading…" }
        switch watch.state {
        case .scheduled: return watch.lineUp.isEmpty ? "The products come with the show." : "Nothing is on air yet."
        case .ended, .cancelled: return "Nothing is on air any more."
        case .live, nil:
            return watch.detail?.isCatalogue == true ? "Nothing is on air just now." : "Between two products."
        }
    }

    func origin(of product: Product) -> SafeText {
        guard let country = product.shipsFrom else { return product.brand }
        return product.brand.isEmpty ? "ships from " + country : product.brand + " · ships from " + country
    }

    func stars(_ rating: Rating) -> SafeText {
        let verified = rating.verified > 0 ? ", \(rating.verified) verified" : ""
        return SafeText("★ \(rating.tenths / 10).\(rating.tenths % 10)  (\(rating.count)\(verified))")
    }

    /// `CHF 145.00  −20 % at checkout  was 180.00`; a price that may be old says how old. A deal is no part of the price:
    /// the quote takes it off.
    private func prices(
        of product: Product, _ watch: WatchState, _ state: AppState
    ) -> [(text: SafeText, role: Role)] {
        guard let variant = product.cheapestAvailable else {
            guard product.elsewhere?.price != nil else { return [] }
            return [(Phrase.price(of: product), state.age == nil ? .price : .stale)]
        }
        let price = (product.isPricedFrom ? "from " : "") + Phrase.money(variant.price)
        var parts: [(text: SafeText, role: Role)] = []
        if let age = state.age {
            parts.append((price + ", " + age, .stale))
        } else {
            parts.append((price, product.isSoldOut ? .dim : .price))
        }
        if let offer = watch.offer(on: product.id, serverNow: state.showNow) {
            parts.append((SafeText("−\(offer.percentOff) % at checkout"), .offer))
        }
        if let was = variant.was, was.exceeds(variant.price) == true {
            parts.append(("was " + Phrase.amount(was), .priceWas))
        }
        return parts
    }

    /// The options with their values, a row each; returns the rows taken.
    private mutating func drawOptions(of product: Product, row: Int, in area: Rect) -> Int {
        let nameWidth = min(area.width / 2, product.optionNames.map(\.width).max() ?? 0)
        for (index, name) in product.optionNames.enumerated() {
            put(name, .dim, x: 0, row: row + index, in: area, width: nameWidth)
            var x = nameWidth + 2
            var seen: [SafeText] = []
            for variant in product.variants where variant.options.indices.contains(index) {
                let value = variant.options[index]
                guard !seen.contains(value) else { continue }
                let isGone = product.variants.allSatisfy {
                    $0.options.indices.contains(index) && $0.options[index] != value || $0.stock == 0
                }
                guard seen.isEmpty || x + value.width + 2 <= area.width else {
                    put("…", .dim, x: x, row: row + index, in: area)
                    break
                }
                seen.append(value)
                x = put(value, isGone ? .soldOut : .text, x: x, row: row + index, in: area) + 2
            }
        }
        return product.optionNames.count
    }

    /// Scarcity and countdowns, only as far as the shop states them.
    private func scarcity(
        of product: Product, _ watch: WatchState, _ state: AppState
    ) -> [(text: SafeText, role: Role)] {
        let isOld = state.age != nil
        if product.isSoldOut { return [("sold out", isOld ? .stale : .soldOut)] }
        let plain: Role = isOld ? .stale : .text
        var parts: [(text: SafeText, role: Role)] = []
        let stocks = product.variants.compactMap(\.stock)
        if !stocks.isEmpty, stocks.count == product.variants.count {
            let left = stocks.reduce(0) { $0 + min($1, 1_000_000) }
            let totals = product.variants.compactMap(\.stockTotal)
            let total = totals.count == product.variants.count ? totals.reduce(0) { $0 + min($1, 1_000_000) } : 0
            parts.append(
                (
                    Phrase.count(left) + " left" + (total > left ? " of " + Phrase.count(total) : ""),
                    left <= 5 && !isOld ? .stockLow : plain
                ))
        } else if !product.variants.isEmpty, product.variants.allSatisfy(\.isOnBackorder) {
            parts.append(("on backorder", plain))
        }
        if let offer = watch.offer(on: product.id, serverNow: state.showNow) {
            parts.append(("deal ends in " + Phrase.clock(offer.endsAt - state.showNow), plain))
            if let remaining = offer.remaining { parts.append((Phrase.count(remaining) + " at this price", plain)) }
        }
        return parts
    }
}
