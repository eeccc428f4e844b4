import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The product on air; returns the rows it took.
    mutating func drawCard(_ watch: WatchState, _ state: AppState, _ keymap: Keymap, in area: Rect) -> Int {
        let count = watch.onAir.count
        let title: SafeText =
            count > 1 ? SafeText("ON AIR  \(min(watch.onAirIndex, count - 1) + 1) of \(count)  ‹ ›") : "ON AIR"
        heading(title, row: 0, in: area)
        guard let product = watch.productOnCard else {
            put(watch.detail == nil ? "Loading…" : "Between two products.", .dim, x: 0, row: 1, in: area)
            return 2
        }
        var row = 1
        for line in product.title.wrapped(width: area.width, maxLines: 2) {
            put(line, .cardTitle, x: 0, row: row, in: area)
            row += 1
        }
        put(origin(of: product), .dim, x: 0, row: row, in: area)
        if let rating = product.rating, area.height >= 16 {
            row += 1
            put(stars(rating), .text, x: 0, row: row, in: area)
        }
        row += area.height >= 18 ? 2 : 1
        drawPrice(of: product, watch, state, row: row, in: area)
        row += 1
        if let variant = product.cheapestAvailable, let lowest = variant.lowest30Days, variant.was != nil,
            area.height >= 14
        {
            put("lowest in 30 days " + Phrase.money(lowest), .dim, x: 0, row: row, in: area)
            row += 1
        }
        if !product.optionNames.isEmpty, area.height >= 12 {
            drawOptions(of: product, row: row, in: area)
            row += product.optionNames.count
        }
        if let scarcity = scarcity(of: product, watch, state) {
            put(scarcity.text, scarcity.role, x: 0, row: row, in: area)
            row += 1
        }
        return row
    }

    /// The card in few rows, for narrow screens.
    mutating func drawCompactCard(_ watch: WatchState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        guard let product = watch.productOnCard else {
            heading("ON AIR", row: 0, in: area)
            put(watch.detail == nil ? "Loading…" : "Between two products.", .dim, x: 0, row: 1, in: area)
            return
        }
        heading("ON AIR", row: 0, in: area)
        put(product.title, .cardTitle, x: 0, row: 1, in: area)
        drawPrice(of: product, watch, state, row: 2, in: area)
        if let scarcity = scarcity(of: product, watch, state) {
            put(scarcity.text, scarcity.role, x: 0, row: 3, in: area)
        }
        put(origin(of: product), .dim, x: 0, row: 4, in: area)
    }

    private func origin(of product: Product) -> SafeText {
        guard let country = product.shipsFrom else { return product.brand }
        return product.brand.isEmpty ? "ships from " + country : product.brand + " · ships from " + country
    }

    private func stars(_ rating: Rating) -> SafeText {
        let verified = rating.verified > 0 ? ", \(rating.verified) verified" : ""
        return SafeText("★ \(rating.tenths / 10).\(rating.tenths % 10)  (\(rating.count)\(verified))")
    }

    /// `CHF 145.00   was 180.00   deal −20 %`; a price that may be old is drawn so.
    private mutating func drawPrice(
        of product: Product, _ watch: WatchState, _ state: AppState, row: Int, in area: Rect
    ) {
        guard let variant = product.cheapestAvailable else { return }
        let isOld = !state.connection.isLive
        let hasRange = product.variants.contains { $0.price != variant.price }
        var x = put(
            (hasRange ? "from " : "") + Phrase.money(variant.price), isOld ? .stale : .price, x: 0, row: row, in: area)
        if isOld { x = put("  as it was", .stale, x: x, row: row, in: area) }
        if let was = variant.was, was.exceeds(variant.price) == true {
            x = put("   was " + Phrase.amount(was), .priceWas, x: x, row: row, in: area)
        }
        if let offer = watch.offer(on: product.id, serverNow: state.serverNow) {
            put(SafeText("   −\(offer.percentOff) %"), .offer, x: x, row: row, in: area)
        }
    }

    private mutating func drawOptions(of product: Product, row: Int, in area: Rect) {
        for (index, name) in product.optionNames.enumerated() {
            var x = put(name + "  ", .dim, x: 0, row: row + index, in: area)
            var seen: [SafeText] = []
            for variant in product.variants where variant.options.indices.contains(index) {
                let value = variant.options[index]
                guard !seen.contains(value) else { continue }
                seen.append(value)
                let isGone = product.variants.allSatisfy {
                    $0.options.indices.contains(index) && $0.options[index] != value || $0.stock == 0
                }
                guard x + value.width < area.width else {
                    put("…", .dim, x: x, row: row + index, in: area)
                    break
                }
                x = put(value, isGone ? .soldOut : .text, x: x, row: row + index, in: area)
                x = put("  ", .text, x: x, row: row + index, in: area)
            }
        }
    }

    /// Scarcity and countdowns, only as far as the shop states them.
    private func scarcity(of product: Product, _ watch: WatchState, _ state: AppState) -> (text: SafeText, role: Role)?
    {
        if product.isSoldOut { return ("sold out", .soldOut) }
        var parts: [SafeText] = []
        let stocks = product.variants.compactMap(\.stock)
        if stocks.count == product.variants.count {
            let left = stocks.reduce(0) { $0 + min($1, 1_000_000) }
            let totals = product.variants.compactMap(\.stockTotal)
            let total = totals.count == product.variants.count ? totals.reduce(0) { $0 + min($1, 1_000_000) } : 0
            parts.append(Phrase.count(left) + " left" + (total > left ? " of " + Phrase.count(total) : ""))
        }
        if let offer = watch.offer(on: product.id, serverNow: state.serverNow) {
            parts.append("deal ends in " + Phrase.clock(offer.endsAt - state.serverNow))
            if let remaining = offer.remaining { parts.append(Phrase.count(remaining) + " at this price") }
        }
        guard let first = parts.first else { return nil }
        let isLow = stocks.reduce(0) { $0 + min($1, 1_000_000) } <= 5 && !stocks.isEmpty
        return (parts.dropFirst().reduce(first) { $0 + " · " + $1 }, isLow ? .stockLow : .text)
    }
}

extension Product {
    /// The variant whose price a card shows: the cheapest that can be had.
    package var cheapestAvailable: Variant? {
        let available = variants.filter { $0.stock != 0 }
        return (available.isEmpty ? variants : available).min { $0.price.amount < $1.price.amount }
    }
}
