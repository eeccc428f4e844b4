import AppCore
import Domain
import Settings
import TerminalKit
import Text

private typealias Line = PageLine<ProductPageState.Place>

extension Canvas {
    /// What it is and what it costs at the left, what is said of it at the right; below each other on narrow screens.
    mutating func drawProductPage(_ page: ProductPageState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        var page = page
        page.product = state.productOnPage ?? page.product
        let area = area.inset(left: 1, right: 1)
        guard area.width >= 74 else {
            if let buy = state.buy { return drawBuyPane(buy, state, keymap, in: area) }
            drawPage(
                offer(page, state, width: area.width) + [.blank] + words(page, width: area.width), at: page.place,
                in: area)
            return
        }
        if area.width >= 108 || state.buy != nil {
            let (left, side) = area.split(
                right: state.buy == nil ? area.width / 2 : min(56, max(36, area.width * 2 / 5)))
            let column = left.inset(right: 3)
            let isInWords: Bool =
                switch page.place {
                case .description, .review: true
                case .variant, nil: false
                }
            if let buy = state.buy {
                drawPage(
                    offer(page, state, width: column.width) + [.blank] + words(page, width: column.width),
                    at: page.place, in: column)
                drawBuyPane(buy, state, keymap, in: side)
            } else {
                drawPage(
                    offer(page, state, width: column.width),
                    at: isInWords ? page.variant.map { .variant($0.sku) } : page.place,
                    in: column)
                drawPage(words(page, width: side.width), at: isInWords ? page.place : nil, in: side)
            }
            return
        }
        drawPage(
            offer(page, state, width: area.width) + [.blank] + words(page, width: area.width), at: page.place, in: area)
    }

    // MARK: What it costs

    private func offer(_ page: ProductPageState, _ state: AppState, width: Int) -> [Line] {
        let product = page.product
        var lines = product.title.wrapped(width: width, maxLines: 2).map { Line(parts: [($0, .cardTitle)]) }
        let wished: (SafeText, Role)? =
            state.wishes.contains(product.id) ? (width >= 50 ? "☆ on your wish list" : "☆", .accent) : nil
        lines.append(Line(parts: [(origin(of: product), .dim)], right: wished))
        lines.append(
            Line(parts: [(product.rating.map(stars) ?? "not rated yet", product.rating == nil ? .dim : .text)]))
        lines += [.blank, .heading(product.optionNames.isEmpty ? "PRICE" : optionHeading(product))]
        if product.variants.isEmpty {
            let elsewhere = Phrase.elsewhere(product)
            let words: SafeText =
                page.failure.map { "It could not be loaded: " + $0.explanation }
                ?? (page.poller.isInFlight ? "Loading…" : "The shop lists nothing to buy of it.")
            for words in elsewhere.isEmpty ? [words] : elsewhere {
                lines += words.wrapped(width: width, maxLines: 3).map { Line(parts: [($0, .dim)]) }
            }
        }
        lines += variants(of: product, state, width: width)
        if let deal = state.deal(on: product.id) {
            let offer = deal.offerByLocalTime(in: state)
            let title = state.show(deal.show)?.title
            let wordings = [
                Phrase.deal(offer, in: title, now: state.now) + ", at checkout",
                Phrase.deal(offer, in: title, now: state.now),
                Phrase.deal(offer, in: nil, now: state.now),
            ]
            lines.append(Line(parts: [(Phrase.fullest(wordings, room: width), .offer)]))
        }
        lines.append(Line(parts: comparison(page.variant)))
        return lines + history(page, state, width: width)
    }

    private func optionHeading(_ product: Product) -> SafeText {
        SafeText(product.optionNames.map { $0.string.uppercased() }.joined(separator: ", "))
    }

    private func variants(of product: Product, _ state: AppState, width: Int) -> [Line] {
        let count = product.optionNames.count
        let widths = (0..<count).map { index in
            min((width - 26) / max(1, count), product.variants.map { $0.options.at(index).width }.max() ?? 0)
        }
        let prices = MoneyColumn(product.variants.map(\.price))
        return product.variants.map { variant in
            let isGone = variant.stock == 0
            var parts: [(text: SafeText, role: Role)] = []
            for (index, width) in widths.enumerated() {
                parts.append((variant.options.at(index).padded(to: width) + "  ", isGone ? .dim : .text))
            }
            parts.append((prices.text(variant.price), state.age != nil ? .stale : isGone ? .dim : .price))
            if let age = state.age, width >= 50 { parts.append((", " + age, .stale)) }
            let stock: (SafeText, Role)? =
                variant.stock.map {
                    $0 == 0
                        ? ("sold out", state.age != nil ? .stale : .soldOut)
                        : (Phrase.count($0) + " left", state.age != nil ? .stale : $0 <= 5 ? .stockLow : .dim)
                } ?? (variant.isOnBackorder ? ("on backorder", state.age != nil ? .stale : .dim) : nil)
            return Line(parts: parts, right: stock, place: .variant(variant.sku), isRow: true)
        }
    }

