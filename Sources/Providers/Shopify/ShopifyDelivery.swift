import Domain
import HTTPTransport
import LiveAPI
import Text

/// A part of a basket with the ways that the shop would deliver it to the shopper's country. Prices are its estimates: its
/// own page asks for the address and adds them up.
struct ShopifyDeliveryGroup: Decodable, Sendable {
    struct Option: Decodable, Sendable {
        let handle: String
        let title: SafeText
        let kind: String
        /// nil where it cannot be read.
        let estimate: Money?

        init(from decoder: any Decoder) throws {
            let wire = try decoder.wire()
            handle = try wire.get("handle")
            title = try wire.findText("title", limit: 60) ?? ""
            kind = (try? wire.find("deliveryMethodType")) ?? ""
            let amount: ShopifyAmount? = try? wire.find("estimatedCost")
            estimate = amount.flatMap { $0.money.isNegative ? nil : $0.money }
        }

        var isPickup: Bool { ["PICK_UP", "PICKUP_POINT", "RETAIL"].contains(kind) }

        func delivery(like total: Money) -> Delivery {
            let price = estimate.flatMap { $0.currency == total.currency ? $0.rescaled(to: total.exponent) : nil }
            return Delivery(
                id: DeliveryID(handle), label: title.isEmpty ? SafeText(handle) : title, price: price,
                time: price == nil ? nil : "estimate", isPickup: isPickup)
        }
    }

    let id: String
    let options: [Option]
    let selected: String?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        id = try wire.get("id")
        options = try wire.list("deliveryOptions")
        let chosen = try? wire.object("selectedDeliveryOption")
        selected = try? chosen?.find("handle")
    }

    /// Handle to select; nil where it is selected already, or where everything has to be fetched.
    fileprivate func wanted(_ choice: DeliveryChoice, like total: Money) -> String? {
        let asked = choice[ShipmentID(id)].flatMap { id in options.first { $0.handle == id.rawValue } }
        let proposed = options.map { $0.delivery(like: total) }.proposed(insteadOf: selected.map { DeliveryID($0) })
        let wanted = asked?.handle ?? proposed?.id.rawValue
        return wanted == selected ? nil : wanted
    }
}

extension [ShopifyDeliveryGroup] {
    /// Of those that have a way at all. One to fetch it at is chosen by nobody but the shopper, on the shop's page at last.
    func shipments(like total: Money) -> [Shipment] {
        filter { !$0.options.isEmpty }.enumerated().map { index, group in
            Shipment(
                id: ShipmentID(group.id), label: SafeText("Parcel \(index + 1)"),
                deliveries: group.options.map { $0.delivery(like: total) },
                chosen: group.selected.map { DeliveryID($0) })
        }
    }
}

extension ShopifyProvider {
    /// Selects deliveries in the basket, so that the shop's page opens with them. The basket is as good without.
    func chooseDeliveries(
        _ choice: DeliveryChoice, in basket: ShopifyBasket, country: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ShopifyBasket {
        let wanted = basket.groups.compactMap { group in
            group.wanted(choice, like: basket.total).map { (group.id, $0) }
        }
        guard !wanted.isEmpty else { return basket }
        let options = Dictionary(wanted) { first, _ in first }
        let response = try await io.send(try post(.select(options, in: basket.id, country: country)))
        let change = try? ShopifyReply(response).data(ShopifyBasketChange.self)
        return change.flatMap { $0.errors.isEmpty ? $0.basket : nil } ?? basket
    }
}
