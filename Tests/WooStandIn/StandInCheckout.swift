import HTTPTransport
import StandInJSON

extension StandInShop.State {
    private static let needed = ["first_name", "last_name", "address_1", "city", "country", "email"]

    private func empty(_ session: String) -> StandInRefusal {
        rules.isOld
            ? StandInRefusal(
                status: 400, code: "woocommerce_rest_cart_empty", message: "Cannot create order from empty cart.")
            : StandInRefusal(
                status: 409, code: "woocommerce_rest_cart_empty", message: "Cannot place an order, your cart is empty.",
                more: ["0": 400, "cart": cart(session)])
    }

    /// A look at the checkout.
    mutating func draft(_ session: String) throws -> JSONText {
        guard sessions[session]?.lines.isEmpty == false else { throw empty(session) }
        let isWaiting = sessions[session]?.draft.flatMap { orders[$0] }?.isUnpaid == true
        guard rules.drafts || isWaiting else {
            return ["order_id": 0, "status": "checkout-draft", "order_key": "", "payment_result": nil]
        }
        return reply(drafted(session), result: nil)
    }

    /// The basket as an order that is not one yet.
    private mutating func drafted(_ name: String) -> StandInShop.Order {
        let session = sessions[name] ?? .init()
        // One whose payment was refused is gone on with while the basket is the same.
        if let id = session.draft, var order = orders[id],
            order.status == "checkout-draft" || order.isUnpaid && order.lines.map(\.key) == session.lines.map(\.key)
        {
            order.total = bill(session).total
            order.lines = session.lines
            order.email = session.billing["email"] ?? ""
            orders[id] = order
            return order
        }
        let order = StandInShop.Order(
            id: nextOrder, key: "wc_order_\(nextOrder)abc", status: "checkout-draft",
            email: session.billing["email"] ?? "", method: "", total: bill(session).total, lines: session.lines)
        nextOrder += 1
        orders[order.id] = order
        sessions[name]?.draft = order.id
        return order
    }

    /// As the checkout does before it looks at anything else.
    mutating func draftOrder(for request: HTTPRequest) {
        let name = request.headers["Cart-Token"].flatMap { $0.split(separator: ".").first }.map(String.init) ?? ""
        if sessions[name]?.lines.isEmpty == false { _ = drafted(name) }
    }

    mutating func checkout(_ body: Body, _ session: String) throws -> JSONText {
        guard let billing = body.billing_address else {
            throw StandInRefusal(
                status: 400, code: "rest_missing_callback_param", message: "Missing parameter(s): billing_address",
                more: ["params": ["billing_address"]])
        }
        guard let method = body.payment_method, rules.methods.contains(method) else {
            let words = "payment_method is not one of the shop's."
            throw StandInRefusal(
                status: 400, code: "rest_invalid_param", message: "Invalid parameter(s): payment_method",
                more: [
                    "params": ["payment_method": .string(words)],
                    "details": [
                        "payment_method": ["code": "rest_not_in_enum", "message": .string(words), "data": nil]
                    ],
                ])
        }
        guard let lines = sessions[session]?.lines, !lines.isEmpty else { throw empty(session) }
        sessions[session]?.billing.merge(billing) { $1 }
        sessions[session]?.shipping.merge(body.shipping_address ?? billing) { $1 }
        // The draft is there before anything of the address is looked at.
        var order = drafted(session)
        if let missing = Self.needed.first(where: { (sessions[session]?.billing[$0] ?? "").isEmpty }) {
            throw StandInRefusal(
                status: 400, code: "woocommerce_rest_invalid_address",
                message: "There was a problem with the provided billing address: \(missing) is required")
        }
        for line in lines {
            guard let stock = goods.first(where: { $0.id == line.goods }).flatMap({ available($0, in: session) }),
                stock < line.quantity
            else { continue }
            throw StandInRefusal(
                status: 409, code: "woocommerce_rest_product_out_of_stock",
                message: "There is not enough of it.", more: ["cart": cart(session)])
        }
        let total = bill(sessions[session] ?? .init()).total
        if rules.takesMaximum, let most = body.expected_total.flatMap({ Int($0) }), total > most {
            throw StandInRefusal(
                status: 409, code: "woocommerce_rest_checkout_total_mismatch", message: "The order total changed.",
                more: ["cart": cart(session)])
        }
        order.status = method == "cod" ? "processing" : "on-hold"
        order.method = method
        order.email = sessions[session]?.billing["email"] ?? ""
        if let refusal = rules.refusing {
            order.status = refusal.orderStatus
            orders[order.id] = order
            return try refuse(order, refusal)
        }
        orders[order.id] = order
        for line in lines {
            guard let index = goods.firstIndex(where: { $0.id == line.goods }), let stock = goods[index].stock else {
                continue
            }
            goods[index].stock = max(0, stock - line.quantity)
        }
        sessions[session]?.lines = []
        sessions[session]?.draft = nil
        return reply(order, result: home + "/checkout/order-received/\(order.id)/?key=\(order.key)")
    }

