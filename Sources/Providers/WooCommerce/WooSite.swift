import HTTPTransport
import LiveAPI

/// Where a WooCommerce shop is: the folder that its pages are in, and where its WordPress answers programs.
package struct WooSite: Hashable, Sendable {
    /// Without a slash at its end: what the shop is known by, and kept under.
    package var home: String { place.description }
    /// Where its WordPress answers programs; nil where that is below `home` as everywhere: `/wp-json/`.
    package var api: String? { root == Self.usual(place) ? nil : root.description }

    let place: WebPlace
    let root: RESTRoot

    /// - Parameters:
    ///   - home: as a person writes it.
    ///   - api: as WordPress tells it, below `home`: nobody is sent to another place to buy.
    package init(home: String, api: String? = nil) throws(InvalidShopOrigin) {
        let place = try WebPlace(home)
        guard let api else {
            self.init(place: place, root: Self.usual(place))
            return
        }
        guard let root = RESTRoot(api), root.isBelow(place) else { throw .apiIsElsewhere }
        self.init(place: place, root: root)
    }

    private init(place: WebPlace, root: RESTRoot) {
        (self.place, self.root) = (place, root)
    }

    /// The shop of a WordPress that answers there. nil where its pages cannot be told from that.
    init?(root: RESTRoot) {
        guard let place = root.home else { return nil }
        self.init(place: place, root: root)
    }

    private static func usual(_ place: WebPlace) -> RESTRoot { RESTRoot(place, prefix: "/wp-json/") }

    /// Where a site that does not tell may have its shop: below the address, and at the server's own, by both ways in
    /// which WordPress takes questions.
    package static func guesses(at address: String) -> [WooSite] {
        let server = (try? ShopOrigin(ofPage: address))?.description
        let folder = String(address.prefix { $0 != "?" && $0 != "#" })
        let places = [folder, server].compactMap { $0.flatMap { try? WebPlace($0) } }
        let sites = places.flatMap { place in
            [
                Self(place: place, root: usual(place)),
                Self(place: place, root: RESTRoot(place, prefix: "/?rest_route=/")),
            ]
        }
        return places.count == 2 && places[0] == places[1] ? Array(sites.prefix(2)) : sites
    }
}

/// The address that the names of WordPress's interfaces are put behind: `https://shop.example/wp-json/`, or, without
/// pretty permalinks, `https://shop.example/index.php?rest_route=/`.
struct RESTRoot: Hashable, Sendable, CustomStringConvertible {
    private let origin: ShopOrigin
    private let path: String
    private let words: [String]
    /// What stands in the query beside the route.
    private let others: [String]
    /// What the route begins with; nil where it is a part of the path.
    private let route: String?

    /// nil for what is no such address.
    init?(_ address: String) {
        guard address.utf8.count <= WireLimits.linkBytes, address.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            !address.contains("#"), let (origin, rest) = try? ShopOrigin.split(address)
        else { return nil }
        let path = rest.prefix { $0 != "?" }
        guard let words = WebPlace.words(ofPath: path) else { return nil }
        let pairs = rest.dropFirst(path.count + 1).split(separator: "&").map(String.init)
        let routes = pairs.filter { $0.hasPrefix(Self.parameter) }
        guard routes.count <= 1 else { return nil }
        let route = routes.first.map { PercentEncoding.decode($0.dropFirst(Self.parameter.count)) ?? "" }
        if let route, !route.hasPrefix("/") || !route.utf8.allSatisfy(Self.isRouteByte) { return nil }
        self.origin = origin
        self.words = words
        self.path = path.isEmpty || route == nil && !path.hasSuffix("/") ? String(path) + "/" : String(path)
        self.route = route.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        others = pairs.filter { !$0.hasPrefix(Self.parameter) }
    }

    /// - Parameter prefix: as WordPress has it below a site's address.
    init(_ place: WebPlace, prefix: String) {
        origin = place.origin
        let parts = prefix.split(separator: "?")
        path = String(place.description.dropFirst(place.origin.description.count) + parts[0])
        words = place.words + parts[0].split(separator: "/").map(String.init)
        route = parts.count > 1 ? String(parts[1].dropFirst(Self.parameter.count)) : nil
        others = []
    }

    private static let parameter = "rest_route="

    private static func isRouteByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    var description: String { address("", []) }

    /// - Parameters:
    ///   - name: what is asked, percent-encoded: `wc/store/v1/products`.
    ///   - query: pairs, percent-encoded.
    func address(_ name: String, _ query: [String]) -> String {
        let pairs = others + (route.map { [Self.parameter + $0 + name] } ?? []) + query
        let target = origin.description + path + (route == nil ? name : "")
        return pairs.isEmpty ? target : target + "?" + pairs.joined(separator: "&")
    }

    func isBelow(_ place: WebPlace) -> Bool { origin == place.origin && words.starts(with: place.words) }

    /// What the site's own pages are below.
    var home: WebPlace? {
        var parts = path.split(separator: "/")
        if route == nil, parts.popLast() == nil { return nil }
        if parts.last == "index.php" { parts.removeLast() }
        return try? WebPlace(([origin.description] + parts.map(String.init)).joined(separator: "/"))
    }
}
