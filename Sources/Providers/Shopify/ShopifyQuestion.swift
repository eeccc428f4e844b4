import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI

/// A question in GraphQL. Without a token the Storefront API answers none of more than 1000 points; here every field is
/// counted as one, and what is in a list as many times as its `first` allows, which is more than the shop counts:
/// a page of 10 products with 8 forms each has 951, one of 70 forms of a product 918. Stand-ins in the tests count it.
struct ShopifyQuestion: Sendable {
    /// A version is answered for a year and by its successor afterwards.
    static let version = "2026-07"
    static let perPage = 10
    /// Of a product in a list; all of them are asked for when it is opened.
    static let formsInList = 8
    static let formsPerPage = 70

    let text: String
    let variables: [String: Value]

    /// What a question is asked with.
    indirect enum Value: Encodable, Sendable {
        case word(String)
        case number(Int)
        case truth(Bool)
        case list([Value])
        case object([String: Value])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .word(let word): try container.encode(word)
            case .number(let number): try container.encode(number)
            case .truth(let truth): try container.encode(truth)
            case .list(let list): try container.encode(list)
            case .object(let object): try container.encode(object)
            }
        }
    }

    /// - Parameters:
    ///   - parameters: as the operation declares them, with what each is.
    ///   - country: where the shopper is; prices and what is sold depend on it.
    init(
        _ operation: String = "query", _ parameters: KeyValuePairs<String, Value?> = [:],
        types: [String: String] = [:], country: String?, _ selection: String, _ fragments: String...
    ) {
        var declared: [String] = []
        var variables: [String: Value] = [:]
        for (name, value) in parameters {
            guard let value else { continue }
            variables[name] = value
            declared.append("$\(name): \(types[name] ?? "String")")
        }
        if let country {
            variables["country"] = .word(country)
            declared.append("$country: CountryCode")
        }
        let head = declared.isEmpty ? "" : "(" + declared.joined(separator: ", ") + ")"
        let context = country == nil ? "" : " @inContext(country: $country)"
        text = operation + head + context + " { " + selection + " } " + fragments.joined(separator: " ")
        self.variables = variables
    }

    // A shop's words for the next page and the basket are given names here by which what leaves the program for a file is
    // cleaned: the one opens nothing, the other everything.
    private static let pageInfo = "pageInfo { hasNextPage nextCursor: endCursor }"
    private static let form = """
        fragment Form on ProductVariant { id availableForSale price { amount currencyCode } compareAtPrice { amount } \
        selectedOptions { value } }
        """
    private static let about = "id title vendor description(truncateAt: 2000) options { name }"
    private static let goods =
        "fragment Goods on Product { \(about) variants(first: \(formsInList)) { nodes { ...Form } } "
        + "priceRange { maxVariantPrice { amount currencyCode } } }"
    private static let basket = """
        fragment Basket on Cart { cartToken: id checkoutUrl cost { totalAmount { ...Amount } } \
        lines(first: 2) { nodes { id quantity cost { amountPerQuantity { ...Amount } subtotalAmount { ...Amount } } \
        merchandise { ... on ProductVariant { id selectedOptions { value } product { id title } } } } } \
        deliveryGroups(first: 3) { nodes { id selectedDeliveryOption { handle } \
        deliveryOptions { handle title deliveryMethodType estimatedCost { ...Amount } } } } } \
        fragment Amount on MoneyV2 { amount currencyCode }
        """

    static func shop() -> ShopifyQuestion { ShopifyQuestion(country: nil, "shop { name }") }

    static func products(after cursor: String?, country: String?) -> ShopifyQuestion {
        let after = cursor == nil ? "" : ", after: $nextCursor"
        return ShopifyQuestion(
            "query", ["nextCursor": cursor.map { .word($0) }], country: country,
            "products(first: \(perPage), sortKey: CREATED_AT, reverse: true\(after)) { nodes { ...Goods } \(pageInfo) }",
            goods, form)
    }

    static func search(_ words: String, after cursor: String?, country: String?) -> ShopifyQuestion {
        let after = cursor == nil ? "" : ", after: $nextCursor"
        return ShopifyQuestion(
            "query", ["words": .word(words), "nextCursor": cursor.map { .word($0) }], types: ["words": "String!"],
            country: country,
            "search(query: $words, types: [PRODUCT], prefix: LAST, first: \(perPage)\(after)) "
                + "{ nodes { ...Goods } \(pageInfo) }", goods, form)
    }

    /// - Parameter isHandle: `id` is the product's name in addresses.
    static func product(
        _ id: String, isHandle: Bool, formsAfter cursor: String?, country: String?
    ) -> ShopifyQuestion {
        let after = cursor == nil ? "" : ", after: $nextCursor"
        let name = isHandle ? "handle" : "id"
        return ShopifyQuestion(
            "query",
            [
                "which": .word(isHandle ? id : ShopifyNumber.gid(.product, id)),
                "nextCursor": cursor.map { .word($0) },
            ], types: ["which": isHandle ? "String" : "ID"], country: country,
            "product(\(name): $which) { \(about) "
                + "variants(first: \(formsPerPage)\(after)) { nodes { ...Form } \(pageInfo) } }", form)
    }

    /// - Parameter isAddressed: the shop is asked how it would deliver there. It is told the country alone.
    static func createBasket(
        variant: String, quantity: Int, country: String?, isAddressed: Bool
    ) -> ShopifyQuestion {
        var input: [String: Value] = [
            "lines": .list([
                .object([
                    "merchandiseId": .word(ShopifyNumber.gid(.variant, variant)), "quantity": .number(quantity),
                ])
            ])
        ]
        if let country {
            input["buyerIdentity"] = .object(["countryCode": .word(country)])
            let address = Value.object(["deliveryAddress": .object(["countryCode": .word(country)])])
            let addresses = Value.list([
                .object(["address": address, "oneTimeUse": .truth(true), "selected": .truth(true)])
            ])
            if isAddressed { input["delivery"] = .object(["addresses": addresses]) }
        }
        return ShopifyQuestion(
            "mutation", ["input": .object(input)], types: ["input": "CartInput!"], country: country,
            "cartCreate(input: $input) { cart { ...Basket } userErrors { code message } warnings { code message } }",
            basket)
    }

    static func basket(_ id: String, country: String?) -> ShopifyQuestion {
        ShopifyQuestion(
            "query", ["cartToken": .word(id)], types: ["cartToken": "ID!"], country: country,
            "cart(id: $cartToken) { ...Basket }", basket)
    }

    /// - Parameter options: the handle of each group's delivery, by the group's id.
    static func select(_ options: [String: String], in id: String, country: String?) -> ShopifyQuestion {
        let chosen = options.sorted { $0.key < $1.key }.map { group, handle in
            Value.object(["deliveryGroupId": .word(group), "deliveryOptionHandle": .word(handle)])
        }
        return ShopifyQuestion(
            "mutation", ["cartToken": .word(id), "options": .list(chosen)],
            types: ["cartToken": "ID!", "options": "[CartSelectedDeliveryOptionInput!]!"], country: country,
            "cartSelectedDeliveryOptionsUpdate(cartId: $cartToken, selectedDeliveryOptions: $options) "
                + "{ cart { ...Basket } userErrors { code message } }", basket)
    }

    static func empty(_ id: String, lines: [String]) -> ShopifyQuestion {
        ShopifyQuestion(
            "mutation", ["cartToken": .word(id), "lines": .list(lines.map { .word($0) })],
            types: ["cartToken": "ID!", "lines": "[ID!]!"], country: nil,
            "cartLinesRemove(cartId: $cartToken, lineIds: $lines) { cart { ...Basket } userErrors { code message } }",
            basket)
    }
}

extension ShopifyProvider {
    /// - Throws: `.notSent` where it cannot be written.
    func post(_ question: ShopifyQuestion) throws(ShopFailure) -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(Body(query: question.text, variables: question.variables)) else {
            throw .notSent("the question could not be written as JSON")
        }
        return HTTPRequest(
            .post, origin + "/api/\(ShopifyQuestion.version)/graphql.json",
            headers: ["Accept": "application/json", "Content-Type": "application/json"], body: body)
    }

    private struct Body: Encodable {
        let query: String
        let variables: [String: ShopifyQuestion.Value]
    }
}
