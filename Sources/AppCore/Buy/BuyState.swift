import Domain
import Text

/// The buy pane. It stays on the product it was opened for, whatever goes on air meanwhile.
package struct BuyState: Hashable, Sendable {
    /// Enter does nothing for so long after the pane opened or its figures changed.
    package static let deliberation = Duration.milliseconds(400)

    package enum Field: Hashable, Sendable {
        case option(Int), quantity
        /// Of the shipment at this place.
        case delivery(Int)
        case payment
    }

    package enum QuoteState: Hashable, Sendable {
        case loading
        case ready(Quote)
        case failed(SafeText)
    }

    package enum Stage: Hashable, Sendable {
        case choosing
        /// Confirmed: the pane shows how it goes on.
        case purchase(key: String)

        /// Key of the purchase that the pane is about.
        package var key: String? { if case .purchase(let key) = self { key } else { nil } }
    }

    package var product: Product
    package var show: ShowID?
    package var sku: SKU { didSet { if sku != oldValue { stockBefore = nil } } }
    package var quantity = 1
    package var field: Field = .quantity
    package var quote: QuoteState = .loading
    /// The figures that were shown last, also while new ones are asked for.
    private var shown: Quote?
    /// The figures that were shown before they changed, so that old and new can stand side by side.
    package private(set) var before: Quote?
    /// What was left when the pane began to be about this variant, where that has changed.
    package private(set) var stockBefore: Int?
    /// Deliveries to choose from, as the shop told them last.
    package private(set) var shipments: [Shipment] = []
    /// Deliveries that the shopper has asked for.
    package private(set) var deliveries: DeliveryChoice = [:]
    package var methods: [PaymentMethod] = []
    package var method: PaymentMethodID?
    /// Why the ways to pay are not known; nil while they are, or are being asked for.
    package var methodsFailure: SafeText?
    /// The same as the shop's failure; nil where there is none.
    package var methodsError: ShopFailure?
    /// The shop has said how it can be paid, if only that there is no way.
    package var areMethodsKnown = false
    package var stage: Stage = .choosing
    /// Why the last try was refused.
    package var refusal: SafeText?
    /// Reason why the last total that was named bought nothing.
    package internal(set) var obstacle: PurchaseObstacle?
    /// Way out where there is no total to agree to.
    package var remedy: Remedy?
    /// The shop has to know who buys and where it is sent to, or does not take what it was told.
    package var needsContact: Bool { remedy == .address }
    /// As long as this the deals of the live shows are waited for; nil while they are not.
    package var dealsAwaitedUntil: Timestamp?
    /// Number of totals in a row that had run out when they came.
    var staleQuotes = 0
    /// The shop has said that there is less of it than is wanted.
    package private(set) var isShort = false
    /// When the shop is asked whether there is more of it.
    package var restock = Poller()
    /// An earlier purchase of this, of which it is not known what became, has been pointed out.
    package var repeated: SKU?
    /// When the pane opened or its figures changed last.
    package var figuresAt: Timestamp
    /// It was named by its SKU, and not chosen on a page.
    package private(set) var isNamed = false
    /// The show that was named with it.
    private(set) var namedShow: ShowID?
    /// Shows whose deals the shop gives no total with.
    var refusedDeals: Set<ShowID> = []
    /// The show that the newest total was asked for with.
    var quotedShow: ShowID?
    var hasAskedForMethods = false
    var hasAskedForDeals = false
    /// Failure that kept the shop from telling a total; nil where there is a total or none was asked for.
    package var failure: ShopFailure?
    /// A change was noticed that calls for a new quote.
    package var needsQuote = false

    package init(product: Product, variant: Variant, show: ShowID?, now: Timestamp) {
        self.product = product
        self.show = show
        sku = variant.sku
        quantity = variant.quantities.lowest
        figuresAt = now
        if !variant.options.isEmpty { field = .option(0) }
    }

    /// For something that is known by its SKU alone.
    init(_ request: PriceRequest, now: Timestamp) {
        product = Product(
            id: ProductID(request.sku.rawValue).placed(in: request.sku.channel), title: SafeText(request.sku.rawValue),
            variants: [])
        show = request.show
        namedShow = request.show
        sku = request.sku
        quantity = request.quantity
        figuresAt = now
        isNamed = true
    }

    package var variant: Variant? { product.variant(sku) }
    /// Where the shop's figures say it is sent to.
    package var address: Address? { if case .ready(let quote) = quote { quote.address } else { nil } }
    /// Whether the figures say what can be paid with.
    var hasOwnMethods: Bool { if case .ready(let quote) = quote { quote.paymentMethods != nil } else { false } }
    package var payment: PaymentMethod? { methods.first { $0.id == method } }

    package var fields: [Field] {
        product.optionNames.indices.map { .option($0) } + [.quantity]
            + shipments.indices.filter { shipments[$0].isChoice }.map { .delivery($0) }
            + (methods.count > 1 ? [.payment] : [])
    }

    /// Shows figures, beside those that they replace where any differs.
    mutating func show(_ quote: Quote) {
        if let shown, !shown.hasSameFigures(as: quote) { before = shown }
        shown = quote
        shipments = quote.shipments
        // The shop may have no choice of deliveries any more.
        if !fields.contains(field) { field = .quantity }
        remedy = nil
        staleQuotes = 0
        // What the shop gives a total for after it was short of it is there, in a number that it does not tell.
        if isShort { setStock(nil) }
        isShort = false
        self.quote = .ready(quote)
    }

    /// There is no total to agree to, for this reason.
    mutating func fail(_ reason: SafeText, _ remedy: Remedy) {
        quote = .failed(reason)
        self.remedy = remedy
    }

    mutating func runShort(of stock: Int) {
        setStock(stock)
        isShort = true
        fail(stock == 0 ? "Sold out." : SafeText("Only \(stock) left."), .askAgain)
    }

    mutating func setStock(_ stock: Int?) {
        guard let index = product.variants.firstIndex(where: { $0.sku == sku }) else { return }
        let first = stockBefore ?? product.variants[index].stock
        stockBefore = first == stock ? nil : first
        product.variants[index].stock = stock
    }

    /// Takes the delivery that is so many steps from the one that is chosen.
    /// - Returns: whether that is another one.
    mutating func moveDelivery(of index: Int, by step: Int) -> Bool {
        guard shipments.indices.contains(index), !shipments[index].deliveries.isEmpty else { return false }
        let shipment = shipments[index]
        let all = shipment.deliveries.map(\.id)
        let current = shipment.chosen.flatMap(all.firstIndex(of:))
        let next = current.map { all[max(0, min(all.count - 1, $0 + step))] } ?? all[step > 0 ? 0 : all.count - 1]
        guard next != shipment.chosen else { return false }
        shipments[index].chosen = next
        deliveries[shipment.id] = next
        return true
    }

    /// Takes deliveries that were named.
    mutating func choose(_ choice: DeliveryChoice) {
        deliveries = choice
        for index in shipments.indices {
            shipments[index].chosen = choice[shipments[index].id] ?? shipments[index].chosen
        }
    }

    /// The product that the SKU is a variant of, as the shop's total tells it.
    mutating func learnProduct(_ id: ProductID, title: SafeText) {
        guard product.id != id || product.title != title else { return }
        product = Product(id: id, title: title, variants: product.variants)
    }

    /// One of the deliveries has to be chosen first.
    mutating func offer(_ shipments: [Shipment]) {
        self.shipments = shipments
        if let index = shipments.firstIndex(where: { $0.chosenDelivery == nil }) { field = .delivery(index) }
    }

    /// Takes the newest facts of a variant, but for what is left of the one in the pane, which is news of its own.
    mutating func note(price: Money, stock: Int?, of noted: SKU) {
        guard let index = product.variants.firstIndex(where: { $0.sku == noted }) else { return }
        product.variants[index].price = price
        if noted != sku { product.variants[index].stock = stock }
    }

    mutating func setQuantities(_ rule: QuantityRule) {
        guard let index = product.variants.firstIndex(where: { $0.sku == sku }) else { return }
        product.variants[index].quantities = rule
    }

    /// Something else is asked about: there is nothing to compare its figures with.
    mutating func forgetFigures() {
        shown = nil
        before = nil
    }

    /// Tells whether Enter can change anything: not a no that the same question would get again.
    package var takesConfirm: Bool {
        if case .failed = quote { remedy == nil || remedy == .askAgain } else { true }
    }

    /// Quote and way to pay that a key agrees to now; nil while anything is missing or too fresh to have been read.
    package func confirmable(now: Timestamp, serverNow: Timestamp) -> (quote: Quote, payment: PaymentMethod)? {
        now - figuresAt >= Self.deliberation ? confirmable(serverNow: serverNow) : nil
    }

    /// Quote and way to pay that can be agreed to now; nil while anything is missing.
    package func confirmable(serverNow: Timestamp) -> (quote: Quote, payment: PaymentMethod)? {
        guard obstacle(serverNow: serverNow) == nil, case .ready(let quote) = quote, let payment else { return nil }
        return (quote, payment)
    }
}
