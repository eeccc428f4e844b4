import Domain
import Text

/// How the program stands with one server, in the words a person needs. There is one for each server; it knows of no
/// other, nor of what is asked: those who ask tell it.
///
/// It is made from what each kind of question was last answered with, so that one that fails is not forgotten over another
/// that is answered meanwhile.
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

    /// A kind of question that has failed since it was last answered.
    private struct Trouble: Hashable {
        let failure: ShopFailure
        /// Others were answered meanwhile: it is not the way to the server that is cut off.
        var isAlone: Bool
        /// There is a way to the server again; this is asked once more before it counts.
        var isInDoubt = false

        func status(_ since: Timestamp) -> Status? {
            switch failure {
            case .unreachable(let reason, _):
                isAlone ? .troubled(since: since, reason: reason) : .offline(since: since, reason: reason)
            case .notUnderstood(let reason): .troubled(since: since, reason: reason)
            case .busy(429, _): .refused(since: since, reason: "the server asks for patience")
            case .busy(let code, _): .troubled(since: since, reason: "the server is in trouble (\(code))")
            case .unauthorized: .refused(since: since, reason: "the server wants an account")
            case .notFound, .refused, .notSent: nil
            }
        }
    }

    package private(set) var status: Status = .connecting
    private var troubles: [QuestionKind: Trouble] = [:]
    private var hasAnswered = false
    /// Since when not all that is shown is as the server has it.
    private var awaySince: Timestamp?
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
    package var isAway: Bool { status.isAway }

    /// - Returns: whether the server has just come back, so that what has failed is worth asking now.
    package mutating func succeeded(_ kind: QuestionKind, at now: Timestamp) -> Bool {
        let before = status
        var isNews = false
        hasAnswered = true
        troubles[kind] = nil
        troubles[.single] = nil
        for (other, trouble) in troubles where !trouble.isAlone {
            isNews = true
            troubles[other]?.isAlone = true
            if case .unreachable = trouble.failure { troubles[other]?.isInDoubt = true }
        }
        judge(at: now)
        if isLive { upToDateAt = now }
        return isNews || before.isAway && !isAway || before.isOffline && !status.isOffline
    }

    /// A question that everybody may ask has failed. A no about the thing that was asked for is an answer.
    package mutating func failed(_ kind: QuestionKind, _ failure: ShopFailure, at now: Timestamp) {
        switch failure {
        case .unreachable, .notUnderstood, .busy, .unauthorized:
            troubles[kind] = Trouble(failure: failure, isAlone: troubles[kind]?.isAlone ?? false)
        case .notFound, .refused: troubles[kind] = nil
        case .notSent: break
        }
        judge(at: now)
    }

    /// What is asked of the server, and whether all that is shown has been brought up to date.
    /// - Parameters:
    ///   - kinds: what is asked again and again. Trouble with anything else is nobody's any more.
    ///   - pollers: of these, as far as their times are shown.
    package mutating func plan(
        _ kinds: Set<QuestionKind>, _ pollers: [Poller], isUpToDate: Bool, at now: Timestamp
    ) {
        for (kind, trouble) in troubles where kind != .single && !kinds.contains(kind) {
            troubles[kind] = nil
            // That there is no way to the server is no less true for it.
            if case .unreachable = trouble.failure, !trouble.isAlone { troubles[.single] = trouble }
        }
        judge(at: now)
        if case .catchingUp = status, isUpToDate, troubles.isEmpty {
            awaySince = nil
            status = .live
            upToDateAt = now
        }
        askedAt = pollers.compactMap(\.sentAt).min()
        nextTryAt = pollers.compactMap(\.dueAt).min()
        heldUntil = pollers.compactMap(\.backoff.heldUntil).max().flatMap { $0 > now ? $0 : nil }
    }

    /// The worst that is known of any kind of question; of what is as bad, that which is most in sight.
    private mutating func judge(at now: Timestamp) {
        let since = awaySince ?? now
        let all = troubles.sorted { $0.key < $1.key }.compactMap { $0.value.isInDoubt ? nil : $0.value.status(since) }
        let worst = all.first(where: \.isOffline) ?? all.first(where: \.isTroubled) ?? all.first
        if worst != nil { awaySince = since }
        status = worst ?? awaySince.map { .catchingUp(since: $0) } ?? (hasAnswered ? .live : .connecting)
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

extension ConnectionState.Status {
    fileprivate var isOffline: Bool { if case .offline = self { true } else { false } }
    fileprivate var isTroubled: Bool { if case .troubled = self { true } else { false } }
    fileprivate var isAway: Bool {
        switch self {
        case .offline, .troubled, .refused: true
        case .connecting, .live, .catchingUp: false
        }
    }
}
