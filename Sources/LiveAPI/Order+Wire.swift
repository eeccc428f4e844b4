import Domain

extension Charge: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(label: try wire.text("label", limit: 80), amount: try wire.get("amount"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("label", label)
        try wire.set("amount", amount)
    }
}

extension QuoteLine: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            sku: try wire.id("sku"), title: try wire.text("title", limit: 200), quantity: try wire.count("quantity"),
            unitPrice: try wire.get("unitPrice"), product: try wire.find("product"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("sku", sku)
        try wire.set("title", title)
        try wire.set("quantity", quantity)
        try wire.set("unitPrice", unitPrice)
        try wire.set("product", product)
    }
}

extension Quote: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        // Nothing here is lossy: a line or a discount that cannot be read must not vanish from a total.
        self.init(
            id: try wire.id("id"), lines: try wire.get("lines"), subtotal: try wire.get("subtotal"),
            discounts: try wire.find("discounts") ?? [], shipping: try wire.get("shipping"), tax: try wire.get("tax"),
            taxIncluded: try wire.get("taxIncluded"), duties: try wire.get("duties"), total: try wire.get("total"),
            address: try wire.find("address"), expiresAt: try wire.get("expiresAt"),
            shipments: Array(try wire.list("shipments").prefix(WireLimits.shipments)))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("lines", lines)
        try wire.set("subtotal", subtotal)
        try wire.set("discounts", discounts)
        try wire.set("shipping", shipping)
        try wire.set("tax", tax)
        try wire.set("taxIncluded", taxIncluded)
        try wire.set("duties", duties)
        try wire.set("total", total)
        try wire.set("address", address)
        try wire.set("expiresAt", expiresAt)
        if !shipments.isEmpty { try wire.set("shipments", shipments) }
    }
}

extension Delivery: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            id: try wire.id("id"), label: try wire.text("label", limit: 80), price: try wire.findPrice("price"),
            time: try wire.findText("time", limit: 80), isPickup: try wire.find("pickup") ?? false)
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("label", label)
        try wire.set("price", price)
        try wire.set("time", time)
        if isPickup { try wire.set("pickup", true) }
    }
}

extension Shipment: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            id: try wire.id("id"), label: try wire.text("label", limit: 80),
            deliveries: Array(try wire.list("deliveries").prefix(WireLimits.deliveries)),
            chosen: try wire.find("chosen").map { DeliveryID($0) })
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("label", label)
        try wire.set("deliveries", deliveries)
        try wire.set("chosen", chosen)
    }
}

extension PaymentMethod.Kind: Codable {}

extension PaymentMethod: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(id: try wire.id("id"), kind: try wire.get("kind"), label: try wire.text("label", limit: 80))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("kind", kind)
        try wire.set("label", label)
    }
}

extension Address: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            id: try wire.id("id"), label: try wire.text("label", limit: 200),
            country: try wire.text("country", limit: 2))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("label", label)
        try wire.set("country", country)
    }
}

extension OrderStatus: Codable {}

extension Order: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let refunded: Money? = wire.told("refunded")
        self.init(
            id: try wire.id("id"), key: try wire.get("key"), status: try wire.get("status"),
            lines: try wire.get("lines"),
            total: try wire.total(), placedAt: try wire.get("placedAt"),
            show: try wire.find("show"),
            checkoutURL: try wire.findLink("checkoutUrl").flatMap { PaymentPage($0) }?.address.string,
            checkoutExpiresAt: try wire.find("checkoutExpiresAt"), canCancel: try wire.find("canCancel") ?? false,
            bill: wire.bill, payment: wire.told("payment"), address: wire.told("address"), course: wire.course,
            declined: (try? wire.findText("declined", limit: 200)) ?? nil,
            refunded: refunded.flatMap { $0.amount > 0 ? $0 : nil }, isTotalInDoubt: wire.told("totalInDoubt") ?? false)
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("key", key)
        try wire.set("status", status)
        try wire.set("lines", lines)
        try wire.set("total", total)
        try wire.set("placedAt", placedAt)
        try wire.set("show", show)
        try wire.set("checkoutUrl", checkoutURL)
        try wire.set("checkoutExpiresAt", checkoutExpiresAt)
        try wire.set("canCancel", canCancel)
        try wire.set(bill)
        try wire.set("payment", payment)
        try wire.set("address", address)
        try wire.set(course)
        try wire.set("declined", declined)
        try wire.set("refunded", refunded)
        try wire.set("totalInDoubt", isTotalInDoubt ? true : nil)
        try encodeFindings(into: &wire)
    }

    /// Findings of the viewer, for those who read its JSON. No shop says them, so nobody reads them back.
    private func encodeFindings(into wire: inout WireWriter) throws {
        try wire.set("agreedTotal", agreement?.total)
        try wire.set("differences", differences.isEmpty ? nil : differences.map(\.rawValue))
        try wire.set("hasNumber", hasNumber || isHandedOver ? nil : false)
    }
}

extension WireReader {
    /// Reads the total of an order: never less than nothing, which would make room in a budget.
    fileprivate func total() throws -> Money {
        let total: Money = try get("total")
        guard !total.isNegative else {
            throw corrupted("total", "below nothing")
        }
        return total
    }
}
