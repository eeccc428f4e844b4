import Domain
import HTTPTransport
import LiveAPI

/// What changes seldom is asked for at most every so often, also after a restart, and kept meanwhile.
struct KeptAnswer<Value: Codable & Sendable>: Codable, Sendable {
    var askedAt: Timestamp
    /// nil where the server has nothing of the kind.
    var value: Value?

    private init(_ value: Value?, at time: Timestamp) {
        askedAt = time
        self.value = value
    }

    /// - Parameters:
    ///   - name: what it is kept under.
    ///   - interval: how old it may be. One from the future, by a clock that was wrong, is too old as well.
    ///   - read: what a reply holds. One that throws leaves what was kept, until it is asked for again.
    static func step(
        _ name: String, every interval: Duration, _ request: HTTPRequest, now: Timestamp,
        read: @escaping @Sendable (HTTPResponse) throws(ShopFailure) -> Value?,
        _ next: @escaping @Sendable (Value?) throws(ShopFailure) -> ShopStep
    ) -> ShopStep {
        .recall(name) { (note) throws(ShopFailure) in
            let kept = ShopNote.value(Self.self, note)
            if let kept, (.zero..<interval).contains(now - kept.askedAt) { return try next(kept.value) }
            return .send(request, isDecisive: false) { (response) throws(ShopFailure) in
                let value: Value?
                do { value = try read(response) } catch { value = kept?.value }
                let fresh = try ShopNote.text(Self(value, at: now))
                return .keep(name, fresh) { () throws(ShopFailure) in try next(value) }
            }
        }
    }
}
