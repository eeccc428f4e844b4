import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Text

/// The chat, which is read in the name of a chatter of its own: the server makes one for whoever asks, and lists the newest
/// messages (50) to it.
extension OwncastProvider: ShopChat {
    package var chatCapabilities: ShopCapabilities { [.chatToRead] }

    /// It takes messages over a WebSocket alone.
    package func post(
        _ text: String, in show: ShowID, _ io: ShopIO
    ) async throws(ShopFailure) -> (message: ChatMessage, pause: Duration?) {
        throw .notSent("this chat can be read here, not written to")
    }

    private static let tokenName = "owncast/chatter"
    /// A chat that lets nobody in is left alone for so long.
    private static let refusedFor = Duration.seconds(600)

    package func head(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowHead {
        let status = try await askStatus(io)
        let config = try await askConfig(io)
        let state = state(of: id, status, try await askPlans(io))
        let isOn = state == .live
        let viewers = isOn ? status.viewers ?? (config?.hidesViewers == false ? 0 : nil) : nil
        guard isOn, config?.chatDisabled != true else { return head(id, state, status, viewers, .unread) }
        // A chat that cannot be read hides no show.
        return head(id, state, status, viewers, (try? await askChat(io)) ?? .unread)
    }

    /// Who reads, as it is kept.
    private struct Chatter: Codable, Sendable {
        /// nil where the server let nobody in.
        var token: String?
        var since: Timestamp
    }

    /// What is listed of the chat.
    private struct Listed: Sendable {
        var messages: [OwncastMessage]
        /// There are no others, but for such as are too old to be kept.
        var isAll: Bool
        var isRead = true

        /// As many as the server lists at most.
        static let most = 50
        static let unread = Listed(messages: [], isAll: false, isRead: false)
    }

    private func askChat(_ io: ShopIO) async throws(ShopFailure) -> Listed {
        let chatter = ShopNote.value(Chatter.self, try await io.recall(Self.tokenName))
        if let token = chatter?.token {
            if let listed = try await readChat(as: token, io) { return listed }
        } else if let chatter, (.zero..<Self.refusedFor).contains(io.now - chatter.since) {
            return .unread
        }
        guard let token = try await register(io) else { return .unread }
        if let listed = try await readChat(as: token, io) { return listed }
        try await keep(nil, io)
        return .unread
    }

    /// - Returns: nil where the server knows this chatter no more, or has banned somebody.
    private func readChat(as token: String, _ io: ShopIO) async throws(ShopFailure) -> Listed? {
        let response = try await io.send(get("/api/chat?accessToken=" + PercentEncoding.encode(token)))
        if response.status == 401 || response.status == 403 { return nil }
        // What is no message (who came, who changed a name) hides none.
        let list = try OwncastReply(response).value(LenientList<OwncastMessage>.self)
        return Listed(messages: list.elements, isAll: list.count < Listed.most)
    }

    /// - Returns: the new chatter's token; nil where the server lets nobody in.
    private func register(_ io: ShopIO) async throws(ShopFailure) -> String? {
        let response = try await io.send(
            HTTPRequest(
                .post, origin + "/api/chat/register",
                headers: ["Accept": "application/json", "Content-Type": "application/json"], body: Data("{}".utf8)))
        let token = try? OwncastReply(response).value(Registration.self).accessToken
        try await keep(token, io)
        return token
    }

    private func keep(_ token: String?, _ io: ShopIO) async throws(ShopFailure) {
        try await io.keep(Self.tokenName, try ShopNote.text(Chatter(token: token, since: io.now)))
    }

    private struct Registration: Decodable {
        let accessToken: String

        init(from decoder: any Decoder) throws {
            accessToken = try decoder.wire().get("accessToken")
            guard (1...512).contains(accessToken.utf8.count) else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no token"))
            }
        }
    }

    // MARK: As a timeline

