import Domain

/// A feature's line in the list of all: where its state is.
struct FeatureLine: Sendable {
    let nextDeadline: @Sendable (AppState, FeatureContext) -> Timestamp?
    let pollers: @Sendable (AppState, Channel) -> [QuestionKind: Poller]
    let take: @Sendable (inout AppState, FeatureStep, FeatureContext) -> [Outcome]

    init<State: Feature>(_ place: WritableKeyPath<AppState, State> & Sendable) {
        nextDeadline = { $0[keyPath: place].nextDeadline($1) }
        pollers = { $0[keyPath: place].pollers(of: $1) }
        take = { $0[keyPath: place].take($1, $2) }
    }
}
