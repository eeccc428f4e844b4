import Domain
import HTTPTransport
import LiveAPI
import Text

/// Parcels of a basket as shipments to choose deliveries for. A shop selects the first of its rates, not the cheapest.
extension WooCart {
    /// - Parameter isTaxIncluded: prices are shown with their tax.
    func shipments(isTaxIncluded: Bool) throws(ShopFailure) -> [Shipment] {
        guard needsShipping else { return [] }
        return packages.map { package in
            Shipment(
                id: package.shipment, label: package.label,
                deliveries: package.rates.map { $0.delivery(isTaxIncluded: isTaxIncluded) },
                chosen: package.selected.map { DeliveryID($0.id) })
        }
    }

    /// Rates that the shop has selected, by parcel.
    var selectedRates: [String: String] {
        let selected = packages.compactMap { package in package.selected.map { (package.name.text, $0.id) } }
        return Dictionary(selected) { first, _ in first }
    }
}

extension WooPackage {
    var shipment: ShipmentID { ShipmentID(name.text) }

    /// Rate to select: the one that was asked for, else the cheapest that ships. nil where that is selected already, or
    /// where everything has to be fetched and nobody has asked for that.
    func wanted(_ choice: DeliveryChoice) -> Rate? {
        let asked = choice[shipment].flatMap { id in rates.first { $0.id == id.rawValue } }
        let current = selected
        let deliveries = rates.map { $0.delivery(isTaxIncluded: true) }
        let proposed = deliveries.proposed(insteadOf: current.map { DeliveryID($0.id) })
        let wanted = asked ?? proposed.flatMap { best in rates.first { $0.id == best.id.rawValue } }
        return wanted?.id == current?.id ? nil : wanted
    }

    /// Tells whether the rate that is selected may be paid for: one to fetch it at has to be asked for.
    func isSettled(_ choice: DeliveryChoice) -> Bool {
        guard let selected else { return false }
        return !selected.isPickup || choice[shipment]?.rawValue == selected.id
    }
}

extension WooPackage.Rate {
    func delivery(isTaxIncluded: Bool) -> Delivery {
        Delivery(
            id: DeliveryID(id), label: name.isEmpty ? SafeText(id) : name,
            price: isTaxIncluded ? price.adding(taxes) : price, time: time.isEmpty ? nil : time, isPickup: isPickup)
    }
}

extension WooCommerceProvider {
    /// Selects a rate for each parcel.
    /// - Returns: the basket as it is afterwards.
    func chooseDeliveries(
        _ choice: DeliveryChoice, _ cart: WooCart, _ session: WooSession, _ io: ShopIO
    ) async throws(ShopFailure) -> (WooCart, WooSession) {
        var (cart, session) = (cart, session)
        var packages = cart.packages[...]
        while let package = packages.popFirst() {
            guard let rate = package.wanted(choice) else { continue }
            let body = WooRateChoice(package_id: package.name, rate_id: rate.id)
            let response = try await io.send(try post("/cart/select-shipping-rate", body, session))
            cart = try WooReply(response).value(WooCart.self)
            session.take(response.headers)
            // What one parcel costs may depend on how another goes, so the others are looked at as they are now.
            let rest = Set(packages.map(\.name))
            packages = cart.packages.filter { rest.contains($0.name) }[...]
        }
        return (cart, session)
    }

    /// - Throws: `.refused` where a delivery has to be chosen first, or where nothing can be delivered.
    static func requireDeliveries(
        _ cart: WooCart, _ choice: DeliveryChoice, isTaxIncluded: Bool
    ) throws(ShopFailure) -> [Shipment] {
        guard cart.needsShipping else { return [] }
        let nowhere = Refusal(code: "no_shipping", message: "The shop does not send this to your address.")
        guard !cart.packages.isEmpty, cart.packages.allSatisfy({ !$0.rates.isEmpty }) else { throw .refused(nowhere) }
        var shipments = try cart.shipments(isTaxIncluded: isTaxIncluded)
        guard cart.packages.allSatisfy({ $0.isSettled(choice) }) else {
            for (index, package) in cart.packages.enumerated() where !package.isSettled(choice) {
                shipments[index].chosen = nil
            }
            throw .refused(
                Refusal(
                    code: Refusal.deliveryNeeded,
                    message: "The shop does not send this to your address. You can fetch it there: choose where.",
                    shipments: shipments))
        }
        guard cart.totals.shipping != nil else { throw .refused(nowhere) }
        return shipments
    }
}

/// The body of `/cart/select-shipping-rate`.
private struct WooRateChoice: Encodable {
    let package_id: WooPackage.Name
    let rate_id: String
}
