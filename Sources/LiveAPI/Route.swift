import Domain

/// The paths of the API, written once: the server mounts the patterns, the viewer fills them in.
package enum Route: Hashable, Sendable {
    case service
    case shows
    case show(ShowID)
    case head(ShowID)
    case segment(ShowID, Int)
    case moments(ShowID)
    case hosts
    case host(HostID)
    case products
    case product(ProductID)
    case reviews(ProductID)
    case guests
    case me
    case myGuests
    case deviceCode
    case token
    case revocation
    case follows
    case follow(HostID)
    case messages(ShowID)
    case paymentMethods
    case addresses
    case quotes
    case orders
    case order(OrderID)
    case cancelOrder(OrderID)
    case returnOrder(OrderID)

    /// The path below the server's origin, with every id percent-encoded.
    package var path: String {
        switch self {
        case .service: "/v1"
        case .shows: "/v1/shows"
        case .show(let id): "/v1/shows/\(id.pathSegment)"
        case .head(let id): "/v1/shows/\(id.pathSegment)/head"
        case .segment(let id, let number): "/v1/shows/\(id.pathSegment)/timeline/\(number)"
        case .moments(let id): "/v1/shows/\(id.pathSegment)/moments"
        case .hosts: "/v1/hosts"
        case .host(let id): "/v1/hosts/\(id.pathSegment)"
        case .products: "/v1/products"
        case .product(let id): "/v1/products/\(id.pathSegment)"
        case .reviews(let id): "/v1/products/\(id.pathSegment)/reviews"
        case .guests: "/v1/guests"
        case .me: "/v1/me"
        case .myGuests: "/v1/me/guests"
        case .deviceCode: "/v1/sign-in/device"
        case .token: "/v1/sign-in/token"
        case .revocation: "/v1/sign-in/revoke"
        case .follows: "/v1/me/follows"
        case .follow(let id): "/v1/me/follows/\(id.pathSegment)"
        case .messages(let id): "/v1/shows/\(id.pathSegment)/messages"
        case .paymentMethods: "/v1/me/payment-methods"
        case .addresses: "/v1/me/addresses"
        case .quotes: "/v1/quotes"
        case .orders: "/v1/orders"
        case .order(let id): "/v1/orders/\(id.pathSegment)"
        case .cancelOrder(let id): "/v1/orders/\(id.pathSegment)/cancel"
        case .returnOrder(let id): "/v1/orders/\(id.pathSegment)/return"
        }
    }

    /// The path with a query; pairs without a value are left out.
    package func path(query: KeyValuePairs<String, String?>) -> String {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}

extension Identifier {
    fileprivate var pathSegment: String { PercentEncoding.encode(rawValue) }
}

/// RFC 3986 percent-encoding of everything but unreserved characters.
package enum PercentEncoding {
    package static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