    /// The order stays, and so do the basket and the session's way to it.
    private func refuse(_ order: StandInShop.Order, _ refusal: StandInShop.PaymentRefusal) throws -> JSONText {
        guard !refusal.isResult else {
            return reply(
                order,
                [
                    "payment_status": "failure",
                    "payment_details": [
                        ["key": "errorMessage", "value": .string(refusal.words)]
                    ], "redirect_url": "",
                ])
        }
        throw StandInRefusal(
            status: rules.isOld ? 402 : 400, code: "woocommerce_rest_checkout_process_payment_error",
            message: refusal.words)
    }

    private func reply(_ order: StandInShop.Order, result page: String?) -> JSONText {
        reply(
            order,
            [
                "payment_status": page == nil ? "" : "success", "payment_details": [],
                "redirect_url": .string(page ?? ""),
            ])
    }

    private func reply(_ order: StandInShop.Order, _ result: JSONText) -> JSONText {
        var reply: JSONText = [
            "order_id": .number(order.id), "status": .string(order.status), "order_key": .string(order.key),
        ]
        if !rules.isOld { reply = reply + ["order_number": .string(String(order.id))] }
        reply =
            reply + [
                "customer_note": "", "customer_id": 0, "billing_address": address([:], email: true),
                "shipping_address": address([:]), "payment_method": .string(order.method), "payment_result": result,
            ]
        if !rules.isOld { reply = reply + ["additional_fields": [:], "__experimentalCart": nil] }
        return reply + ["extensions": [:]]
    }

    func order(_ id: String, _ query: [String: String]) throws -> JSONText {
        guard let order = Int(id).flatMap({ orders[$0] }), query["key"] == order.key else {
            throw StandInRefusal(
                status: 401, code: "woocommerce_rest_invalid_order", message: "Invalid order ID or key provided.")
        }
        guard query["billing_email"] == order.email else {
            throw StandInRefusal(
                status: 401, code: "woocommerce_rest_invalid_billing_email", message: "Invalid billing email provided.")
        }
        return [
            "id": .number(order.id), "status": .string(order.status),
            "items": .array(order.lines.enumerated().compactMap { item($1, number: $0 + 1, of: order) }),
            "coupons": [], "fees": [], "totals": totals(order), "shipping_address": address([:]),
            "billing_address": address([:], email: true), "needs_payment": .truth(order.isUnpaid),
            "needs_shipping": true, "payment_requirements": ["products"], "errors": [],
        ]
    }

    /// A line of an order has a number of its own, and the order's key.
    private func item(_ line: StandInShop.Line, number: Int, of order: StandInShop.Order) -> JSONText? {
        guard case .object(let members)? = item(line) else { return nil }
        return .object(
            members.map { name, value in
                switch name {
                case "key": (name, .string(order.key))
                case "id": (name, .number(number))
                default: (name, value)
                }
            })
    }

    /// In hundredths, whatever the shop's own unit is, which it names all the same.
    private func totals(_ order: StandInShop.Order) -> JSONText {
        let items = order.lines.reduce(0) { $0 + lineTotal($1) }
        let rest = max(0, order.total - items)
        let shipping = rest == 0 ? 0 : min(rest, rules.shipping)
        return [
            "subtotal": hundredths(items), "total_discount": "0", "total_shipping": hundredths(shipping),
            "total_fees": "0", "total_tax": hundredths(rest - shipping), "total_refund": hundredths(order.refund),
            "total_price": hundredths(order.total), "total_items": hundredths(items), "total_items_tax": "0",
            "total_fees_tax": "0", "total_discount_tax": "0", "total_shipping_tax": "0", "tax_lines": [],
        ] + currency
    }

    private func hundredths(_ amount: Int) -> JSONText {
        var (amount, decimals) = (amount, rules.decimals)
        while decimals < 2 { (amount, decimals) = (amount * 10, decimals + 1) }
        while decimals > 2 { (amount, decimals) = ((amount + 5) / 10, decimals - 1) }
        return JSONText(amount)
    }
}

extension StandInShop.Order {
    /// It was made, and has not been paid.
    var isUnpaid: Bool { status == "pending" || status == "failed" }
}
