import Domain

/// The links that whoever presents has put up and that still stand: the newest of them says what is on air.
package struct StandingLinks: Hashable, Sendable {
    package struct Link: Hashable, Sendable {
        package let address: String
        package let message: MessageID
        package let at: Timestamp

        package init(address: String, message: MessageID, at: Timestamp) {
            (self.address, self.message, self.at) = (address, message, at)
        }
    }

    /// More than anybody takes back.
    private static let most = 64
    /// In the order in which they were played.
    private var links: [Link] = []

    package init() {}

    package var newest: Link? { links.last }

    package mutating func add(_ link: Link) {
        links.append(link)
        if links.count > Self.most { links.removeFirst() }
    }

    /// Takes those away whose messages are gone.
    /// - Parameter pending: one that is not known yet to lead to anything: the one before it is what put something on air.
    /// - Returns: whether the newest is among them, or what is on air.
    package mutating func takeBack(pending: Link? = nil, where isGone: (Link) -> Bool) -> Bool {
        guard let newest, links.contains(where: isGone) else { return false }
        let shown = links.last { $0 != pending }
        links.removeAll(where: isGone)
        return isGone(newest) || shown.map(isGone) ?? false
    }

    /// Takes one away that leads to nothing that is sold: it never put anything on air.
    package mutating func drop(_ link: Link) { links.removeAll { $0 == link } }

    package mutating func clear() { links = [] }
}
