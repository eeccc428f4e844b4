import Domain
import Text

extension Order {
    /// The shop has it and waits for the money, or did not take it. What is paid at the door or by a transfer is no such
    /// order.
    package var isNotPaid: Bool {
        guard status == .unpaid, !isHandedOver else { return false }
        return declined != nil || ![.later, .transfer].contains(payment?.kind)
    }
}
