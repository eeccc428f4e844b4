import Domain
import HTTPTransport
import Settings
import Text

/// How a channel is called whose user has given it no name.
package enum ChannelName {
    private static let most = 40
    /// What programs call a place that nobody has given a name yet.
    private static let nobodys: Set = ["New Owncast Server", "My WordPress Website", "My Store", "WordPress"]

    /// - Parameters:
    ///   - own: as the place calls itself.
    ///   - origin: where it is, which says more than a name that nobody has chosen.
    package static func proposed(_ own: SafeText, at origin: String) -> String {
        let name = shortened(own.string)
        return nobodys.contains(name) || !ChannelConfig.isName(name) ? host(origin) : name
    }

    /// Another one, where the first is taken.
    package static func proposed(insteadOf name: String, at origin: String) -> String {
        let place = " (\(host(origin)))"
        let longer = String(shortened(name, most: max(1, most - place.count))) + place
        return ChannelConfig.isName(longer) ? longer : host(origin)
    }

    /// As many whole words as fit, without what would be read as something else.
    private static func shortened(_ name: String, most: Int = most) -> String {
        let words = name.split { $0.isWhitespace || $0 == "/" }
        var short = ""
        for word in words {
            let longer = short.isEmpty ? String(word) : short + " " + word
            guard longer.count <= most else { break }
            short = longer
        }
        if short.isEmpty, let first = words.first { short = String(first.prefix(most)) }
        while let last = short.last, last.isWhitespace || "–—-|:,·&".contains(last) { short.removeLast() }
        return short
    }

    private static func host(_ origin: String) -> String {
        let place = HTTPOrigin(origin)
        let port = place.flatMap { $0.hasUsualPort ? nil : ":\($0.port)" } ?? ""
        return place.map { String(($0.host + port).prefix(most)) } ?? "shop"
    }
}
