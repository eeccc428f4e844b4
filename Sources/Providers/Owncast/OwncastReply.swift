import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// A reply of an Owncast server, looked at for what it is before anything is read from it.
struct OwncastReply {
    let response: HTTPResponse

    init(_ response: HTTPResponse) { self.response = response }

    /// - Throws: what a reply other than a success, or one of another program's, means.
    func value<Value: Decodable>(_: Value.Type) throws(ShopFailure) -> Value {
        if let busy { throw busy }
        let body = ReplyBody(response)
        if let obstacle = body.obstacle, obstacle != .webPage { throw .notUnderstood(obstacle.words) }
        guard (200..<300).contains(response.status), body.obstacle == nil, !body.json.isEmpty else {
            throw .notUnderstood(SafeText("this is no Owncast server (status \(response.status))"))
        }
        do { return try WireJSON.decode(Value.self, from: body.json) } catch {
            throw .notUnderstood("the reply is not what Owncast promises")
        }
    }

    /// The server is not up to it just now.
    private var busy: ShopFailure? {
        guard response.status == 429 || (500..<600).contains(response.status) else { return nil }
        return .busy(
            status: response.status,
            retryAfterSeconds: response.retryAfter(now: .max).map { Int(clamping: $0.wholeSeconds) })
    }
}

/// Whether the stream is on (`/api/status`).
struct OwncastStatus: Decodable, Sendable {
    let isOnline: Bool
    let serverTime: Timestamp
    /// When the stream that is on began.
    let connectedAt: Timestamp?
    let title: SafeText
    /// nil where nobody watches, or the server does not say.
    let viewers: Int?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        isOnline = try wire.get("online")
        // Nothing else calls itself so.
        let _: String = try wire.get("versionNumber")
        serverTime = try wire.get("serverTime")
        connectedAt = (try? wire.find("lastConnectTime")) ?? nil
        title = HTMLText.safe((try? wire.find("streamTitle")) ?? "", limit: 200)
        viewers = (try? wire.findCount("viewerCount")) ?? nil
    }
}

/// What changes seldom (`/api/config`), as it is kept.
struct OwncastConfig: Codable, Sendable {
    var name: String
    var summary: String
    var tags: [String]
    var chatDisabled: Bool
    var hidesViewers: Bool
    /// On the fediverse; nil where it is not there.
    var followers: Int?

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        // One that is odd leaves the others as they are.
        name = (try? wire.find("name")) ?? ""
        summary = String(((try? wire.find("summary")) ?? "").prefix(2000))
        tags = Array(((try? wire.list("tags")) ?? []).prefix(20))
        chatDisabled = (try? wire.find("chatDisabled")) ?? false
        hidesViewers = (try? wire.find("hideViewerCount")) ?? false
        let federation = try? wire.object("federation")
        let isFederated: Bool? = (try? federation?.find("enabled")) ?? nil
        followers = isFederated == true ? (try? federation?.findCount("followerCount")) ?? 0 : nil
    }

    func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("name", name)
        try wire.set("summary", summary)
        try wire.set("tags", tags)
        try wire.set("chatDisabled", chatDisabled)
        try wire.set("hideViewerCount", hidesViewers)
        guard let followers else { return }
        var federation = wire.nestedContainer(keyedBy: WireKey.self, forKey: "federation")
        try federation.set("enabled", true)
        try federation.set("followerCount", followers)
    }
}

/// What its schedule lists (`/api/schedule`): each time by itself, repetitions counted out.
struct OwncastPlan: Decodable, Sendable {
    let show: PlannedShow

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let id: ShowID = try wire.id("id")
        let start: Timestamp = try wire.get("startTime")
        let minutes = try wire.findCount("durationMinutes") ?? 0
        show = PlannedShow(
            id: id.rawValue, title: try wire.get("name"), summary: try wire.find("description") ?? "", startsAt: start,
            endsAt: (1...44_640).contains(minutes) ? start + .seconds(Int64(minutes) * 60) : nil,
            isCancelled: try wire.find("status") == "cancelled")
    }
}
