import Domain
import Providers

/// A question in somebody's name, with what has been tried for it.
///
/// A shop may take none of its own tokens: each question has one token or one account made for it, and no more. After
/// that the account is left alone for a while (`RefusedAccount`).
struct AccountQuestion: Sendable {
    let query: ShopQuery
    let completion: ShopClient.Completion
    /// A token was asked for, or a guest's account opened.
    var hasRenewed = false
    /// It was sent, and answered with 401.
    private var wasTurnedAway = false
    /// Accounts that others had put in the place of the one before.
    private var changes = 0
    private static let mostChanges = 4

    init(_ query: ShopQuery, _ completion: @escaping ShopClient.Completion) {
        self.query = query
        self.completion = completion
    }

    /// Counts an account that somebody else has put in place.
    /// - Returns: whether it may still be tried.
    mutating func change() -> Bool {
        changes += 1
        return changes <= Self.mostChanges
    }

    func fail(_ failure: ShopFailure) { completion(.failure(failure)) }

    /// Ends it with a failure that came before it was sent in the name of an account. A purchase that was turned away
    /// once has left the program, and a 401 is no certain no.
    func failBeforeSending(_ failure: ShopFailure) {
        let isUncertain = wasTurnedAway && query.buyer != nil && query.policy == .strictlyOnce
        completion(.failure(isUncertain ? .unauthorized : failure.before(query)))
    }

    /// The same question, after the shop did not take its account.
    func turnedAway() -> AccountQuestion {
        var question = self
        question.wasTurnedAway = true
        return question
    }
}

/// An account that the shop does not take although it was fresh. It is tried again after a while, further and further
/// apart; one that somebody puts in its place is tried at once.
struct RefusedAccount: Sendable {
    private let credential: Credential
    private let until: Timestamp
    private let times: Int
    private static let longest = Duration.seconds(3600)

    /// - Parameter earlier: the refusal before this one, of whichever account.
    init(_ credential: Credential, after earlier: RefusedAccount?, at now: Timestamp) {
        self.credential = credential
        times = min((earlier?.times ?? 0) + 1, 7)
        until = now + min(.seconds(60 << (times - 1)), Self.longest)
    }

    /// Tells whether the account is to be left alone. A clock that was set back does not keep it away for longer.
    func holds(_ other: Credential, at now: Timestamp) -> Bool {
        other == credential && now < until && until - now <= Self.longest
    }
}