    /// With what the shop compares the price.
    private func comparison(_ variant: Variant?) -> [(text: SafeText, role: Role)] {
        guard let variant else { return [] }
        var parts: [(text: SafeText, role: Role)] = []
        if let was = variant.was, was.exceeds(variant.price) == true {
            parts.append(("was " + Phrase.amount(was), .priceWas))
        }
        if let lowest = variant.lowest30Days {
            parts.append(((parts.isEmpty ? "" : " · ") + "lowest in 30 days " + Phrase.money(lowest), .dim))
        }
        return parts
    }

    private func history(_ page: ProductPageState, _ state: AppState, width: Int) -> [Line] {
        guard let variant = page.variant else { return [] }
        let points = (page.history[variant.sku] ?? []).filter {
            $0.price.currency == variant.price.currency && $0.price.exponent == variant.price.exponent
        }
        var lines: [Line] = [.blank, .heading("PRICES YOU SAW")]
        guard let first = points.first, let low = points.map(\.price).min(by: { $0.amount < $1.amount }),
            let high = points.map(\.price).max(by: { $0.amount < $1.amount })
        else { return lines + [Line(parts: [("None so far.", .dim)])] }
        let since = Phrase.shortDay(LocalTime(first.at))
        guard low != high else {
            return lines + [Line(parts: [(Phrase.money(low) + " since " + since, .text)])]
        }
        let bars = Sparkline.text(points, until: state.now, width: min(48, width))
        lines.append(Line(parts: [(bars, .accent)]))
        lines.append(
            Line(
                parts: [
                    ("low ", .dim), (Phrase.amount(low), .priceDrop), ("  high ", .dim), (Phrase.amount(high), .text),
                ], right: ("since " + since, .dim)))
        return lines
    }

    // MARK: What is said of it

    private func words(_ page: ProductPageState, width: Int) -> [Line] {
        var lines: [Line] = [.heading("ABOUT")]
        lines += description(page, width: width - 2)
        let written = page.reviews.map { $0.isEmpty ? "" : Phrase.count($0.count) + " written" } ?? ""
        lines += [.blank, .heading("REVIEWS", right: written)]
        guard let reviews = page.reviews else {
            let words: SafeText =
                page.reviewsFailure.map { "They could not be loaded: " + $0.explanation } ?? "Loading…"
            return lines + words.wrapped(width: width, maxLines: 3).map { Line(parts: [($0, .dim)]) }
        }
        if reviews.isEmpty { lines.append(Line(parts: [("Nobody has written one yet.", .dim)])) }
        for (index, review) in reviews.enumerated() {
            if index > 0 { lines.append(.blank) }
            lines += self.lines(of: review, width: width)
        }
        return lines
    }

    /// Each place of the description begins with the line that has its letter.
    private func description(_ page: ProductPageState, width: Int) -> [Line] {
        guard !page.product.summary.isEmpty else {
            return [Line(parts: [("The shop does not describe it.", .dim)])]
        }
        let starts = page.places.compactMap { if case .description(let letter) = $0 { letter } else { nil } }
        var letters = 0
        return page.product.summary.wrapped(width: width).map { line in
            letters += line.string.count { !$0.isWhitespace }
            let place = starts.last { $0 < letters } ?? 0
            return Line(parts: [(line, .text)], place: .description(letter: place))
        }
    }

    private func lines(of review: Review, width: Int) -> [Line] {
        let stars = String(repeating: "★", count: review.stars) + String(repeating: "☆", count: 5 - review.stars)
        var parts: [(text: SafeText, role: Role)] = [(SafeText(stars) + "  ", .text)]
        let day = Phrase.shortDay(LocalTime(review.at))
        let verified: SafeText = review.isVerified ? width >= 46 ? "  ✓ verified buyer" : "  ✓" : ""
        let room = width - 2 - 7 - verified.width - day.width - 2
        parts.append((review.author.clipped(to: max(4, room)), .strong))
        parts.append((verified, .ok))
        let place = ProductPageState.Place.review(review.id)
        return [Line(parts: parts, right: (day, .dim), place: place)]
            + review.text.wrapped(width: width - 2).map { Line(parts: [($0, .text)], place: place) }
    }
}

extension [SafeText] {
    fileprivate func at(_ index: Int) -> SafeText { indices.contains(index) ? self[index] : "" }
}

extension SafeText {
    /// As wide as others of its column.
    package func padded(to cells: Int) -> SafeText {
        let shown = clipped(to: cells)
        return shown + .spaces(cells - shown.width)
    }
}
