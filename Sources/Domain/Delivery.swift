import Text

/// A way in which a shipment can be delivered.
package struct Delivery: Hashable, Sendable, Identifiable {
    package var id: DeliveryID
    package var label: SafeText
    /// As the order's total has it; nil where the shop does not say.
    package var price: Money?
    /// Time that it takes, in the shop's words.
    package var time: SafeText?
    /// The shopper has to fetch it. Never chosen for a shopper who has not asked for it.
    package var isPickup: Bool

    package init(
        id: DeliveryID, label: SafeText, price: Money? = nil, time: SafeText? = nil, isPickup: Bool = false
    ) {
        self.id = id
        self.label = label
        self.price = price
        self.time = time
        self.isPickup = isPickup
    }
}

/// Part of an order that is delivered by itself, with the ways to choose from. Its id is unique in its quote.
package struct Shipment: Hashable, Sendable, Identifiable {
    package var id: ShipmentID
    package var label: SafeText
    package var deliveries: [Delivery]
    /// The delivery that the total is for; nil while none is chosen.
    package var chosen: DeliveryID?

    package init(id: ShipmentID, label: SafeText, deliveries: [Delivery], chosen: DeliveryID? = nil) {
        self.id = id
        self.label = label
        self.deliveries = deliveries
        self.chosen = chosen
    }

    package var chosenDelivery: Delivery? { deliveries.first { $0.id == chosen } }
    /// Tells whether the shopper has something to decide.
    package var isChoice: Bool { deliveries.count > 1 || chosenDelivery == nil && !deliveries.isEmpty }
}

/// Deliveries that a shopper has asked for, by shipment. Other shipments go the way that is proposed.
package typealias DeliveryChoice = [ShipmentID: DeliveryID]

extension [Delivery] {
    /// The delivery that is proposed: the cheapest that ships. nil where everything has to be fetched.
    /// - Parameter current: stays where no other is cheaper.
    package func proposed(insteadOf current: DeliveryID? = nil) -> Delivery? {
        let shipped = filter { !$0.isPickup }
        guard var best = shipped.first(where: { $0.id == current }) ?? shipped.first else { return nil }
        for delivery in shipped where delivery.isCheaper(than: best) { best = delivery }
        return best
    }
}

extension Delivery {
    /// A price that is not known counts as the highest.
    fileprivate func isCheaper(than other: Delivery) -> Bool {
        guard let price else { return false }
        guard let otherPrice = other.price else { return true }
        return otherPrice.exceeds(price) == true
    }
}

/// A delivery in the order in which a shopper reads them: numbered from 1 through all shipments.
package struct NumberedDelivery: Hashable, Sendable {
    package var number: Int
    package var shipment: Shipment
    package var delivery: Delivery

    package var isChosen: Bool { shipment.chosen == delivery.id }
}

extension [Shipment] {
    package var numbered: [NumberedDelivery] {
        flatMap { shipment in shipment.deliveries.map { (shipment, $0) } }.enumerated().map { index, pair in
            NumberedDelivery(number: index + 1, shipment: pair.0, delivery: pair.1)
        }
    }

    /// Deliveries by what a shopper typed: an id, a name or a number of `numbered`. A name that several shipments offer is
    /// chosen for each of them.
    /// - Returns: the first that names no delivery as `unknown`.
    package func choice(named names: [String]) -> (choice: DeliveryChoice, unknown: String?) {
        var choice: DeliveryChoice = [:]
        for name in names {
            let all = numbered
            var found = all.filter { $0.delivery.id.rawValue == name }
            if found.isEmpty { found = all.filter { $0.delivery.label.string.lowercased() == name.lowercased() } }
            if found.isEmpty { found = all.filter { String($0.number) == name } }
            guard !found.isEmpty else { return (choice, name) }
            for item in found { choice[item.shipment.id] = item.delivery.id }
        }
        return (choice, nil)
    }
}

extension Refusal {
    /// The shop offers ways to get it, and none of them may be chosen for the shopper.
    package static let deliveryNeeded = "delivery_needed"
}
