import Domain
import GRDB
import Text

/// What belongs to an order beyond its own row, as it is read from and written to tables of its own.
struct OrderParts {
    var lines: [QuoteLine] = []
    var charges: [(kind: String, charge: Charge)] = []
    var steps: [(kind: String, what: String, at: Timestamp)] = []

    init() {}

    init(_ order: Order) {
        lines = order.lines
        if let bill = order.bill {
            charges = [("subtotal", Charge(label: "", amount: bill.subtotal))]
            charges += bill.discounts.map { ("discount", $0) }
            charges += [("shipping", bill.shipping), ("tax", bill.tax), ("duties", bill.duties)]
        }
        let course = order.course
        steps = course.history.map { ("status", $0.status.rawValue, $0.at) }
        steps += (course.parcel?.events ?? []).map { ("parcel", $0.text.string, $0.at) }
        steps += (course.returning?.steps ?? []).map { ("return", $0.state.rawValue, $0.at) }
    }

    /// Whole, or none.
    func bill(taxIncluded: Bool?) -> OrderBill? {
        func charge(_ kind: String) -> Charge? { charges.first { $0.kind == kind }?.charge }
        guard let taxIncluded, let subtotal = charge("subtotal"), let shipping = charge("shipping"),
            let tax = charge("tax"), let duties = charge("duties")
        else { return nil }
        return OrderBill(
            subtotal: subtotal.amount, discounts: charges.filter { $0.kind == "discount" }.map(\.charge),
            shipping: shipping, tax: tax, taxIncluded: taxIncluded, duties: duties)
    }

    var history: [OrderCourse.Step] {
        steps(of: "status").compactMap { step in
            OrderStatus(rawValue: step.what).map { OrderCourse.Step($0, at: step.at) }
        }
    }

    var parcelEvents: [Parcel.Event] {
        steps(of: "parcel").map { Parcel.Event(at: $0.at, text: SafeText($0.what)) }
    }

    var returnSteps: [ReturnRequest.Step] {
        steps(of: "return").compactMap { step in
            ReturnRequest.State(rawValue: step.what).map { ReturnRequest.Step($0, at: step.at) }
        }
    }

    private func steps(of kind: String) -> [(kind: String, what: String, at: Timestamp)] {
        steps.filter { $0.kind == kind }
    }
}

extension Database {
    /// Of the newest orders, by their ids.
    func orderParts(account: String, limit: Int) throws -> [OrderID: OrderParts] {
        var parts: [OrderID: OrderParts] = [:]
        func read(_ columns: String, of table: String, _ take: (inout OrderParts, Row) throws -> Void) throws {
            let rows = try rows(
                """
                SELECT order_id, \(columns) FROM \(table) WHERE account = ?1 AND order_id IN
                    (SELECT id FROM orders WHERE account = ?1 ORDER BY placed_at DESC, id LIMIT ?2)
                ORDER BY order_id, position
                """, [account, limit])
            while let row = try rows.next() { try take(&parts[try row.id(0), default: OrderParts()], row) }
        }
        try read("sku, title, quantity, unit_price, exponent, currency, product", of: "order_lines") {
            $0.lines.append(
                QuoteLine(
                    sku: try $1.id(1), title: try $1.text(2), quantity: Int(try $1.integer(3)),
                    unitPrice: try $1.money(4), product: try $1.findID(7)))
        }
        try read("kind, label, amount, exponent, currency", of: "order_charges") {
            $0.charges.append((try $1.string(1), Charge(label: try $1.text(2), amount: try $1.money(3))))
        }
        try read("kind, what, at", of: "order_steps") {
            $0.steps.append((try $1.string(1), try $1.string(2), try $1.time(3)))
        }
        return parts
    }

    func insert(_ parts: OrderParts, of order: OrderID, account: String) throws {
        for (position, line) in parts.lines.enumerated() {
            try update(
                "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    account, order.rawValue, position, line.sku.rawValue, line.title.string, line.quantity,
                    line.unitPrice.amount, line.unitPrice.exponent, line.unitPrice.currency, line.product?.rawValue,
                ])
        }
        for (position, part) in parts.charges.enumerated() {
            let amount = part.charge.amount
            try update(
                "INSERT INTO order_charges VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    account, order.rawValue, position, part.kind, part.charge.label.string, amount.amount,
                    amount.exponent, amount.currency,
                ])
        }
        for (position, step) in parts.steps.enumerated() {
            try update(
                "INSERT INTO order_steps VALUES (?, ?, ?, ?, ?, ?)",
                [account, order.rawValue, position, step.kind, step.what, step.at.milliseconds])
        }
    }
}
