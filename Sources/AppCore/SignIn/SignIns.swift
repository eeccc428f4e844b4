import Domain

/// Signing in and out, at each channel.
package struct SignIns: Feature {
    private var states = PerChannel(SignInState())

    package init() {}

    package subscript(channel: Channel) -> SignInState { states[channel] }

    package enum Event: Sendable {
        case begin(SignInMeans)
        case useToken
        case stop
        case signOut(evenGuest: Bool)
        /// Reply to a step; one of an earlier attempt changes nothing.
        case replied(SignInReply, attempt: Int)
    }

    package mutating func handle(_ event: Event, at channel: Channel, _ context: FeatureContext) -> [Outcome] {
        switch event {
        case .begin(let means): return change(channel) { $0.begin(means) }
        case .useToken: return change(channel) { $0.useToken() }
        case .stop: return change(channel) { $0.stop() }
        case .signOut(let evenGuest): return change(channel) { $0.signOut(evenGuest: evenGuest) }
        case .replied(let reply, let attempt):
            let before = states[channel].phase
            let outcomes = change(channel) { $0.handle(reply, of: attempt, at: context.now) }
            guard states[channel].phase != before else { return outcomes }
            switch states[channel].phase {
            case .signedIn(let account): return outcomes + [.message(.signedIn(account, channel))]
            case .signedOut: return outcomes + [.message(.signedOut(channel))]
            default: return outcomes
            }
        }
    }

    /// Changes how far a sign-in has come, and begins the step that follows.
    private mutating func change(_ channel: Channel, _ body: (inout SignInState) -> SignInStep?) -> [Outcome] {
        guard let step = body(&states[channel]) else { return [] }
        return [.effect(.signIn(step, attempt: states[channel].attempt, of: channel))]
    }

    package func nextDeadline(_ context: FeatureContext) -> Timestamp? {
        (0..<context.channelCount).lazy.compactMap { states.read(Channel($0)) { $0.dueAt } }.min()
    }

    package mutating func passTime(_ context: FeatureContext) -> [Outcome] {
        guard let dueAt = nextDeadline(context), dueAt <= context.now else { return [] }
        return context.channels.flatMap { channel in change(channel) { $0.passTime(at: context.now) } }
    }
}
