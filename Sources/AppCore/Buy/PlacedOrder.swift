import Domain
import Text

extension Order {
    /// The shop has it and waits for the money; what is paid at the door or by a transfer is no such order.
    package var isNotPaid: Bool { status == .unpaid && !isHandedOver && payment?.kind != .later }
}
