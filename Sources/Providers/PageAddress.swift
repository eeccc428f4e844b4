import LiveAPI

/// The parts of a web page's address by which a shop knows what it shows.
struct PageAddress {
    /// The words of the path, without what percent signs stand for them.
    let path: [String]
    /// The first value of each name.
    let query: [String: String]

    /// nil for what is no address.
    init?(_ address: String) {
        guard let mark = address.firstRange(of: "://") else { return nil }
        let rest = address[mark.upperBound...].prefix { $0 != "#" }
        let place = rest.drop { $0 != "/" && $0 != "?" }
        path = place.prefix { $0 != "?" }.split(separator: "/").compactMap { PercentEncoding.decode($0) }
        var query: [String: String] = [:]
        for pair in place.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
            let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = words.first.flatMap({ PercentEncoding.decode($0) }), query[name] == nil else { continue }
            query[name] = words.count > 1 ? PercentEncoding.decode(words[1]) ?? "" : ""
        }
        self.query = query
    }
}
