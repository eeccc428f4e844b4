import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawWishList(_ state: AppState, _ keymap: Keymap, in area: Rect) {
        let wishes = state.wishRows
        guard !state.wishes.wishes.isEmpty else {
            let key = keymap.name(of: .wish, in: .watch)
            drawEmpty(["Your wish list is empty.", key + " on a product puts it here. No shop is told."], in: area)
            return
        }
        guard !wishes.isEmpty else {
            drawEmpty(noMatch(state.search[.wishes], state, keymap), in: area)
            return
        }
        let columns = WishColumns(state.wishes, width: area.width)
        let x = put("WISH LIST", .strong, x: 1, row: 0, in: area)
        if columns.rowsEach == 1 {
            putRight("now", .dim, right: columns.nowEnd, row: 0, in: area)
            putRight("when wished", .dim, right: columns.thenEnd, row: 0, in: area)
        } else {
            put("now, and when wished", .dim, x: x + 2, row: 0, in: area)
        }
        let place = area.inset(top: 1)
        let selected = wishes.firstIndex { $0.product == state.wishes.selected } ?? 0
        let visible = max(1, place.height / columns.rowsEach)
        let first = firstVisible(selected: selected, count: wishes.count, height: visible)
        for index in first..<min(first + visible, wishes.count) {
            let rows = Rect(
                x: place.x, y: place.y + (index - first) * columns.rowsEach, width: place.width,
                height: columns.rowsEach
            ).intersection(place)
            drawWish(wishes[index], state, columns, in: rows)
            clickable(.product(wishes[index].product), rows)
            if index == selected { for row in 0..<rows.height { select(row: rows.height - 1 - row, in: rows) } }
        }
    }

    /// `Paper Moon table lamp   Studio Lopez   CHF 124.00   CHF 145.00   −21.00   Sun 22 Nov`
    private mutating func drawWish(_ wish: Wish, _ state: AppState, _ columns: WishColumns, in area: Rect) {
        let product = state.wishes.products[wish.product]
        let price = product?.cheapestAvailable?.price
        let difference = wish.price.flatMap { then in then.negated.flatMap { price?.adding($0) } }
        let isDrop = difference?.isNegative == true
        let now: (SafeText, Role) =
            if state.wishes.gone.contains(wish.product) {
                ("no longer sold", .dim)
            } else if let product, product.isSoldOut {
                ("sold out", state.age != nil ? .stale : .soldOut)
            } else if let price {
                (columns.prices.text(price), state.age != nil ? .stale : isDrop ? .priceDrop : .price)
            } else {
                ("—", .dim)
            }
        let then = wish.price.map(columns.prices.text) ?? ""
        let change: SafeText =
            difference.map { $0.amount == 0 ? "" : ($0.isNegative ? "" : "+") + Phrase.amount($0) } ?? ""
        let day = Phrase.shortDay(LocalTime(wish.at))
        guard columns.rowsEach == 1 else {
            let nowAt = putRight(now.0, now.1, right: area.width - 1, row: 0, in: area)
            put(wish.title, .text, x: 2, row: 0, in: area, width: max(0, nowAt - 4))
            let thenAt = putRight(then, .dim, right: area.width - 1, row: 1, in: area)
            let end = put(day, .dim, x: 2, row: 1, in: area)
            put(change, isDrop ? .priceDrop : .dim, x: end + 2, row: 1, in: area, width: max(0, thenAt - end - 3))
            return
        }
        putRight(now.0, now.1, right: columns.nowEnd, row: 0, in: area)
        putRight(then, .dim, right: columns.thenEnd, row: 0, in: area)
        putRight(change, isDrop ? .priceDrop : .dim, right: columns.changeEnd, row: 0, in: area)
        putRight(day, .dim, right: area.width - 1, row: 0, in: area)
        let titleEnd = columns.brandAt ?? columns.nowAt
        put(wish.title, .text, x: 2, row: 0, in: area, width: max(0, titleEnd - 4))
        if let brandAt = columns.brandAt {
            put(wish.brand, .dim, x: brandAt, row: 0, in: area, width: max(0, columns.nowAt - brandAt - 2))
        }
    }
}

/// The columns that all rows of the list share, from the right edge.
private struct WishColumns {
    let rowsEach: Int
    let prices: MoneyColumn
    let changeEnd: Int
    let thenEnd: Int
    let nowEnd: Int
    let nowAt: Int
    let brandAt: Int?

    init(_ wishes: WishState, width: Int) {
        rowsEach = width >= 76 ? 1 : 2
        let now = wishes.products.values.compactMap { $0.cheapestAvailable?.price }
        let all = now + wishes.wishes.compactMap(\.price)
        let prices = MoneyColumn(all)
        self.prices = prices
        let priceWidth = max(14, all.map { prices.text($0).width }.max() ?? 0)
        changeEnd = width - 13
        thenEnd = changeEnd - 10
        nowEnd = thenEnd - priceWidth - 2
        nowAt = nowEnd - priceWidth
        brandAt = width >= 110 ? nowAt * 3 / 5 : nil
    }
}
