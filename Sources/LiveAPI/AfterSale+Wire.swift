import Domain
import Text

// What is told after the sale never hides the order itself: what cannot be understood counts as not told. Amounts are
// the exception to leaving parts out: a bill is whole or none.

extension ReturnReason: Codable {}
extension ReturnRequest.State: Codable {}

extension ReturnRequest.Step: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(try wire.get("state"), at: try wire.get("at"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("state", state)
        try wire.set("at", at)
    }
}

extension ReturnRequest: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            reason: wire.told("reason") ?? .other,
            note: try wire.findText("note", limit: WireLimits.noteCharacters) ?? "",
            steps: Array(try wire.list("steps").prefix(WireLimits.orderSteps)))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("reason", reason)
        try wire.set("note", note)
        try wire.set("steps", steps)
    }
}

extension OrderCourse.Step: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(try wire.get("status"), at: try wire.get("at"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("status", status)
        try wire.set("at", at)
    }
}

extension Parcel.Event: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(at: try wire.get("at"), text: try wire.text("text", limit: 120))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("at", at)
        try wire.set("text", text)
    }
}

extension Parcel: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let link = try wire.findLink("url").flatMap { $0.hasPrefix("https://") ? $0 : nil }
        self.init(
            carrier: try wire.text("carrier", limit: 40), number: try wire.text("number", limit: 64), link: link,
            events: Array(try wire.list("events").suffix(WireLimits.orderSteps)))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("carrier", carrier)
        try wire.set("number", number)
        try wire.set("url", link)
        try wire.set("events", events)
    }
}

extension OrderBill: Codable {
    package init(from decoder: any Decoder) throws { self = try decoder.wire().readBill() }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set(self)
    }
}

extension WireReader {
    func told<Value: Decodable>(_ key: WireKey) -> Value? { try? find(key) }

    var bill: OrderBill? { try? readBill() }

    fileprivate func readBill() throws -> OrderBill {
        OrderBill(
            subtotal: try get("subtotal"), discounts: try find("discounts") ?? [], shipping: try get("shipping"),
            tax: try get("tax"), taxIncluded: try get("taxIncluded"), duties: try get("duties"))
    }

    var course: OrderCourse {
        OrderCourse(
            history: Array(((try? list("history")) ?? []).suffix(WireLimits.orderSteps)), parcel: told("parcel"),
            estimatedDelivery: told("estimatedDelivery"), returnBy: told("returnBy"),
            canReturn: told("canReturn") ?? false, returning: told("return"))
    }
}

extension KeyedEncodingContainer where Key == WireKey {
    mutating func set(_ bill: OrderBill?) throws {
        guard let bill else { return }
        try set("subtotal", bill.subtotal)
        try set("discounts", bill.discounts)
        try set("shipping", bill.shipping)
        try set("tax", bill.tax)
        try set("taxIncluded", bill.taxIncluded)
        try set("duties", bill.duties)
    }

    mutating func set(_ course: OrderCourse) throws {
        try set("history", course.history)
        try set("parcel", course.parcel)
        try set("estimatedDelivery", course.estimatedDelivery)
        try set("returnBy", course.returnBy)
        try set("canReturn", course.canReturn)
        try set("return", course.returning)
    }
}