    private func head(
        _ id: ShowID, _ state: ShowState, _ status: OwncastStatus, _ viewers: Int?, _ chat: Listed
    ) -> ShowHead {
        let events = events(chat.messages)
        let time = status.serverTime
        let last = events.last?.sequence ?? 0
        let opening = ShowSnapshot(
            sequence: max(0, (events.first?.sequence ?? 1) - 1), at: events.first?.at ?? time, state: state,
            viewers: viewers)
        return ShowHead(
            show: id, snapshot: ShowSnapshot(sequence: last, at: time, state: state, viewers: viewers),
            lastSequence: last, open: TimelineSegment(number: 0, opening: opening, events: events, isClosed: false),
            pollAfterMilliseconds: Int((state == .live ? Self.livePoll : Self.offlinePoll).milliseconds),
            serverTime: time, retoldSince: whole(chat, at: time))
    }

    /// Messages are kept for hours (2, once 5): what is newer than this and is not in a list that has room for it was hidden.
    private static let kept = Duration.seconds(3600)

    /// Since when a list has all that is there to be read.
    private func whole(_ chat: Listed, at time: Timestamp) -> Timestamp {
        guard chat.isRead else { return .distantFuture }
        let oldest = chat.messages.map(\.at).min() ?? .distantFuture
        return chat.isAll ? min(oldest, time - Self.kept) : oldest
    }

    /// The time in milliseconds is the place in the sequence, with room for what was said in the same one.
    private func events(_ messages: [OwncastMessage]) -> [TimelineEvent] {
        var events: [TimelineEvent] = []
        var last = 0
        for message in messages.sorted(by: { $0.at < $1.at }) {
            let sequence = max(last + 1, Int(clamping: message.at.milliseconds) * 16)
            last = sequence
            let role = message.role(presenters)
            events.append(TimelineEvent(sequence: sequence, at: message.at, kind: .chat(message.chat(role))))
            guard role != .viewer, let link = message.links.last else { continue }
            last = sequence + 1
            events.append(TimelineEvent(sequence: last, at: message.at, kind: .link(link, in: message.id)))
        }
        return events
    }
}

/// What somebody has said.
struct OwncastMessage: Decodable, Sendable {
    let id: MessageID
    let at: Timestamp
    let text: SafeText
    /// The addresses in it, in their order.
    let links: [String]
    let author: SafeText
    private let userID: String
    private let userName: String
    /// The server has seen proof that the name is its owner's.
    private let isAuthenticated: Bool
    private let isModerator: Bool

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        guard try wire.find("type") ?? "CHAT" == "CHAT", try wire.find("visible") ?? true,
            try wire.find("hiddenAt") as String? == nil
        else { throw wire.corrupted("type", "nothing to read") }
        id = try wire.id("id")
        at = try wire.get("timestamp")
        // A time that no show has would overflow the sequence.
        guard (0...253_402_300_799_999).contains(at.milliseconds) else {
            throw wire.corrupted("timestamp", "no possible time")
        }
        let body: String = try wire.get("body")
        text = HTMLText.safe(body, limit: WireLimits.chatCharacters)
        guard !text.isEmpty else {
            throw wire.corrupted("body", "nothing to read")
        }
        links = HTMLText.links(body)
        let user = try wire.object("user")
        userID = try user.get("id")
        userName = try user.find("displayName") ?? ""
        author = WireLimits.safe(userName, limit: WireLimits.nameCharacters)
        isAuthenticated = try user.find("authenticated") ?? false
        let scopes: [String] = (try? user.list("scopes")) ?? []
        isModerator = scopes.contains("MODERATOR")
    }

    func role(_ presenters: Set<String>) -> ChatMessage.Role {
        if presenters.contains(userID) || isAuthenticated && presenters.contains(userName) { return .host }
        return isModerator ? .moderator : .viewer
    }

    func chat(_ role: ChatMessage.Role) -> ChatMessage {
        ChatMessage(id: id, author: author, role: role, text: text, at: at, authorID: userID)
    }
}
