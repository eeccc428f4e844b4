import Text

/// Where a show stands; the field's four words, and one for words that a newer server may say.
package enum ShowState: String, Sendable, CaseIterable {
    case scheduled, live, ended, cancelled
}

/// A live-shopping show as a schedule lists it.
package struct Show: Hashable, Sendable, Identifiable {
    package var id: ShowID
    package var title: SafeText
    package var summary: SafeText
    package var state: ShowState
    /// Who presents it, the main host first; never empty in what our own server sends.
    package var hosts: [Host]
    package var tags: [SafeText]
    /// When it starts or started, and when it ends, ended or is planned to end.
    package var startsAt: Timestamp
    package var endsAt: Timestamp?
    /// How many watch it; nil when the shop hides it.
    package var viewers: Int?
    /// How far the picture is behind the host, in milliseconds.
    package var delayMilliseconds: Int
    /// Where the video is, for a player; nil when there is none.
    package var streamURL: String?

    package init(
        id: ShowID, title: SafeText, summary: SafeText = "", state: ShowState, hosts: [Host], tags: [SafeText] = [],
        startsAt: Timestamp, endsAt: Timestamp? = nil, viewers: Int? = nil, delayMilliseconds: Int = 0,
        streamURL: String? = nil
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.state = state
        self.hosts = hosts
        self.tags = tags
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.viewers = viewers
        self.delayMilliseconds = delayMilliseconds
        self.streamURL = streamURL
    }
}

/// A show with its line-up: what joining it needs.
package struct ShowDetail: Hashable, Sendable {
    package var show: Show
    /// The products of the show, in order.
    package var lineUp: [Product]
    /// The line-up is what the shop sells, and says nothing of what is shown next.
    package var isCatalogue: Bool

    package init(show: Show, lineUp: [Product], isCatalogue: Bool = false) {
        self.show = show
        self.lineUp = lineUp
        self.isCatalogue = isCatalogue
    }
}

/// The influencer who presents shows.
package struct Host: Hashable, Sendable, Identifiable {
    package var id: HostID
    package var name: SafeText
    package var isVerified: Bool
    package var bio: SafeText
    /// How many follow; nil when the shop hides it.
    package var followers: Int?

    package init(id: HostID, name: SafeText, isVerified: Bool = false, bio: SafeText = "", followers: Int? = nil) {
        self.id = id
        self.name = name.asName
        self.isVerified = isVerified
        self.bio = bio
        self.followers = followers
    }
}

/// A highlight of a show with its offset from the start: a place to jump to in a replay.
package struct Moment: Hashable, Sendable {
    package var products: [ProductID]
    package var title: SafeText
    package var at: Timestamp
    package var offset: Duration
    /// The segment of the timeline that it lies in, where the shop says.
    package var segment: Int?

    package init(products: [ProductID], title: SafeText, at: Timestamp, offset: Duration, segment: Int? = nil) {
        self.products = products
        self.title = title
        self.at = at
        self.offset = offset
        self.segment = segment
    }
}
