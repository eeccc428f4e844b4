import Domain
import HTTPTransport
import LiveAPI

/// What changes seldom is asked for at most every so often, also after a restart, and kept meanwhile.
struct KeptAnswer<Value: Codable & Sendable>: Codable, Sendable {
    var askedAt: Timestamp
    /// When the server sent what is kept.
    var madeAt: Timestamp
    /// The name by which the server knows what it sent.
    var etag: String?
    /// nil where the server has nothing of the kind.
    var value: Value?

    /// How long what a server calls unchanged is not read anew: it may be counted from a time that is long past.
    private static var longestUnread: Duration { .seconds(86_400) }

    private static var failurePause: Duration { .seconds(60) }

    /// - Parameters:
    ///   - name: what it is kept under.
    ///   - interval: how old it may be. One from the future, by a clock that was wrong, is too old as well.
    ///   - wish: how old what is kept may be by its own word, in the place of `interval`.
    ///   - read: what a reply holds. One that throws leaves what was kept, until it is asked for again.
    static func ask(
        _ name: String, every interval: Duration, wish: (Value) -> Duration? = { _ in nil }, _ request: HTTPRequest,
        _ io: ShopIO, read: (HTTPResponse) throws(ShopFailure) -> Value?
    ) async throws(ShopFailure) -> Value? {
        let kept = ShopNote.value(Self.self, try await io.recall(name))
        let interval = kept?.value.flatMap(wish) ?? interval
        if let kept, (.zero..<interval).contains(io.now - kept.askedAt) { return kept.value }
        var request = request
        if let kept, let etag = kept.etag, (.zero..<longestUnread).contains(io.now - kept.madeAt) {
            request.headers.append("If-None-Match", etag)
        }
        let response = try await io.send(request)
        let fresh = answer(response, after: kept, every: interval, now: io.now, read)
        try await io.keep(name, try ShopNote.text(fresh))
        return fresh.value
    }

    private static func answer(
        _ response: HTTPResponse, after kept: Self?, every interval: Duration, now: Timestamp,
        _ read: (HTTPResponse) throws(ShopFailure) -> Value?
    ) -> Self {
        // A value of nil is read, too: there is nothing of the kind.
        if response.status != 304, let value = try? Optional.some(read(response)) {
            return Self(askedAt: now, madeAt: now, etag: response.headers["ETag"], value: value)
        }
        // One that has failed is asked again soon.
        let askedAt = response.status == 304 ? now : now - max(.zero, interval - failurePause)
        return Self(askedAt: askedAt, madeAt: kept?.madeAt ?? now, etag: kept?.etag, value: kept?.value)
    }
}
