import Foundation
import HTTPTransport
import StandInJSON

extension StandInShopify.State {
    private static func path(_ url: String) -> String {
        String(url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }.prefix { $0 != "?" })
    }

    private static func query(_ url: String, _ name: String) -> Int? {
        let pairs = url.drop { $0 != "?" }.dropFirst().split(separator: "&")
        return pairs.first { $0.hasPrefix(name + "=") }.flatMap { Int($0.dropFirst(name.count + 1)) }
    }

    mutating func answer(_ request: HTTPRequest) -> HTTPResponse? {
        let path = Self.path(request.url)
        let isAPI = request.method == .post && path.hasPrefix("/api/") && path.hasSuffix("/graphql.json")
        let body = isAPI ? try? JSONDecoder().decode(JSONText.self, from: request.body ?? Data()) : nil
        if let data = request.body { bodies.append(String(decoding: data, as: UTF8.self)) }
        // What a person's browser would ask for has no operation in it.
        let operation = body.map { body in
            Result { try GraphQLOperation(body["query"]?.string ?? "", body["variables"] ?? .null) }
        }
        let name: String
        if case .success(let operation)? = operation, let fields = try? operation.fields(operation.selections, of: "") {
            name = fields.map(\.name).joined(separator: "+")
        } else {
            name = request.method.rawValue + " " + path
        }
        log.append(name)
        var isLost = false
        if let index = faults.firstIndex(where: { $0.request == name }) {
            switch faults.remove(at: index).fault {
            case .loseReply: isLost = true
            case .status(let status, let body):
                return HTTPResponse(
                    status: status, headers: ["Content-Type": "text/html"], body: Data(body.utf8))
            }
        }
        let reply = route(request, path, operation)
        return isLost ? nil : reply
    }

    private mutating func route(
        _ request: HTTPRequest, _ path: String, _ operation: Result<GraphQLOperation, any Error>?
    ) -> HTTPResponse {
        switch rules.standing {
        case .frozen: return page(402, "Payment required")
        case .locked: return page(423, "This shop is unavailable")
        case .rejecting: return page(430, "Security rejection")
        case .password: return page(200, "<html><form action=\"/password\">Enter store using password</form>")
        case .open, .withoutAPI, .withoutAccess: break
        }
        guard let operation else { return routePages(request, path) }
        switch rules.standing {
        case .withoutAPI: return json(.object([("errors", .string("Not Found"))]), status: 404)
        case .withoutAccess: return errors(GraphQLError(code: "ACCESS_DENIED", message: "Access denied"))
        default: break
        }
        // Only a GET can be answered by that nothing has changed.
        if request.headers["If-None-Match"] != nil { return json(.null, status: 412) }
        do { return try perform(try operation.get()) } catch let error as GraphQLError {
            return errors(error)
        } catch {
            return json(.null, status: 500)
        }
    }

    private func routePages(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        switch (request.method, path) {
        case (.get, "/products.json"):
            let limit = min(250, max(1, Self.query(request.url, "limit") ?? 30))
            let start = (max(1, Self.query(request.url, "page") ?? 1) - 1) * limit
            return json(.object([("products", .array(goods.dropFirst(start).prefix(limit).map(listed)))]))
        case (.get, "/cart.js"):
            let currency: [(String, JSONText)] =
                rules.cartNamesCurrency ? [("currency", .string(rules.currency))] : []
            return json(
                .object(
                    [("token", .string("page-basket")), ("item_count", .number(0)), ("items", .array([]))] + currency))
        default: return page(404, "<html>Page not found</html>")
        }
    }

    private func page(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "text/html; charset=utf-8"], body: Data(text.utf8))
    }

    private func json(_ value: JSONText, status: Int = 200) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8"]
        if rules.hasTags, status == 200 { headers.append("ETag", "W/\"\(value.text.utf8.count)\"") }
        return HTTPResponse(status: status, headers: headers, body: Data(value.text.utf8))
    }

    private func errors(_ error: GraphQLError, _ more: [(String, JSONText)] = []) -> HTTPResponse {
        let extensions = JSONText.object([("code", .string(error.code))])
        return json(
            .object(
                [
                    (
                        "errors",
                        .array([.object([("message", .string(error.message)), ("extensions", extensions)])])
                    )
                ] + more))
    }

    private mutating func perform(_ operation: GraphQLOperation) throws -> HTTPResponse {
        let cost = try operation.complexity()
        mostComplex = max(mostComplex, cost)
        guard cost <= 1000 else {
            throw GraphQLError(
                code: "MAX_COMPLEXITY_EXCEEDED",
                message: "Query has a complexity of \(cost), which exceeds max complexity of 1000")
        }
        if let bucket = rules.points {
            guard cost <= points else {
                let status = JSONText.object([
                    ("maximumAvailable", .number(bucket.most)), ("currentlyAvailable", .number(points)),
                    ("restoreRate", .number(bucket.perSecond)),
                ])
                let told = JSONText.object([("requestedQueryCost", .number(cost)), ("throttleStatus", status)])
                return errors(
                    GraphQLError(code: "THROTTLED", message: rules.isGerman ? "Gedrosselt" : "Throttled"),
                    [("extensions", .object([("cost", told)]))])
            }
            points -= cost
        }
        let country = operation.context["country"]?.string
        if let country, country == "XX" {
            throw GraphQLError(
                code: "INVALID_VARIABLE",
                message: "Variable $country of type CountryCode was provided invalid value \(country)")
        }
        var members: [(String, JSONText)] = []
        for field in try operation.fields(operation.selections, of: "") {
            let node = operation.isMutation ? try change(field) : try ask(field, country)
            members.append((field.alias, try node.resolved(field, operation)))
        }
        return json(.object([("data", .object(members))]))
    }

    // MARK: Questions

    private func ask(_ field: GraphQLOperation.Field, _ country: String?) throws -> GraphQLNode {
        switch field.name {
        case "shop" where !rules.tellsName:
            throw GraphQLError(code: "ACCESS_DENIED", message: "Access denied for shop field.")
        case "shop": return .entity(GraphQLEntity("Shop", ["name": { _ in .value(.string("Paper Moon & Co")) }]))
        case "products":
            // The newest first, where it is asked for.
            let isReversed = if case .truth(true)? = field.arguments["reverse"] { true } else { false }
            let sorted = goods.sorted { isReversed ? $0.id > $1.id : $0.id < $1.id }
            return try connection(sorted.map { product($0, country) }, field.arguments)
        case "search":
            let words = field.arguments["query"]?.string?.lowercased().split(separator: " ") ?? []
            let found = goods.filter { goods in words.allSatisfy { goods.title.lowercased().contains($0) } }
            return try connection(found.map { product($0, country) }, field.arguments)
        case "product":
            let id = field.arguments["id"]?.string, handle = field.arguments["handle"]?.string
            if let id, !id.hasPrefix("gid://shopify/Product/") {
                throw GraphQLError(code: "INVALID_VARIABLE", message: "Invalid global id '\(id)'")
            }
            let found = goods.first { "gid://shopify/Product/\($0.id)" == id || $0.handle == handle }
            return found.map { .entity(product($0, country)) } ?? .value(.null)
        case "cart":
            let cart = field.arguments["id"]?.string.flatMap { carts[$0] }
            return cart.map { .entity(entity($0)) } ?? .value(.null)
        default: throw Self.undefined(field.name, on: "QueryRoot")
        }
    }

    private func product(_ goods: ShopifyGoods, _ country: String?) -> GraphQLEntity {
        GraphQLEntity(
            "Product",
            [
                "id": { _ in .value(.string("gid://shopify/Product/\(goods.id)")) },
                "handle": { _ in .value(.string(goods.handle)) },
                "title": { _ in .value(.string(goods.title)) }, "vendor": { _ in .value(.string(goods.vendor)) },
                "description": { arguments in
                    // The text without its markup.
                    let text = goods.text.replacing("<p>", with: "").replacing("</p>", with: "")
                        .replacing("&amp;", with: "&")
                    return .value(.string(String(text.prefix(arguments["truncateAt"]?.number ?? .max))))
                },
                "options": { _ in
                    .list(
                        goods.options.map { name in
                            GraphQLEntity("ProductOption", ["name": { _ in .value(.string(name)) }])
                        })
                },
                "priceRange": { _ in
                    let most = goods.forms.map(\.price).max() ?? 0
                    return .entity(
                        GraphQLEntity(
                            "ProductPriceRange", ["maxVariantPrice": { _ in .entity(money(most, country)) }]))
                },
                "variants": { arguments in
                    try connection(goods.forms.map { variant($0, of: goods, country) }, arguments)
                },
            ])
    }

    private func variant(_ form: ShopifyGoods.Form, of goods: ShopifyGoods, _ country: String?) -> GraphQLEntity {
        let options = zip(goods.options, form.values).map { name, value in
            GraphQLEntity(
                "SelectedOption", ["name": { _ in .value(.string(name)) }, "value": { _ in .value(.string(value)) }])
        }
        return GraphQLEntity(
            "ProductVariant",
            [
                "id": { _ in .value(.string("gid://shopify/ProductVariant/\(form.id)")) },
                "title": { _ in .value(.string(form.values.joined(separator: " / "))) },
                "availableForSale": { _ in .value(.truth(form.stock != 0)) },
                "price": { _ in .entity(money(form.price, country)) },
                "compareAtPrice": { _ in form.compareAt.map { .entity(money($0, country)) } ?? .value(.null) },
                "selectedOptions": { _ in .list(options) },
                "product": { _ in .entity(product(goods, country)) },
                "quantityAvailable": { _ in
                    throw GraphQLError(
                        code: "ACCESS_DENIED", message: "Access denied for quantityAvailable field.")
                },
            ])
    }

    private func money(_ thousandths: Int, _ country: String?) -> GraphQLEntity {
        GraphQLEntity(
            "MoneyV2",
            [
                "amount": { _ in .value(.string(decimal(amount(thousandths, in: country)))) },
                "currencyCode": { _ in .value(.string(currency(in: country))) },
            ])
    }

    private func connection(_ all: [GraphQLEntity], _ arguments: [String: JSONText]) throws -> GraphQLNode {
        guard let first = arguments["first"]?.number, (1...250).contains(first) else {
            throw GraphQLError(code: "BAD_REQUEST", message: "you must provide one of first or last")
        }
        let after = arguments["after"]?.string
        let start = after.flatMap { Int($0.dropFirst("cursor-".count)) } ?? 0
        let end = min(all.count, start + first)
        let page = all[min(start, end)..<end]
        let hasNext = end < all.count
        let info = GraphQLEntity(
            "PageInfo",
            [
                "hasNextPage": { _ in .value(.truth(hasNext)) },
                "endCursor": { _ in .value(page.isEmpty ? .null : .string("cursor-\(end)")) },
            ])
        return .entity(
            GraphQLEntity("Connection", ["nodes": { _ in .list(Array(page)) }, "pageInfo": { _ in .entity(info) }]))
    }

    static func undefined(_ field: String, on type: String) -> GraphQLError {
        GraphQLError(code: "undefinedField", message: "Field '\(field)' doesn't exist on type '\(type)'")
    }

    // MARK: Baskets

    private mutating func change(_ field: GraphQLOperation.Field) throws -> GraphQLNode {
        switch field.name {
        case "cartCreate": return try create(field.arguments["input"] ?? .null)
        case "cartSelectedDeliveryOptionsUpdate":
            guard let id = field.arguments["cartId"]?.string, carts[id] != nil,
                let handle = field.arguments["selectedDeliveryOptions"]?.list?.first?["deliveryOptionHandle"]?.string,
                rules.deliveries.contains(where: { $0.handle == handle })
            else {
                let words = say("Invalid delivery option.", "Ungültige Lieferart.")
                return payload(
                    "CartSelectedDeliveryOptionsUpdatePayload", nil, errors: [("INVALID_DELIVERY_OPTION", words)])
            }
            carts[id]?.delivery = handle
            return payload("CartSelectedDeliveryOptionsUpdatePayload", carts[id])
        case "cartLinesRemove":
            guard let id = field.arguments["cartId"]?.string, carts[id] != nil else {
                return payload(
                    "CartLinesRemovePayload", nil,
                    errors: [
                        ("INVALID", say("The specified cart does not exist.", "Dieser Warenkorb existiert nicht."))
                    ])
            }
            let ids = field.arguments["lineIds"]?.list?.compactMap(\.string) ?? []
            carts[id]?.lines.removeAll { ids.contains($0.id) }
            return payload("CartLinesRemovePayload", carts[id])
        default: throw Self.undefined(field.name, on: "Mutation")
        }
    }

    private func say(_ english: String, _ german: String) -> String { rules.isGerman ? german : english }

    private mutating func create(_ input: JSONText) throws -> GraphQLNode {
        count += 1
        var cart = StandInShopify.Cart(
            token: "Z2NwLWV1cm9wZS13ZXN0MTowMUo\(count)TOKEN", key: "0f1e2d3c4b5a69788796a5b4c3d2e1f\(count)",
            country: input["buyerIdentity"]?["countryCode"]?.string)
        let address = input["delivery"]?["addresses"]?.list?.first?["address"]?["deliveryAddress"]
        cart.isAddressed = address != nil
        if address != nil, rules.needsWholeAddress {
            return payload(
                "CartCreatePayload", nil, errors: [("INVALID_DELIVERY_ADDRESS", say("Invalid.", "Ungültig."))])
        }
        // The shop's own first, not the cheapest.
        cart.delivery = rules.deliveries.first?.handle
        var warnings: [(String, String)] = []
        for line in input["lines"]?.list ?? [] {
            let beginning = "gid://shopify/ProductVariant/"
            guard let gid = line["merchandiseId"]?.string, gid.hasPrefix(beginning),
                let id = Int(gid.dropFirst(beginning.count)), let (_, form) = form(id)
            else {
                return payload(
                    "CartCreatePayload", nil,
                    errors: [("INVALID", say("The merchandise does not exist.", "Diese Ware existiert nicht."))])
            }
            let wanted = line["quantity"]?.number ?? 1
            if let most = form.most, wanted > most {
                return payload(
                    "CartCreatePayload", nil,
                    errors: [("MAXIMUM_EXCEEDED", say("At most \(most).", "Höchstens \(most)."))])
            }
            // As many as there are go into it, and that is a success with a warning.
            let quantity = min(wanted, form.stock ?? .max)
            if quantity < wanted {
                warnings.append(
                    quantity == 0
                        ? ("MERCHANDISE_OUT_OF_STOCK", say("Sold out.", "Ausverkauft."))
                        : ("MERCHANDISE_NOT_ENOUGH_STOCK", say("Not enough.", "Nicht genug.")))
            }
            guard quantity > 0 else { continue }
            cart.lines.append(("gid://shopify/CartLine/line-\(id)", id, quantity))
        }
        carts[cart.id] = cart
        return payload("CartCreatePayload", cart, warnings: warnings)
    }

    private func payload(
        _ type: String, _ cart: StandInShopify.Cart?, errors: [(String, String)] = [], warnings: [(String, String)] = []
    ) -> GraphQLNode {
        func list(_ type: String, _ all: [(String, String)]) -> GraphQLNode {
            .list(
                all.map { code, message in
                    GraphQLEntity(
                        type,
                        ["code": { _ in .value(.string(code)) }, "message": { _ in .value(.string(message)) }])
                })
        }
        let (errors, warnings) = (list("CartUserError", errors), list("CartWarning", warnings))
        return .entity(
            GraphQLEntity(
                type,
                [
                    "cart": { _ in cart.map { .entity(entity($0)) } ?? .value(.null) }, "userErrors": { _ in errors },
                    "warnings": { _ in warnings },
                ]))
    }

    private func entity(_ cart: StandInShopify.Cart) -> GraphQLEntity {
        let lines = cart.lines.compactMap { line -> (entity: GraphQLEntity, cost: Int)? in
            guard let (goods, form) = form(line.form) else { return nil }
            let cost = form.price * line.quantity
            let costs = GraphQLEntity(
                "CartLineCost",
                [
                    "amountPerQuantity": { _ in .entity(money(form.price, cart.country)) },
                    "subtotalAmount": { _ in .entity(money(cost, cart.country)) },
                ])
            let fields: [String: GraphQLEntity.Resolver] = [
                "id": { _ in .value(.string(line.id)) }, "quantity": { _ in .value(.number(line.quantity)) },
                "cost": { _ in .entity(costs) },
                "merchandise": { _ in .entity(variant(form, of: goods, cart.country)) },
            ]
            return (GraphQLEntity("CartLine", fields), cost)
        }
        let goods = lines.reduce(0) { $0 + $1.cost }
        let total = goods - goods * rules.discount / 100
        let cost = GraphQLEntity(
            "CartCost",
            [
                "totalAmount": { _ in .entity(money(total, cart.country)) },
                "subtotalAmount": { _ in .entity(money(total, cart.country)) },
            ])
        let page = rules.address + "/cart/c/\(cart.token)?key=\(cart.key)"
        return GraphQLEntity(
            "Cart",
            [
                "id": { _ in .value(.string(cart.id)) }, "checkoutUrl": { _ in .value(.string(page)) },
                "cost": { _ in .entity(cost) }, "lines": { try connection(lines.map(\.entity), $0) },
                "deliveryGroups": { try connection(deliveryGroups(cart), $0) },
            ])
    }

    /// Ways to deliver it, once it is known where to.
    private func deliveryGroups(_ cart: StandInShopify.Cart) -> [GraphQLEntity] {
        guard cart.isAddressed, !cart.lines.isEmpty, !rules.deliveries.isEmpty else { return [] }
        let options = rules.deliveries.map { option in
            GraphQLEntity(
                "CartDeliveryOption",
                [
                    "handle": { _ in .value(.string(option.handle)) }, "title": { _ in .value(.string(option.title)) },
                    "deliveryMethodType": { _ in .value(.string(option.kind)) },
                    "estimatedCost": { _ in .entity(money(option.price, cart.country)) },
                ])
        }
        let index = rules.deliveries.firstIndex { $0.handle == cart.delivery }
        return [
            GraphQLEntity(
                "CartDeliveryGroup",
                [
                    "id": { _ in .value(.string("gid://shopify/CartDeliveryGroup/1")) },
                    "deliveryOptions": { _ in .list(options) },
                    "selectedDeliveryOption": { _ in index.map { .entity(options[$0]) } ?? .value(.null) },
                ])
        ]
    }

    // MARK: The list

    private func listed(_ goods: ShopifyGoods) -> JSONText {
        let forms = goods.forms.map { form -> JSONText in
            var members: [(String, JSONText)] = [
                ("id", .number(form.id)), ("title", .string(form.values.joined(separator: " / "))),
            ]
            for index in 0..<3 {
                members.append(
                    (
                        "option\(index + 1)", index < form.values.count ? .string(form.values[index]) : .null
                    ))
            }
            // Two decimals, whatever the currency.
            return .object(
                members + [
                    ("price", .string(hundredths(form.price))), ("available", .truth(form.stock != 0)),
                    ("compare_at_price", form.compareAt.map { .string(hundredths($0)) } ?? .null),
                ])
        }
        return .object([
            ("id", .number(goods.id)), ("title", .string(goods.title)), ("handle", .string(goods.handle)),
            ("body_html", .string(goods.text)), ("vendor", .string(goods.vendor)), ("variants", .array(forms)),
            ("options", .array(goods.options.map { .object([("name", .string($0)), ("values", .array([]))]) })),
        ])
    }

    private func hundredths(_ thousandths: Int) -> String {
        "\(thousandths / 1000)." + String(100 + thousandths % 1000 / 10).dropFirst()
    }
}

