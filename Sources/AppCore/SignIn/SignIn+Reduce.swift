import Domain

extension AppState {
    /// Time of the next step of a sign-in, at any channel.
    var signInDueAt: Timestamp? {
        (0..<channelCount).lazy.compactMap { signIns.read(Channel($0)) { $0.dueAt } }.min()
    }

    /// Changes how far a sign-in has come, and begins the step that follows.
    mutating func changeSignIn(at channel: Channel, _ body: (inout SignInState) -> SignInStep?) -> [Effect] {
        guard let step = body(&signIns[channel]) else { return [] }
        return [.signIn(step, attempt: signIns[channel].attempt, of: channel)]
    }

    /// Takes the reply to a step. Somebody else's account is in the channel's place then, or none.
    mutating func takeSignIn(_ reply: SignInReply, attempt: Int, of channel: Channel) -> [Effect] {
        let before = signIns[channel].phase
        let effects = changeSignIn(at: channel) { [now] in $0.handle(reply, of: attempt, at: now) }
        guard signIns[channel].phase != before else { return effects }
        switch signIns[channel].phase {
        case .signedIn(let account):
            shops[channel].connection.isSignedOut = false
            return effects + findAccount(account.id, account.name, formerly: account.formerly, of: channel)
        case .signedOut:
            shops[channel].connection.isSignedOut = false
            shops[channel].accountID = nil
            shops[channel].accountName = nil
            shops[channel].formerAccounts = []
        default: break
        }
        return effects
    }

    mutating func continueSignIns() -> [Effect] {
        guard let dueAt = signInDueAt, dueAt <= now else { return [] }
        return channels.flatMap { changeSignIn(at: $0) { [now] in $0.passTime(at: now) } }
    }
}
