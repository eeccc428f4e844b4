import Domain
import Text

/// An order's own page.
package struct OrderPageState: Hashable, Sendable {
    /// What the cursor can stand on.
    package enum Place: Hashable, Sendable {
        case item(Int)
        case total
        case delivery
        /// A thing that happened, by its number from the oldest.
        case event(Int)
    }

    package let id: OrderID
    package var place: Place?
    /// A return that is being put together; nothing has been asked for yet.
    package var returning: ReturnDraft?
    /// What is to be bought again, once the shop has told what it is now.
    package var reordering: QuoteLine?

    package init(_ id: OrderID) { self.id = id }
}

/// A return on its way from a reason to a question to the shop.
package struct ReturnDraft: Hashable, Sendable {
    package enum Stage: Hashable, Sendable {
        case choosing
        /// The reason stands; the next Enter asks the shop.
        case confirming
        case asking
    }

    package var reason: ReturnReason = .damaged
    package var stage = Stage.choosing
    /// When the question was shown: a key that was typed before it was seen is no answer.
    package var askedAt: Timestamp

    package init(askedAt: Timestamp) { self.askedAt = askedAt }
}

/// Something that happened to an order.
package struct OrderEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case status(OrderStatus)
        case parcel(SafeText)
        case returning(ReturnRequest.State)
    }

    package var at: Timestamp
    package var kind: Kind
}

extension Order {
    /// All that is told of it, the oldest first.
    package var events: [OrderEvent] {
        let history = course.history.map { OrderEvent(at: $0.at, kind: .status($0.status)) }
        let parcel = (course.parcel?.events ?? []).map { OrderEvent(at: $0.at, kind: .parcel($0.text)) }
        let returning = (course.returning?.steps ?? []).map { OrderEvent(at: $0.at, kind: .returning($0.state)) }
        // Of what is told for the same moment the order's own status comes first: it is what the rest explains.
        return (history + parcel + returning).enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// From the top of the page to its end; what happened last stands first.
    package var places: [OrderPageState.Place] {
        lines.indices.map { .item($0) } + [.total, .delivery] + events.indices.reversed().map { .event($0) }
    }
}