/// Something that has fields, each worked out when it is asked for.
struct GraphQLEntity {
    typealias Resolver = ([String: JSONText]) throws -> GraphQLNode
    let type: String
    let fields: [String: Resolver]

    init(_ type: String, _ fields: [String: Resolver]) {
        self.type = type
        self.fields = fields
    }
}

indirect enum GraphQLNode {
    case value(JSONText)
    case entity(GraphQLEntity)
    case list([GraphQLEntity])

    /// What of it was asked for, and nothing else.
    func resolved(_ field: GraphQLOperation.Field, _ operation: GraphQLOperation) throws -> JSONText {
        switch self {
        case .value(let value): return value
        case .list(let entities):
            return .array(try entities.map { try GraphQLNode.entity($0).resolved(field, operation) })
        case .entity(let entity):
            guard !field.selections.isEmpty else {
                throw GraphQLError(code: "selectionMismatch", message: "Field must have selections (\(field.name))")
            }
            let fields = try operation.fields(field.selections, of: entity.type)
            return .object(
                try fields.map { field in
                    guard let resolve = entity.fields[field.name] else {
                        throw StandInShopify.State.undefined(field.name, on: entity.type)
                    }
                    return (field.alias, try resolve(field.arguments).resolved(field, operation))
                })
        }
    }
}
