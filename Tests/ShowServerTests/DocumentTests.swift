import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

/// The document and the server say the same; besides these, every answer to any test here is held against the document.
@Suite struct DocumentTests {
    /// The route after this one: a new case has to be given its place.
    private func next(_ route: Route) -> Route? {
        switch route {
        case .service: .shows
        case .shows: .show("{show}")
        case .show: .head("{show}")
        case .head: .segment("{show}", 0)
        case .segment: .moments("{show}")
        case .moments: .messages("{show}")
        case .messages: .hosts
        case .hosts: .host("{host}")
        case .host: .products
        case .products: .product("{product}")
        case .product: .reviews("{product}")
        case .reviews: .guests
        case .guests: .me
        case .me: .myGuests
        case .myGuests: .deviceCode
        case .deviceCode: .token
        case .token: .revocation
        case .revocation: .follows
        case .follows: .follow("{host}")
        case .follow: .paymentMethods
        case .paymentMethods: .addresses
        case .addresses: .quotes
        case .quotes: .orders
        case .orders: .order("{order}")
        case .order: .cancelOrder("{order}")
        case .cancelOrder: .returnOrder("{order}")
        case .returnOrder: nil
        }
    }

    @Test func everyRouteIsDocumentedAndEveryPathIsARoute() throws {
        let document = try APIDocument.own.get()
        var routes: [String: Set<String>] = ["/checkout/{token}": ["GET", "POST"], "/sign-in": ["GET", "POST"]]
        for route in sequence(first: Route.service, next: next) {
            let path = try #require(PercentEncoding.decode(route.path)).replacing(
                "timeline/0", with: "timeline/{segment}")
            // The document says once for all that GET answers HEAD too.
            routes[path] = Set(route.methods.map(\.rawValue)).subtracting(["HEAD"])
        }
        #expect(document.paths.mapValues { Set($0.keys.map(\.rawValue)) } == routes)
    }

    @Test func everyMethodIsAnsweredOrRefusedWithThoseThatAre() async throws {
        let document = try APIDocument.own.get()
        try await Shop.open { shop in
            for (pattern, operations) in document.paths {
                let path = pattern.replacing("{segment}", with: "0").replacing("{", with: "").replacing("}", with: "")
                let allowed = Set(operations.keys).union(operations[.get] == nil ? [] : [.head])
                for method in [HTTPMethod.get, .head, .post, .put, .patch, .delete] {
                    let answer = try await shop.send(method, path)
                    #expect((answer.status == 405) == !allowed.contains(method), "\(method) \(path)")
                    guard answer.status == 405 else { continue }
                    let named = answer.headers["Allow"]?.split(separator: ", ").map(String.init) ?? []
                    #expect(Set(named) == Set(allowed.map(\.rawValue)), "\(method) \(path)")
                }
            }
        }
    }

    /// Each code that the server knows is one that the document has.
    @Test func everyCodeIsDocumented() throws {
        let documented = try APIDocument.own.get().codes.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        let codes = [
            ProblemCode.soldOut, ProblemCode.totalAboveMaximum, ProblemCode.quoteExpired, ProblemCode.paymentDeclined,
            ProblemCode.keyInFlight, ProblemCode.keyReused, ProblemCode.keyMissing, ProblemCode.unauthorized,
            ProblemCode.notFound, ProblemCode.invalid, ProblemCode.rateLimited, Problem.methodNotAllowed.code,
            Problem.bodyTooLarge(1).code, Problem.headersTooLarge.code, Problem.requestTimeout.code,
            Problem.tooManyConnections.code, Problem.unavailable.code, "show_not_live", "not_signed_in",
            ProblemCode.notCancellable, ProblemCode.notDelivered, ProblemCode.returnTooLate,
            ProblemCode.returnAlreadyAsked, Problem.unknownCoding.code, "name_refused",
        ]
        #expect(documented == Set(codes))
    }
}
