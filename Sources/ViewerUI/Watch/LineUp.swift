import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The products of the show, in order, with the one on air and the one after it marked.
    mutating func drawLineUp(_ watch: WatchState, _ state: AppState, in area: Rect) {
        guard area.height >= 2, !watch.lineUp.isEmpty else { return }
        clickable(.lineUp, area)
        let isCatalogue = watch.detail?.isCatalogue == true
        heading(isCatalogue ? "PRODUCTS" : "LINE-UP", row: 0, in: area)
        let products = state.lineUpRows
        guard !products.isEmpty else {
            put("Nothing matches “" + state.search[.lineUp] + "”.", .dim, x: 0, row: 1, in: area)
            return
        }
        let onAir = Set(watch.timeline?.played.highlight ?? [])
        let current = products.firstIndex { onAir.contains($0.id) }
        let isChoosing = watch.pane == .lineUp
        let focus = isChoosing ? products.firstIndex { $0.id == watch.selectedProduct } : current
        if let focus {
            putRight(
                " " + Phrase.count(focus + 1) + " of " + Phrase.count(products.count), .dim, right: area.width,
                row: 0, in: area)
        }
        let rows = area.inset(top: 1)
        let first = max(0, min(products.count - rows.height, (focus ?? 0) - rows.height / 3))
        let visible = products.dropFirst(first).prefix(rows.height).map(watch.current)
        // Of all, not only of those in sight: nothing moves sideways while they scroll.
        let prices = MoneyColumn(of: products.lazy.map(watch.current))
        let titleAt = area.width >= 44 ? 5 : 2
        for (row, product) in visible.enumerated() {
            let index = first + row
            let (mark, markRole): (SafeText, Role) =
                onAir.contains(product.id)
                ? ("●", .live)
                : !isCatalogue && index == (current ?? -2) + 1 ? (titleAt > 4 ? "next" : "›", .accent) : ("", .dim)
            put(mark, markRole, x: 0, row: row, in: rows)
            let priceRole: Role = state.age != nil ? .stale : product.isSoldOut ? .soldOut : .text
            let priceAt = putRight(prices.text(of: product), priceRole, right: rows.width, row: row, in: rows)
            put(
                product.title, product.isSoldOut ? .dim : .text, x: titleAt, row: row, in: rows,
                width: max(0, priceAt - titleAt - 2))
            clickable(.product(product.id), rows.row(row))
            if isChoosing, index == focus { select(row: row, in: rows) }
        }
    }
}
