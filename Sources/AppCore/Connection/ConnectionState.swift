import Domain
import Text

/// How the program stands with one server, in the words a person needs. There is one for each server; it knows of no
/// other, nor of what is asked: those who ask tell it.
package struct ConnectionState: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case connecting
        case live
        /// The server answers again; what is on the screen is still from before `since`.
        case catchingUp(since: Timestamp)
        /// No answer since `since`; what is on the screen is from before.
        case offline(since: Timestamp, reason: SafeText)
        /// The server answers, but not with what was asked for.
        case troubled(since: Timestamp, reason: SafeText)
        /// The server answers that it does not want to.
        case refused(since: Timestamp, reason: SafeText)
    }

    package private(set) var status: Status = .connecting
    /// The server no longer takes the account that somebody has signed in to.
    package var isSignedOut = false
    /// When what is shown was last as the server has it; nil before it first was.
    package private(set) var upToDateAt: Timestamp?
    /// When the oldest question was put that awaits its answer.
    package private(set) var askedAt: Timestamp?
    /// When it is asked next by itself.
    package private(set) var nextTryAt: Timestamp?
    /// Until then it wants to be left alone: no key asks before.
    package private(set) var heldUntil: Timestamp?

    package init() {}

    package var isLive: Bool { status == .live }

    /// Whether it does not answer as it should.
    package var isAway: Bool {
        switch status {
        case .offline, .troubled, .refused: true
        case .connecting, .live, .catchingUp: false
        }
    }

    /// - Returns: whether the server has just come back.
    package mutating func succeeded(at now: Timestamp) -> Bool {
        guard isAway, let since = awaySince else {
            if status == .connecting { status = .live }
            if isLive { upToDateAt = now }
            return false
        }
        status = .catchingUp(since: since)
        return true
    }

    /// A question that everybody may ask has failed. A no about the thing that was asked for says nothing of the server.
    package mutating func failed(_ failure: ShopFailure, at now: Timestamp) {
        let since = awaySince ?? now
        switch failure {
        case .unreachable(let reason, _): status = .offline(since: since, reason: reason)
        case .notUnderstood(let reason): status = .troubled(since: since, reason: reason)
        case .busy(429, _): status = .refused(since: since, reason: "the server asks for patience")
        case .busy(let code, _): status = .troubled(since: since, reason: "the server is in trouble (\(code))")
        case .unauthorized: status = .refused(since: since, reason: "the server wants an account")
        case .notFound, .refused, .notSent: break
        }
    }

    /// What is asked of the server, and whether all that is shown has been brought up to date.
    package mutating func plan(_ pollers: [Poller], isUpToDate: Bool, at now: Timestamp) {
        if case .catchingUp = status, isUpToDate {
            status = .live
            upToDateAt = now
        }
        askedAt = pollers.compactMap(\.sentAt).min()
        nextTryAt = pollers.compactMap(\.dueAt).min()
        heldUntil = pollers.compactMap(\.backoff.heldUntil).max().flatMap { $0 > now ? $0 : nil }
    }

    private var awaySince: Timestamp? {
        switch status {
        case .offline(let since, _), .troubled(let since, _), .refused(let since, _), .catchingUp(let since): since
        case .live, .connecting: nil
        }
    }

    // MARK: Times that are shown

    /// A poll takes a good deal less than this from any server that is well.
    private static let patience = Duration.seconds(4)

    /// Since when a poll has been waiting for its answer, where that is longer than usual: what is shown may be old.
    package func unansweredSince(at now: Timestamp) -> Timestamp? {
        askedAt.flatMap { now - $0 >= Self.patience ? $0 : nil }
    }

    /// When these words change by themselves: the seconds to the next try, and that an answer takes long.
    package func nextChange(after now: Timestamp) -> Timestamp? {
        if isAway, askedAt == nil, let nextTryAt, nextTryAt > now {
            return nextTryAt - .milliseconds((nextTryAt - now).milliseconds.advanced(by: -1) / 1000 * 1000)
        }
        return unansweredSince(at: now) == nil ? askedAt.map { $0 + Self.patience } : nil
    }
}
