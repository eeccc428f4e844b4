import HTTPTransport
import LiveAPI

/// A place that has pages below it: a server, or a folder of one. One place has one name, without a slash at its end.
struct WebPlace: Hashable, Sendable, CustomStringConvertible {
    let origin: ShopOrigin
    /// The folder's words, without what percent signs stand for them.
    let words: [String]
    private let folder: String

    /// As a person writes it, a slash at the end allowed.
    init(_ text: String) throws(InvalidShopOrigin) {
        let (origin, rest) = try ShopOrigin.split(text)
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .hasQuery }
        guard let words = Self.words(ofPath: rest) else { throw .notAnAddress }
        self.origin = origin
        self.words = words
        folder = rest.split(separator: "/").map { "/" + $0 }.joined()
    }

    var description: String { origin.description + folder }

    /// nil for a path that leads up again, or holds what no path does.
    static func words(ofPath path: Substring) -> [String]? {
        guard path.utf8.allSatisfy({ 0x21...0x7E ~= $0 && !forbidden.contains($0) }) else { return nil }
        var words: [String] = []
        for part in path.split(separator: "/") {
            guard let word = PercentEncoding.decode(part), word != ".", word != "..", !word.contains("/") else {
                return nil
            }
            words.append(word)
        }
        return words
    }

    private static let forbidden = Set("\"<>\\^`{|}".utf8)
}

extension ShopOrigin {
    /// The origin of an address, and what stands behind it.
    static func split(_ address: String) throws(InvalidShopOrigin) -> (ShopOrigin, rest: Substring) {
        guard let mark = address.firstRange(of: "://") else { throw .notAnAddress }
        let end = address[mark.upperBound...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? address.endIndex
        return (try ShopOrigin(String(address[..<end])), address[end...])
    }

    /// Where any page is.
    package init(ofPage address: String) throws(InvalidShopOrigin) { self = try Self.split(address).0 }
}
