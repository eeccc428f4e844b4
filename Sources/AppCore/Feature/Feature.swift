import Domain

/// A part of the program with a state of its own and all that it does. It knows its context, and no feature beside it.
///
/// Everything here has an empty answer, so that a feature says what it has to say and no more. Its own events, such as that
/// something is put on a list, are a type of its own.
package protocol Feature: Sendable {
    /// Time at which something happens by itself next.
    func nextDeadline(_ context: FeatureContext) -> Timestamp?
    /// Does what is due by now.
    mutating func passTime(_ context: FeatureContext) -> [Outcome]
    /// Handles an answer, whoever asked: one that it has nothing to do with changes nothing.
    mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome]
    /// Pollers that ask a channel by themselves, of that which everybody may ask.
    func pollers(of channel: Channel) -> [QuestionKind: Poller]
    /// Asks as soon as may be, because the machine has slept.
    mutating func resume(_ context: FeatureContext)
    /// Asks as soon as may be, because somebody does not want to wait.
    mutating func refresh(_ context: FeatureContext)
    /// Asks for what could not be had while a channel's server was away.
    mutating func comeBack(_ channel: Channel, _ context: FeatureContext) -> [Outcome]
    /// Undoes what is kept here and nowhere else, where the disk has not taken it.
    mutating func takeBack(_ command: StoreCommand)
}

extension Feature {
    package func nextDeadline(_ context: FeatureContext) -> Timestamp? { nil }
    package mutating func passTime(_ context: FeatureContext) -> [Outcome] { [] }
    package mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome] { [] }
    package func pollers(of channel: Channel) -> [QuestionKind: Poller] { [:] }
    package mutating func resume(_ context: FeatureContext) {}
    package mutating func refresh(_ context: FeatureContext) {}
    package mutating func comeBack(_ channel: Channel, _ context: FeatureContext) -> [Outcome] { [] }
    package mutating func takeBack(_ command: StoreCommand) {}
}

/// An answer of a channel's shop to a question.
package struct Answer: Sendable {
    package let query: ShopQuery
    package let channel: Channel
    package let result: Result<ShopAnswer, ShopFailure>
    /// The answer is an old one, since the shop cannot be asked now.
    package let stale: StaleAnswer?

    package init(
        _ query: ShopQuery, of channel: Channel, _ result: Result<ShopAnswer, ShopFailure>, stale: StaleAnswer? = nil
    ) {
        (self.query, self.channel, self.result, self.stale) = (query, channel, result, stale)
    }

    /// The answer of now: for an old one, why there is none.
    package var fresh: Result<ShopAnswer, ShopFailure> { stale.map { .failure($0.failure) } ?? result }
}
