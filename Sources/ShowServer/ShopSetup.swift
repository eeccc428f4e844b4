import Domain

/// All that a shop brings to its server besides the database: its name, its ways to pay, where it sends to, and how long that
/// takes. A server without one shows what the database has, and sells nothing.
package struct ShopSetup: Sendable {
    /// A way to pay, and what becomes of an order that is paid with it.
    package struct Payment: Sendable {
        package enum Outcome: Sendable {
            case paid, declined
            /// The order waits until its page has taken the payment.
            case hosted
        }

        package let method: PaymentMethod
        package let outcome: Outcome

        package init(_ method: PaymentMethod, _ outcome: Outcome) { (self.method, self.outcome) = (method, outcome) }
    }

    /// An address that every account has, and the currency of the prices that are sent there where nobody says otherwise.
    package struct Destination: Sendable {
        package let currency: String
        package let address: Address

        package init(_ address: Address, currency: String) { (self.address, self.currency) = (address, currency) }
    }

    package var name: String
    package var payments: [Payment]
    package var destinations: [Destination]
    /// Nil where nobody can say when an order arrives before it has left.
    package var deliveryTimes: DeliveryTimes?
    /// Names besides those of the hosts that no shopper may choose: those of the moderators.
    package var moderators: [String]

    package init(
        name: String = "Vitrine", payments: [Payment] = [], destinations: [Destination] = [],
        deliveryTimes: DeliveryTimes? = nil, moderators: [String] = []
    ) {
        (self.name, self.payments, self.destinations) = (name, payments, destinations)
        (self.deliveryTimes, self.moderators) = (deliveryTimes, moderators)
    }

    func payment(_ id: PaymentMethodID) -> Payment? { payments.first { $0.method.id == id } }
    func address(_ id: AddressID) -> Address? { destinations.first { $0.address.id == id }?.address }

    /// Address that a quote sends to: the one that it names, or the one where the prices' currency is at home.
    func destination(_ id: AddressID?, currency: String) -> Address? {
        destinations.first { id == nil ? $0.currency == currency : $0.address.id == id }?.address
    }
}

/// Length of each step of an order.
package struct DeliveryTimes: Sendable {
    /// Somebody at the shop looks at an order that is on hold.
    package var checking: Duration
    package var packing: Duration
    package var travelling: Duration

    package init(checking: Duration, packing: Duration, travelling: Duration) {
        (self.checking, self.packing, self.travelling) = (checking, packing, travelling)
    }

    /// Time at which an order is expected that has not left yet; nil where it is not on its way.
    func expectedDelivery(_ status: OrderStatus, since: Timestamp) -> Timestamp? {
        switch status {
        case .onHold: since + checking + packing + travelling
        case .awaitingShipment: since + packing + travelling
        case .unpaid, .inTransit, .delivered, .completed, .cancelled, .returned, .gone: nil
        }
    }
}
