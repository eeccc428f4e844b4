import Foundation
import HTTPTransport
import Synchronization

/// A server that behaves as Owncast does towards whoever watches: a stream that comes and goes, chatters with tokens, a chat
/// of which the newest 50 messages are listed, moderators who hide some, a schedule. It was built from the program's own
/// source and documents.
package final class StandInStream: Sendable {
    package struct Rules: Sendable {
        /// Before 0.3 there was no schedule: its address led to the web page, as all that are unknown do.
        package var hasSchedule = true
        package var chatDisabled = false
        package var hidesViewers = false
        /// Nobody from the tests' address may come in.
        package var bansEverybody = false
        package var name = "Ana Live"

        package init() {}
    }

    package struct User: Sendable {
        package var id: String
        package var name: String
        package var token: String
        package var isModerator = false
        package var isAuthenticated = false
        var isDisabled = false
    }

    struct Message: Sendable {
        var id: String
        var user: String
        var body: String
        var at: Int64
        var isHidden = false
    }

    struct Event: Sendable {
        var id: String
        var name: String
        var start: Int64
        var minutes: Int
        var isCancelled: Bool
    }

    struct State: Sendable {
        var rules: Rules
        var users: [User] = []
        var messages: [Message] = []
        var events: [Event] = []
        var title = ""
        var onlineSince: Int64?
        var wentAt: Int64?
        var viewers = 0
        var now: Int64?
        var clock: (@Sendable () -> Int64)?
        var log: [String] = []
        var isAway = false
    }

    let state: Mutex<State>
    /// The newest messages that are listed, as the program has it.
    static let listed = 50

    package init(_ rules: Rules = Rules()) { state = Mutex(State(rules: rules)) }

    /// `GET /api/status` for each request that came, without queries.
    package var log: [String] { state.withLock { $0.log } }
    package var userCount: Int { state.withLock { $0.users.count } }

    /// Milliseconds since 1970, where the test has a clock of its own.
    package func set(now: Int64?) { state.withLock { $0.now = now } }
    /// The same, where that clock goes on by itself.
    package func set(clock: @escaping @Sendable () -> Int64) { state.withLock { $0.clock = clock } }
    package func set(viewers: Int) { state.withLock { $0.viewers = viewers } }
    /// Whether it answers with 503, as a proxy does for it.
    package func set(isAway: Bool) { state.withLock { $0.isAway = isAway } }

    package func start(_ title: String) {
        state.withLock {
            $0.title = title
            $0.onlineSince = $0.time
        }
    }

    package func end() {
        state.withLock {
            $0.onlineSince = nil
            $0.wentAt = $0.time
        }
    }

    /// - Returns: the account's id.
    @discardableResult
    package func join(_ name: String, isModerator: Bool = false, isAuthenticated: Bool = false) -> String {
        state.withLock {
            let user = $0.add(name)
            $0.users[$0.users.count - 1].isModerator = isModerator
            $0.users[$0.users.count - 1].isAuthenticated = isAuthenticated
            return user.id
        }
    }

    /// As somebody writes it: letters of HTML are only letters, addresses become links, and each line is a paragraph.
    /// - Returns: the message's id.
    @discardableResult
    package func say(_ text: String, by user: String) -> String { post(Self.rendered(text), by: user) }

    /// With the body as it is listed.
    @discardableResult
    package func post(_ body: String, by user: String) -> String {
        state.withLock {
            let id = "msg\($0.messages.count)"
            $0.messages.append(Message(id: id, user: user, body: body, at: $0.time))
            return id
        }
    }

    package func hide(_ message: String) {
        state.withLock { state in
            for index in state.messages.indices where state.messages[index].id == message {
                state.messages[index].isHidden = true
            }
        }
    }

    /// Nobody's token is known any more.
    package func forgetTokens() {
        state.withLock { state in
            for index in state.users.indices { state.users[index].token = UUID().uuidString }
        }
    }

    package func plan(_ name: String, at start: Int64, minutes: Int = 60, isCancelled: Bool = false) {
        state.withLock {
            $0.events.append(
                Event(
                    id: "ev\($0.events.count)", name: name, start: start, minutes: minutes, isCancelled: isCancelled))
        }
    }

    package var client: HTTPClient {
        HTTPClient { [self] request, completion in
            completion(.success(answer(request)))
            return HTTPCancellation {}
        }
    }

    package func answer(_ request: HTTPRequest) -> HTTPResponse { state.withLock { $0.answer(request) } }

    private static func rendered(_ text: String) -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let linked = escaped.split(separator: " ", omittingEmptySubsequences: false).map { word in
            guard word.hasPrefix("https://") || word.hasPrefix("http://") else { return String(word) }
            // What ends a sentence is no part of the address.
            let address = word.last.map { ".,!".contains($0) } == true ? word.dropLast() : word
            let link = "<a href=\"\(address)\" rel=\"nofollow noreferrer noopener\" target=\"_blank\">\(address)</a>"
            return link + word.dropFirst(address.count)
        }
        return "<p>" + linked.joined(separator: " ") + "</p>"
    }
}

