import FoundationEssentials
import HTTPTransport
import StandInJSON

/// What a request brings.
struct Body: Decodable {
    struct Choice: Decodable {
        var attribute: String
        var value: String
    }

    var id: Int?
    var quantity: Int?
    var key: String?
    var package_id: Name?
    var rate_id: String?
    var variation: [Choice]?
    var billing_address: [String: String]?
    var shipping_address: [String: String]?
    var payment_method: String?
    var expected_total: String?

    /// A number or a word.
    struct Name: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int.self) {
                text = String(number)
            } else {
                text = try value.decode(String.self)
            }
        }
    }

    init(_ request: HTTPRequest) throws {
        do { self = try JSONDecoder().decode(Body.self, from: request.body ?? Data("{}".utf8)) } catch {
            throw StandInRefusal(status: 400, code: "rest_invalid_json", message: "Invalid JSON body passed.")
        }
    }
}

extension StandInShop.State {
    private static let addressFields = [
        "first_name", "last_name", "company", "address_1", "address_2", "city", "state", "postcode", "country", "phone",
    ]

    mutating func addItem(_ body: Body, _ session: String) throws -> JSONText {
        guard let id = body.id, let found = goods.first(where: { $0.id == id }), found.kind != .grouped,
            found.kind != .external
        else {
            throw StandInRefusal(
                status: 400, code: "woocommerce_rest_cart_invalid_product",
                message: "Product with ID &quot;\(body.id ?? 0)&quot; was not found and cannot be added to the cart.")
        }
        let choice = (body.variation ?? []).map { ($0.attribute, $0.value) }
        let parent = goods.first { $0.id == found.parent }
        for attribute in found.attributes where found.kind == .variable || attribute.values == [""] {
            let values = parent?.attributes.first { $0.name == attribute.name }?.values ?? []
            guard let chosen = choice.first(where: { $0.0 == attribute.name })?.1, values.contains(chosen) else {
                throw StandInRefusal(
                    status: 400, code: "woocommerce_rest_missing_attributes",
                    message: "Missing attributes for variable product.")
            }
        }
        let name =
            found.kind == .variation ? found.name + " - " + (found.attributes.first?.values.first ?? "") : found.name
        guard !found.isSoldOut else {
            throw StandInRefusal(
                status: 400, code: "woocommerce_rest_product_out_of_stock",
                message: "You cannot add &quot;\(name)&quot; to the cart because the product is out of stock.")
        }
        let before = sessions[session]?.lines.first { $0.goods == id }?.quantity ?? 0
        let quantity = before + (body.quantity ?? 1)
        if let stock = available(found, in: session), quantity > stock {
            throw StandInRefusal(
                status: 400, code: "woocommerce_rest_product_partially_out_of_stock",
                message: "You cannot add that amount of &quot;\(name)&quot; to the cart because there is not enough "
                    + "stock (\(stock) remaining).")
        }
        sessions[session]?.lines.removeAll { $0.goods == id }
        // What is new in a basket is made what can be ordered, without a word.
        let most = found.most(available(found, in: session) ?? 9999)
        let possible = max(found.fewest, min(quantity, most))
        let rounded = (possible + found.multiple / 2) / found.multiple * found.multiple
        sessions[session]?.lines.append(.init(goods: id, quantity: rounded, choice: choice))
        return cart(session)
    }

    private func index(_ key: String?, _ session: String) throws -> Int {
        guard let index = sessions[session]?.lines.firstIndex(where: { $0.key == key }) else {
            throw StandInRefusal(
                status: 409, code: "woocommerce_rest_cart_invalid_key",
                message: "Cart item no longer exists or is invalid.", more: ["cart": cart(session)])
        }
        return index
    }

    mutating func updateItem(_ body: Body, _ session: String) throws -> JSONText {
        let index = try index(body.key, session)
        sessions[session]?.lines[index].quantity = body.quantity ?? 1
        return cart(session)
    }

    mutating func removeItem(_ body: Body, _ session: String) throws -> JSONText {
        let index = try index(body.key, session)
        sessions[session]?.lines.remove(at: index)
        return cart(session)
    }

    mutating func updateCustomer(_ body: Body, _ session: String) throws -> JSONText {
        if let billing = body.billing_address { sessions[session]?.billing.merge(billing) { $1 } }
        if let shipping = body.shipping_address { sessions[session]?.shipping.merge(shipping) { $1 } }
        for (name, address) in [("billing_address", body.billing_address), ("shipping_address", body.shipping_address)]
        {
            guard let address, address["country"] == "US", let state = address["state"], state.count != 2 else {
                continue
            }
            throw StandInRefusal(
                status: 400, code: "rest_invalid_param", message: "Invalid parameter(s): \(name)",
                more: ["params": .object([(name, JSONText.string("The provided state is not valid."))])])
        }
        return cart(session)
    }

