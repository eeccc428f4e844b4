/// Network name of a host whose name is in any script: `münchen.example` is `xn--mnchen-3ya.example`.
package struct HostNames: Sendable {
    /// nil for what is no host's name.
    package let ascii: @Sendable (_ host: String) -> String?

    package init(_ ascii: @escaping @Sendable (_ host: String) -> String?) { self.ascii = ascii }

    /// Knows no name that is not ASCII already.
    package static let none = HostNames { _ in nil }
}

/// An address as people write it, made one that the network takes.
package enum TypedAddress {
    /// - A bare `shop.example` is https, and this machine http; `webcal://`, as calendars are published, is https.
    /// - The host is put as the network knows it, and other letters in the path are percent-encoded.
    ///
    /// Completes an address; anything else comes back as it is, to be refused by its reader.
    package static func completed(_ typed: String, hostNames: HostNames = .none) -> String {
        let text = typed.drop(while: \.isWhitespace).dropLast(while: \.isWhitespace)
        let (scheme, rest) = split(text)
        guard let scheme else { return typed }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let tail = encoded(rest[authority.endIndex...])
        guard !authority.utf8.allSatisfy({ $0 < 0x80 }) else { return "\(scheme)://\(authority)\(tail)" }
        let host = authority.prefix { $0 != ":" }
        guard !host.contains("@"), let ascii = hostNames.ascii(String(host)) else { return typed }
        return "\(scheme)://\(ascii)\(authority[host.endIndex...])\(tail)"
    }

    /// nil for the scheme where the text begins with none and with no host.
    private static func split(_ text: Substring) -> (scheme: Substring?, rest: Substring) {
        if let mark = text.firstRange(of: "://") {
            let scheme = text[..<mark.lowerBound]
            let isCalendar = ["webcal", "webcals"].contains(scheme.lowercased())
            return (isCalendar ? "https" : scheme, text[mark.upperBound...])
        }
        let authority = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.prefix { $0 != ":" }
        let port = authority[host.endIndex...].dropFirst()
        let isLocal = HTTPOrigin.isLoopback(host: String(host)) || authority.hasPrefix("[::1]")
        guard isLocal || host.dropFirst().contains(".") && !host.hasSuffix(".") && !host.contains("@"),
            isLocal || port.utf8.allSatisfy({ 48...57 ~= $0 }), !host.contains(where: \.isWhitespace)
        else { return (nil, text) }
        return (isLocal ? "http" : "https", text)
    }

    private static func encoded(_ text: Substring) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return String(text) }
        var encoded = ""
        for byte in text.utf8 {
            if byte < 0x80 {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}

extension Substring {
    fileprivate func dropLast(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
