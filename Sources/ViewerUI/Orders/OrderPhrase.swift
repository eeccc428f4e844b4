import Domain
import Text

extension Phrase {
    /// `Wed 25 Nov, 14:22`.
    package static func dayAndTime(_ local: LocalTime) -> SafeText { shortDay(local) + ", " + time(local) }

    /// What is known of a purchase that is no order.
    package static func state(of intent: OrderIntent) -> SafeText {
        switch intent.state {
        case .refused(let reason): "not bought: " + reason
        case _ where intent.isWithdrawn: "cancelled, unless the shop has it already"
        case .committed: "not sent yet"
        case .sent, .unknown, .placed: "perhaps bought; ask again later"
        }
    }

    /// A remark on an order in rows, each but the first indented: no words of a shop begin a row as ours do.
    static func rows(of remark: SafeText, width: Int) -> [SafeText] {
        let rows = remark.wrapped(width: max(1, width - 2))
        return rows.prefix(1) + rows.dropFirst().map { "  " + $0 }
    }

    package static func reason(_ reason: ReturnReason) -> SafeText {
        switch reason {
        case .damaged: "it is damaged"
        case .wrongItem: "it is the wrong item"
        case .notAsDescribed: "it is not as described"
        case .doesNotFit: "it does not fit"
        case .changedMind: "I changed my mind"
        case .other: "another reason"
        }
    }

    package static func returnState(_ state: ReturnRequest.State) -> SafeText {
        switch state {
        case .requested: "asked for"
        case .accepted: "accepted"
        case .refunded: "paid back"
        }
    }
}
