import HTTPTransport

/// Where a shop is: https, or http on this machine. Nothing but scheme, host and port, so that one shop has one name.
package struct ShopOrigin: Hashable, Sendable, CustomStringConvertible {
    private let origin: HTTPOrigin

    /// As a person writes it, a slash at the end allowed.
    package init(_ text: String) throws(InvalidShopOrigin) {
        guard let origin = HTTPOrigin(text) else {
            throw text.contains("@") ? .hasUserName : .notAnAddress
        }
        guard let mark = text.firstRange(of: "://") else { throw .notAnAddress }
        let rest = text[mark.upperBound...].drop { $0 != "/" && $0 != "?" && $0 != "#" }
        guard rest.isEmpty || rest == "/" else { throw .hasPath }
        guard origin.scheme == "https" || origin.isLoopback else { throw .insecure }
        self.origin = origin
    }

    /// Whether both are of one owner by their names alone: with and without `www.`, or several names of this machine.
    func isAlias(of other: ShopOrigin) -> Bool {
        guard origin.scheme == other.origin.scheme, origin.port == other.origin.port else { return false }
        let names = [origin.host, other.origin.host].map { $0.hasPrefix("www.") ? $0.dropFirst(4) : $0[...] }
        return names[0] == names[1] || origin.isLoopback && other.origin.isLoopback
    }

    /// In lower case, the port only where it is not the scheme's own: `https://shop.example`.
    package var description: String { origin.description }
}

/// Why a text does not say where a shop is.
package enum InvalidShopOrigin: Error, Hashable, Sendable, CustomStringConvertible {
    case notAnAddress, hasUserName, hasPath, insecure
    /// Of a shop that may be in a folder.
    case hasQuery, apiIsElsewhere

    /// One line for a person, without the text itself, which may hold a password.
    package var description: String {
        switch self {
        case .notAnAddress: "not a server's address: expected https://HOST or https://HOST:PORT"
        case .hasUserName: "a server's address must not carry a user name or password"
        case .hasPath: "a server's address ends after the host and port; expected https://HOST or https://HOST:PORT"
        case .insecure: "plain http is allowed to this machine only; use https"
        case .hasQuery: "a shop's address ends after its folder; expected https://HOST or https://HOST/FOLDER"
        case .apiIsElsewhere: "its api is no address below its url"
        }
    }
}