    mutating func selectRate(_ body: Body, _ session: String) throws -> JSONText {
        let parcel = body.package_id?.text ?? "0"
        guard let rate = body.rate_id, rates(sessions[session] ?? .init()).contains(where: { $0.id == rate }),
            parcels.contains(parcel)
        else {
            throw StandInRefusal(
                status: 400, code: "woocommerce_rest_cart_invalid_rate", message: "The shipping rate is not valid.")
        }
        sessions[session]?.rates[parcel] = rate
        return cart(session)
    }

    // MARK: What it costs

    struct Bill {
        var items = 0, itemsTax = 0, shippingTax = 0
        var shipping: Int?
        var total: Int { items + itemsTax + (shipping ?? 0) + shippingTax }
    }

    func lineTotal(_ line: StandInShop.Line) -> Int {
        (goods.first { $0.id == line.goods }?.price ?? 0) * line.quantity
    }

    func rates(_ session: StandInShop.Session) -> [StandInRate] {
        let pickup = rules.hasPickup ? [StandInRate("local_pickup:2", "Local pickup", price: 0)] : []
        guard rules.countries.contains(session.shipping["country"] ?? "US") else { return [] }
        let flat = rules.hasFlatRate ? [StandInRate("flat_rate:1", "Flat rate", price: rules.shipping)] : []
        return pickup + flat + rules.moreRates
    }

    private var parcels: [String] { (0..<rules.parcels).map(String.init) }

    /// The rate that a parcel goes by: the one that was selected, else the shop's first.
    private func rate(of parcel: String, _ session: StandInShop.Session) -> StandInRate? {
        let rates = rates(session)
        return rates.first { $0.id == session.rates[parcel] } ?? rates.first
    }

    /// What a session can have of something: drafts of others hold theirs.
    func available(_ goods: StandInGoods, in session: String?) -> Int? {
        guard let stock = goods.stock, !goods.takesBackorders else { return nil }
        guard rules.draftsHoldStock else { return stock }
        let own = session.flatMap { sessions[$0]?.draft }
        let held = orders.values.filter { ($0.status == "checkout-draft" || $0.isUnpaid) && $0.id != own }
            .flatMap(\.lines).filter { $0.goods == goods.id }.reduce(0) { $0 + $1.quantity }
        return max(0, stock - held)
    }

    func isFilled(by address: String, with id: Int, _ quantity: Int) -> Bool {
        let query = Self.query(address)
        guard query["add-to-cart"] == String(id), query["quantity"] == String(quantity),
            let found = goods.first(where: { $0.id == id })
        else { return false }
        let parent = goods.first { $0.id == found.parent }
        return found.attributes.allSatisfy { attribute in
            guard attribute.values == [""] else { return true }
            let chosen = query["attribute_" + found.slug(of: attribute.name)] ?? ""
            return parent?.attributes.first { $0.name == attribute.name }?.values.contains(chosen) == true
        }
    }

    func needsShipping(_ session: StandInShop.Session) -> Bool {
        session.lines.contains { line in goods.first { $0.id == line.goods }?.isVirtual == false }
    }

    func bill(_ session: StandInShop.Session) -> Bill {
        var bill = Bill()
        bill.items = session.lines.reduce(0) { $0 + lineTotal($1) }
        bill.itemsTax = bill.items * rules.tax / 100
        guard needsShipping(session) else { return bill }
        let chosen = parcels.compactMap { rate(of: $0, session)?.price }
        bill.shipping = chosen.isEmpty ? nil : chosen.reduce(0, +)
        bill.shippingTax = (bill.shipping ?? 0) * rules.tax / 100
        return bill
    }

    func cart(_ name: String) -> JSONText {
        let session = sessions[name] ?? .init()
        let bill = bill(session)
        let lines = session.lines.filter { line in goods.contains { $0.id == line.goods } }
        let problems = lines.compactMap { line -> JSONText? in
            guard let found = goods.first(where: { $0.id == line.goods }), let stock = available(found, in: name),
                stock < line.quantity
            else { return nil }
            return [
                "code": .string(
                    stock == 0
                        ? "woocommerce_rest_product_out_of_stock" : "woocommerce_rest_product_partially_out_of_stock"),
                "message": .string("&quot;\(found.name)&quot; is out of stock and cannot be purchased."),
            ]
        }
        return [
            "items": .array(lines.compactMap(item)), "coupons": [], "fees": [], "totals": totals(bill, lines),
            "shipping_address": address(session.shipping), "billing_address": address(session.billing, email: true),
            "needs_payment": .truth(!lines.isEmpty && bill.total > 0), "needs_shipping": .truth(needsShipping(session)),
            "payment_requirements": ["products"], "has_calculated_shipping": .truth(needsShipping(session)),
            "shipping_rates": .array(needsShipping(session) ? parcels.map { package($0, session) } : []),
            "items_count": .number(lines.reduce(0) { $0 + $1.quantity }), "items_weight": 0, "cross_sells": [],
            "errors": .array(problems), "payment_methods": .array(methods(session).map { .string($0) }),
            "extensions": [:],
        ]
    }