extension StandInStream.State {
    var time: Int64 { now ?? clock?() ?? Int64(Date().timeIntervalSince1970 * 1000) }

    mutating func add(_ name: String) -> StandInStream.User {
        let user = StandInStream.User(
            id: "user\(users.count)", name: name.isEmpty ? "quiet-otter-\(users.count)" : name,
            token: "token-\(UUID().uuidString)")
        users.append(user)
        return user
    }

    mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        let place = request.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
        let path = String(place.prefix { $0 != "?" })
        let query = String(place.drop { $0 != "?" }.dropFirst())
        log.append("\(request.method.rawValue) \(path)")
        if isAway { return Self.reply(503, "text/html", Data("<html>503</html>".utf8)) }
        switch (request.method, path) {
        case (.get, "/api/status"): return json(status)
        case (.get, "/api/config"): return json(config)
        case (.get, "/api/schedule") where rules.hasSchedule: return json(events.map(object))
        case (.post, "/api/chat/register"): return register(request)
        case (.get, "/api/chat"): return chat(query)
        // The web page answers for all that is not there.
        default: return Self.reply(200, "text/html", Data("<!DOCTYPE html><html><title>Owncast</title></html>".utf8))
        }
    }

    private var status: [String: Any] {
        var status: [String: Any] = [
            "serverTime": Self.text(time), "lastConnectTime": onlineSince.map(Self.text) ?? NSNull(),
            "lastDisconnectTime": wentAt.map(Self.text) ?? NSNull(), "versionNumber": "0.3.0",
            "streamTitle": title, "online": onlineSince != nil,
        ]
        // Go leaves out what is nothing.
        if !rules.hidesViewers, viewers > 0 { status["viewerCount"] = viewers }
        return status
    }

    private var config: [String: Any] {
        [
            "name": rules.name, "summary": "Lamps &amp; more", "tags": ["lamps", "paper"], "nsfw": false,
            "chatDisabled": rules.chatDisabled, "hideViewerCount": rules.hidesViewers, "extraPageContent": "<p>hi</p>",
            "federation": ["enabled": true, "account": "ana@live.example", "followerCount": 12],
        ]
    }

    private func object(_ event: StandInStream.Event) -> [String: Any] {
        [
            "id": event.id, "name": event.name, "description": "", "startTime": Self.text(event.start),
            "durationMinutes": event.minutes, "timezone": "Europe/Zurich",
            "status": event.isCancelled ? "cancelled" : "scheduled",
        ]
    }

    private mutating func register(_ request: HTTPRequest) -> HTTPResponse {
        let wish = request.body.flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: Any]
        let user = add(wish?["displayName"] as? String ?? "")
        return json(["id": user.id, "accessToken": user.token, "displayName": user.name])
    }

    private func chat(_ query: String) -> HTTPResponse {
        let token = query.split(separator: "&").first { $0.hasPrefix("accessToken=") }?.dropFirst(12)
        let name = token.flatMap { String($0).removingPercentEncoding } ?? ""
        guard !rules.bansEverybody, let user = users.first(where: { $0.token == name }), !user.isDisabled else {
            return Self.reply(401, nil, Data("unauthorized".utf8))
        }
        return json(messages.filter { !$0.isHidden }.suffix(StandInStream.listed).compactMap(object))
    }

    private func object(_ message: StandInStream.Message) -> [String: Any]? {
        guard let user = users.first(where: { $0.id == message.user }) else { return nil }
        return [
            "type": "CHAT", "id": message.id, "timestamp": Self.text(message.at), "body": message.body,
            "user": [
                "createdAt": Self.text(0), "id": user.id, "displayName": user.name, "previousNames": [user.name],
                "scopes": user.isModerator ? ["MODERATOR"] : [""], "displayColor": 22, "isBot": false,
                "authenticated": user.isAuthenticated,
            ] as [String: Any],
        ]
    }

    /// With nine digits of a second and an offset, as Go writes times.
    private static func text(_ milliseconds: Int64) -> String {
        let local = milliseconds + 7_200_000
        let date = Date(timeIntervalSince1970: Double(local / 1000))
        let seconds = ISO8601DateFormatter().string(from: date)
        return seconds.prefix(19) + "." + String(format: "%03d", Int(local % 1000)) + "000000+02:00"
    }

    private func json(_ value: Any) -> HTTPResponse {
        let data = (try? JSONSerialization.data(withJSONObject: value)) ?? Data()
        return Self.reply(200, "application/json", data)
    }

    private static func reply(_ status: Int, _ type: String?, _ body: Data) -> HTTPResponse {
        var headers = HTTPHeaders()
        if let type { headers.append("Content-Type", type) }
        return HTTPResponse(status: status, headers: headers, body: body)
    }
}
