/// Which parts of the buy pane a height has room for. The item with its SKU, what was chosen, the news and the total
/// always have theirs; the others come in the order of what a shopper needs to decide.
struct BuyLayout {
    private(set) var isPaymentShown = false
    /// Rows of deliveries to choose from, one for a shipment; fewer where there is no room for each.
    private(set) var deliveryRows = 0
    /// The SKU does not share the row of the name.
    private(set) var isSKUApart: Bool
    /// A row for each field; else all of them share one.
    private(set) var isEachFieldInItsRow = false
    private(set) var figures = 0
    private(set) var confirmRows = 0
    private(set) var isAddressShown = false
    private(set) var isBudgetShown = false
    private(set) var isHeadingShown = false
    private(set) var isRuleShown = false
    /// Blank rows, in this order: above the total's way to pay, above the figures, above the fields.
    private(set) var blanks = 0

    /// - Parameters:
    ///   - sku: the rows that the SKU takes by itself, and whether it needs them; 0 where it stands well beside the name.
    ///   - figures: how many lines of figures make up the total, and how many more only explain it.
    ///   - confirm: rows that the keys take.
    ///   - deliveries: shipments with deliveries to choose from.
    init(
        height: Int, sku: (rows: Int, areNeeded: Bool), fields: Int, news: Int,
        figures: (needed: Int, explaining: Int), confirm: Int, deliveries: Int,
        hasAddress: Bool, hasBudget: Bool
    ) {
        var left = height - 3 - news - (sku.areNeeded ? sku.rows : 0)
        isSKUApart = sku.areNeeded
        func take(_ rows: Int) -> Bool {
            guard rows <= left else { return false }
            left -= rows
            return true
        }
        isPaymentShown = take(1)
        if deliveries > 0, take(1) { deliveryRows = 1 }
        if sku.rows > 0, !isSKUApart { isSKUApart = take(sku.rows) }
        isEachFieldInItsRow = take(fields - 1)
        // All that add up to the total or none of them: a part of a sum explains nothing.
        if take(figures.needed) {
            self.figures = figures.needed
            confirmRows = take(1) ? 1 : 0
            while self.figures < figures.needed + figures.explaining, take(1) { self.figures += 1 }
        }
        while deliveryRows > 0, deliveryRows < deliveries, take(1) { deliveryRows += 1 }
        isAddressShown = hasAddress && take(1)
        isBudgetShown = hasBudget && take(1)
        if confirmRows > 0 || take(1) { confirmRows = take(confirm - 1) ? confirm : 1 }
        isHeadingShown = take(1)
        isRuleShown = take(1)
        while blanks < 3, take(1) { blanks += 1 }
    }
}
