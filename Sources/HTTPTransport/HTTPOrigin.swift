/// Scheme, host and port: what a token belongs to, and what a redirect must not leave.
package struct HTTPOrigin: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    /// Lower case; an IPv6 address keeps its brackets.
    package let host: String
    package let port: UInt16

    /// `nil` when the text is no absolute http or https address, or carries a user name.
    package init?(_ url: String) {
        guard let mark = url.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = url[..<mark].lowercased()
        let rest = url[mark...]
        guard scheme == "https" || scheme == "http", rest.hasPrefix("://") else { return nil }
        let authority = rest.dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let standard: UInt16 = scheme == "https" ? 443 : 80
        guard let (host, port) = Self.hostAndPort(authority, standard: standard) else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// As in a browser's address line: the port only where it is not the scheme's own.
    package var description: String { hasUsualPort ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)" }

    /// Whether the port is the scheme's own.
    package var hasUsualPort: Bool { port == (scheme == "https" ? 443 : 80) }

    package var isLoopback: Bool { Self.isLoopback(host: host) }

    /// Only names and addresses that need no look-up and cannot lead elsewhere.
    package static func isLoopback(host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "[::1]" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { 48...57 ~= $0 } && UInt8(part) != nil
            }
    }

    private static func hostAndPort(_ authority: Substring, standard: UInt16) -> (String, UInt16)? {
        let end: Substring.Index
        if authority.first == "[" {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            end = authority.index(after: bracket)
            let inside = authority[..<bracket].dropFirst()
            guard inside.contains(":"), inside.utf8.allSatisfy({ isHexOrColonOrDot($0) }) else { return nil }
        } else {
            end = authority.firstIndex(of: ":") ?? authority.endIndex
            guard authority[..<end].utf8.allSatisfy({ isNameByte($0) }) else { return nil }
        }
        let host = authority[..<end].lowercased()
        guard !host.isEmpty else { return nil }
        let after = authority[end...]
        if after.isEmpty { return (host, standard) }
        guard after.first == ":", after.dropFirst().utf8.allSatisfy({ 48...57 ~= $0 }),
            let port = UInt16(after.dropFirst()), port != 0
        else { return nil }
        return (host, port)
    }

    private static func isHexOrColonOrDot(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...70, 97...102, UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}
