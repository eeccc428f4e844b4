import Domain
import Text
import ViewerUI

/// Deliveries to choose from, numbered for a shopper to name one.
package struct DeliveryText {
    package let shipments: [Shipment]

    package init(_ shipments: [Shipment]) { self.shipments = shipments }

    /// Tells whether there is anything to choose.
    package var isChoice: Bool { shipments.contains(where: \.isChoice) }

    /// `there are: 1. Standard, 2–4 days, 7.00; 2. Express, 14.00`.
    package var sentence: String { "there are: " + names.joined(separator: "; ") }

    /// A line for each shipment that there is a choice for.
    package var lines: [String] {
        shipments.filter(\.isChoice).map { shipment in
            let name = shipments.count > 1 && !shipment.label.isEmpty ? "Deliveries of \(shipment.label)" : "Deliveries"
            let ways = numbered(in: shipment).map(words)
            return "\(name): " + ways.joined(separator: "; ") + "."
        }
    }

    private var names: [String] {
        shipments.flatMap { shipment in
            let name = shipments.count > 1 && !shipment.label.isEmpty ? "\(shipment.label): " : ""
            return numbered(in: shipment).map { name + words($0) }
        }
    }

    private func numbered(in shipment: Shipment) -> [NumberedDelivery] {
        shipments.numbered.filter { $0.shipment.id == shipment.id }
    }

    private func words(_ item: NumberedDelivery) -> String {
        "\(item.number). \(Phrase.delivery(item.delivery))\(item.isChosen ? " (chosen)" : "")"
    }
}
