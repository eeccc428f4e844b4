import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawHostPage(_ page: HostPageState, _ state: AppState, in area: Rect) {
        let host = page.host
        let followers: SafeText = host.followers.map { Phrase.count($0) + " followers" } ?? ""
        let followersAt = putRight(followers, .dim, right: area.width - 1, row: 0, in: area)
        let follow: SafeText = state.isFollowed(host.id) ? area.width >= 60 ? "  ♥ following" : " ♥" : ""
        let marks: SafeText = host.isVerified ? " ✓" : ""
        let nameWidth = followersAt - 3 - follow.width - marks.width
        let x = put(host.name, .strong, x: 1, row: 0, in: area, width: max(8, nameWidth))
        put(marks + follow, .accent, x: x, row: 0, in: area, width: followersAt - 1 - x)
        let bio =
            host.bio.isEmpty ? [] : host.bio.wrapped(width: min(90, area.width - 2), maxLines: max(1, area.height / 4))
        for (index, line) in bio.enumerated() { put(line, .text, x: 1, row: 1 + index, in: area) }
        let selected = (page.selected ?? state.hostPageRows.first).map { ListRow.ID($0) }
        drawRows(rows(of: page, state), selected: selected, state, in: area.inset(top: 2 + bio.count))
    }

    private func rows(of page: HostPageState, _ state: AppState) -> [ListRow] {
        let (coming, products, past) = state.hostPageLists
        let isSearched = state.search.isOn(in: .hostPage)
        var rows: [ListRow] = []
        if state.capabilities.contains(.shows) || !coming.isEmpty {
            rows.append(.heading(("SHOWS", "")))
            rows +=
                coming.isEmpty
                ? [.note(isSearched ? "No show matches." : "No show is planned.")]
                : coming.map { .show($0, isDated: true) }
            rows.append(.blank)
        }
        rows.append(.heading(("PRODUCTS", count(of: products, page))))
        if page.products != nil {
            let prices = MoneyColumn(of: products)
            rows +=
                products.isEmpty
                ? [.note(isSearched ? nothingFound(page) : "Nothing for sale just now.")]
                : products.map { .product($0, prices: prices) }
        } else if let failure = page.goods.failure {
            rows.append(.note("They could not be loaded: " + failure.explanation))
        } else {
            rows.append(.note("Loading…"))
        }
        if !past.isEmpty {
            rows += [.blank, .heading(("EARLIER", "replays"))] + past.map { .show($0, isDated: true) }
        }
        return rows
    }

    /// `50, and more`.
    private func count(of products: [Product], _ page: HostPageState) -> SafeText {
        let goods = page.found?.goods ?? page.goods
        guard !products.isEmpty else { return "" }
        return Phrase.count(products.count) + (goods.hasMore ? ", and more" : "")
    }

    private func nothingFound(_ page: HostPageState) -> SafeText {
        guard let found = page.found else { return "No product matches." }
        if let failure = found.goods.failure { return "The shop could not be asked: " + failure.explanation }
        return found.goods.isThere ? "No product matches." : "Looking…"
    }

    /// `Paper Moon table lamp   Studio Lopez      CHF 145.00`
    mutating func drawProduct(
        _ product: Product, _ prices: MoneyColumn, _ state: AppState, row: Int, in area: Rect
    ) {
        let role: Role = state.age != nil ? .stale : product.isSoldOut ? .soldOut : .price
        let priceAt = putRight(prices.text(of: product), role, right: area.width - 1, row: row, in: area)
        let mark: SafeText = state.wishes.contains(product.id) ? " ☆" : ""
        let brandAt = area.width * 3 / 5
        let hasBrand = area.width >= 70
        let room = (hasBrand ? brandAt : priceAt) - 5 - mark.width
        let end = put(product.title, product.isSoldOut ? .dim : .text, x: 3, row: row, in: area, width: max(0, room))
        put(mark, .accent, x: end, row: row, in: area)
        if hasBrand {
            // Among several shops, whose it is says more than who made it.
            let isOfAll = state.page == nil && state.hasSeveralChannels
            put(
                isOfAll ? state.named(product.id.channel) : product.brand, .dim, x: brandAt, row: row, in: area,
                width: max(0, priceAt - brandAt - 2))
        }
    }
}
