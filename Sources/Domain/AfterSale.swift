import Text

extension OrderStatus {
    /// What can come after it at a shop that tells. No status comes twice, so an order's history is never longer than there are statuses.
    package var next: Set<OrderStatus> {
        switch self {
        case .unpaid: [.onHold, .awaitingShipment, .cancelled]
        case .onHold: [.awaitingShipment, .cancelled]
        case .awaitingShipment: [.inTransit, .cancelled]
        case .inTransit: [.delivered]
        case .delivered: [.completed, .returned]
        case .completed, .cancelled, .returned, .gone: []
        }
    }

    /// Whether the shop has more to do with it. What is unpaid waits for the shopper.
    package var isUnderWay: Bool {
        switch self {
        case .onHold, .awaitingShipment, .inTransit: true
        case .unpaid, .delivered, .completed, .cancelled, .returned, .gone: false
        }
    }
}

/// What an order's total is made of, as it was sold.
package struct OrderBill: Hashable, Sendable {
    package var subtotal: Money
    /// Deals and coupons, each a negative amount with its reason.
    package var discounts: [Charge]
    package var shipping: Charge
    package var tax: Charge
    /// Whether `tax` is part of the prices already.
    package var taxIncluded: Bool
    package var duties: Charge

    package init(
        subtotal: Money, discounts: [Charge] = [], shipping: Charge, tax: Charge, taxIncluded: Bool, duties: Charge
    ) {
        self.subtotal = subtotal
        self.discounts = discounts
        self.shipping = shipping
        self.tax = tax
        self.taxIncluded = taxIncluded
        self.duties = duties
    }

    package init(_ quote: Quote) {
        self.init(
            subtotal: quote.subtotal, discounts: quote.discounts, shipping: quote.shipping, tax: quote.tax,
            taxIncluded: quote.taxIncluded, duties: quote.duties)
    }
}

/// What the shop tells of an order after the sale; what it does not tell is empty or nil.
package struct OrderCourse: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package var status: OrderStatus
        package var at: Timestamp

        package init(_ status: OrderStatus, at: Timestamp) {
            self.status = status
            self.at = at
        }
    }

    /// Which statuses it has had, the oldest first; the last is the one it has.
    package var history: [Step]
    package var parcel: Parcel?
    /// When the shop expects it to arrive; nil for what has not been paid or is there already.
    package var estimatedDelivery: Timestamp?
    /// Until then it can be sent back.
    package var returnBy: Timestamp?
    package var canReturn: Bool
    package var returning: ReturnRequest?

    package init(
        history: [Step] = [], parcel: Parcel? = nil, estimatedDelivery: Timestamp? = nil, returnBy: Timestamp? = nil,
        canReturn: Bool = false, returning: ReturnRequest? = nil
    ) {
        self.history = history
        self.parcel = parcel
        self.estimatedDelivery = estimatedDelivery
        self.returnBy = returnBy
        self.canReturn = canReturn
        self.returning = returning
    }
}

/// What carries an order, and where it has been.
package struct Parcel: Hashable, Sendable {
    package struct Event: Hashable, Sendable {
        package var at: Timestamp
        package var text: SafeText

        package init(at: Timestamp, text: SafeText) {
            self.at = at
            self.text = text
        }
    }

    package var carrier: SafeText
    package var number: SafeText
    /// The carrier's page on it: https only.
    package var link: String?
    /// The oldest first.
    package var events: [Event]

    package init(carrier: SafeText, number: SafeText, link: String? = nil, events: [Event] = []) {
        self.carrier = carrier
        self.number = number
        self.link = link
        self.events = events
    }
}

/// Why something goes back: the shop's own short list.
package enum ReturnReason: String, Sendable, CaseIterable {
    case damaged
    case wrongItem = "wrong_item"
    case notAsDescribed = "not_as_described"
    case doesNotFit = "does_not_fit"
    case changedMind = "changed_mind"
    case other
}

/// The wish to send an order back, and how far it has come.
package struct ReturnRequest: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        case requested, accepted, refunded
    }

    package struct Step: Hashable, Sendable {
        package var state: State
        package var at: Timestamp

        package init(_ state: State, at: Timestamp) {
            self.state = state
            self.at = at
        }
    }

    package var reason: ReturnReason
    package var note: SafeText
    /// The oldest first; never empty.
    package var steps: [Step]

    package init(reason: ReturnReason, note: SafeText = "", steps: [Step]) {
        self.reason = reason
        self.note = note
        self.steps = steps
    }

    package var state: State { steps.last?.state ?? .requested }
}

extension Order {
    /// Whether the shop has more to do with it, so that asking again can bring news.
    package var isUnderWay: Bool {
        status.isUnderWay || course.returning.map { $0.state != .refunded && status != .returned } ?? false
    }
}

extension Order {
    /// For so long after it was placed a shop may change its mind about an order that is over: pay it back, or take a
    /// payment that had failed.
    package static let mayChangeFor = Duration.seconds(90 * 86_400)

    /// Pause between two questions about it while somebody looks at orders: the longer nothing has happened,
    /// the longer. nil where no answer can bring news.
    /// - Parameters:
    ///   - reopens: the shop may change what it has called over.
    ///   - now: by the shop's clock.
    package func watchInterval(reopens: Bool, now: Timestamp) -> Duration? {
        guard !isHandedOver, status != .gone else { return nil }
        let quiet = max(.zero, now - max(placedAt, course.history.last?.at ?? placedAt))
        if isUnderWay { return quiet < Self.mayChangeFor ? max(quiet / 240, .seconds(15)) : nil }
        guard reopens, now - placedAt < Self.mayChangeFor else { return nil }
        return max(quiet / 24, .seconds(15 * 60))
    }
}