    private func methods(_ session: StandInShop.Session) -> [String] {
        rules.methods.filter { $0 != "cod" || !rules.cashNeedsParcel || needsShipping(session) }
    }

    func address(_ fields: [String: String], email: Bool = false) -> JSONText {
        var members: [(String, JSONText)] = Self.addressFields.map { ($0, .string(fields[$0] ?? "")) }
        if email { members.append(("email", .string(set(fields["email"] ?? "")))) }
        return .object(members)
    }

    /// An e-mail address as old shops give it back: `48x17` as `48&#215;17`, an apostrophe as `&#8217;`.
    private func set(_ email: String) -> String {
        guard rules.setsAddresses else { return email }
        var text = email.replacing("'", with: "&#8217;")
        for digit in 0...9 {
            for other in 0...9 { text = text.replacing("\(digit)x\(other)", with: "\(digit)&#215;\(other)") }
        }
        return text
    }

    private func totals(_ bill: Bill, _ lines: [StandInShop.Line]) -> JSONText {
        [
            "total_items": JSONText(bill.items), "total_items_tax": JSONText(bill.itemsTax), "total_fees": "0",
            "total_fees_tax": "0", "total_discount": "0", "total_discount_tax": "0",
            "total_shipping": bill.shipping.map { JSONText($0) } ?? nil,
            "total_shipping_tax": bill.shipping == nil ? nil : JSONText(bill.shippingTax),
            "total_price": JSONText(bill.total), "total_tax": JSONText(bill.itemsTax + bill.shippingTax),
            "tax_lines": [],
        ] + currency
    }

    private func package(_ parcel: String, _ session: StandInShop.Session) -> JSONText {
        let rates = rates(session)
        let chosen = rate(of: parcel, session)
        let name = rules.parcels > 1 || rules.isOld ? "Shipment \((Int(parcel) ?? 0) + 1)" : "Shipment"
        return [
            "package_id": .number(Int(parcel) ?? 0), "name": .string(name), "destination": address(session.shipping),
            "items": [],
            "shipping_rates": .array(
                rates.map { rate in
                    [
                        "rate_id": .string(rate.id), "name": .string(rate.name), "description": "",
                        "delivery_time": .string(rate.time), "price": JSONText(rate.price),
                        "taxes": JSONText(rate.price * rules.tax / 100), "instance_id": 1,
                        "method_id": .string(rate.method), "meta_data": [], "selected": .truth(rate.id == chosen?.id),
                    ] + currency
                }),
        ]
    }

    func item(_ line: StandInShop.Line) -> JSONText? {
        guard let found = goods.first(where: { $0.id == line.goods }) else { return nil }
        let set = found.kind == .variation ? found.attributes.map { ($0.name, $0.values.first ?? "") } : []
        let choice = set.map { name, value in
            (name, value.isEmpty ? line.choice.first { $0.0 == name }?.1 ?? "" : value)
        }
        var item: JSONText = ["key": .string(line.key), "id": .number(line.goods)]
        if !rules.isOld { item = item + ["type": .string(found.kind.rawValue)] }
        return item + [
            "quantity": .number(line.quantity),
            "quantity_limits": limits(of: found, most: available(found, in: nil) ?? 9999) + [
                "editable": .truth(!found.isSoldSingly)
            ],
            "name": .string(found.name), "short_description": "", "description": "", "sku": "",
            "low_stock_remaining": nil, "backorders_allowed": false, "show_backorder_badge": false,
            "sold_individually": .truth(found.isSoldSingly), "permalink": "", "images": [],
            "variation": .array(
                choice.map { name, value in
                    let told: JSONText = ["attribute": .string(name), "value": .string(value)]
                    let raw: JSONText = ["raw_attribute": .string("attribute_" + found.slug(of: name))]
                    return rules.isOld ? told : raw + told
                }), "item_data": [],
            "prices": prices(found) + [
                "raw_prices": ["precision": 6, "price": "0", "regular_price": "0", "sale_price": "0"]
            ],
            "totals": [
                "line_subtotal": JSONText(lineTotal(line)),
                "line_subtotal_tax": JSONText(lineTotal(line) * rules.tax / 100),
                "line_total": JSONText(lineTotal(line)), "line_total_tax": JSONText(lineTotal(line) * rules.tax / 100),
            ] + currency,
            "catalog_visibility": "visible", "extensions": [:],
        ]
    }
}
