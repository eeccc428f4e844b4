import Domain

extension Route {
    /// Reads the path of a request (no query); nil for one that the API does not have. The inverse of `path`.
    package init?(path: String) {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var parts: [String] = []
        for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            // Percent-decoding comes after splitting, so that an encoded slash stays inside its id.
            guard let decoded = PercentEncoding.decode(part), IDAlphabet.isID(decoded) else { return nil }
            parts.append(decoded)
        }
        guard parts.first == "v1" else { return nil }
        self.init(segments: Array(parts.dropFirst()))
    }

    private init?(segments: [String]) {
        let id = segments.count > 1 ? segments[1] : ""
        switch (segments.first, segments.count) {
        case (nil, _): self = .service
        case ("shows", 1): self = .shows
        case ("shows", 2): self = .show(ShowID(id))
        case ("shows", 3) where segments[2] == "head": self = .head(ShowID(id))
        case ("shows", 3) where segments[2] == "moments": self = .moments(ShowID(id))
        case ("shows", 3) where segments[2] == "messages": self = .messages(ShowID(id))
        case ("shows", 4) where segments[2] == "timeline":
            // One spelling for each segment: caches keep it under its path.
            guard let number = Int(segments[3]), number >= 0, String(number) == segments[3] else { return nil }
            self = .segment(ShowID(id), number)
        case ("hosts", 1): self = .hosts
        case ("hosts", 2): self = .host(HostID(id))
        case ("products", 1): self = .products
        case ("products", 2): self = .product(ProductID(id))
        case ("products", 3) where segments[2] == "reviews": self = .reviews(ProductID(id))
        case ("guests", 1): self = .guests
        case ("me", 1): self = .me
        case ("me", 2) where id == "guests": self = .myGuests
        case ("sign-in", 2) where id == "device": self = .deviceCode
        case ("sign-in", 2) where id == "token": self = .token
        case ("sign-in", 2) where id == "revoke": self = .revocation
        case ("me", 2) where id == "follows": self = .follows
        case ("me", 3) where id == "follows": self = .follow(HostID(segments[2]))
        case ("me", 2) where id == "payment-methods": self = .paymentMethods
        case ("me", 2) where id == "addresses": self = .addresses
        case ("quotes", 1): self = .quotes
        case ("orders", 1): self = .orders
        case ("orders", 2): self = .order(OrderID(id))
        case ("orders", 3) where segments[2] == "cancel": self = .cancelOrder(OrderID(id))
        case ("orders", 3) where segments[2] == "return": self = .returnOrder(OrderID(id))
        default: return nil
        }
    }
}

extension PercentEncoding {
    /// Reads percent-encoded text; nil where an escape is cut short or the bytes are not UTF-8.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexValue), let low = rest.next().flatMap(hexValue) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
