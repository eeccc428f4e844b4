import AppCore
import Domain
import Testing

/// Signing in and out as far as the state goes, on a clock that is moved by hand.
@Suite struct SignInPhaseTests {
    private let viewer = Rehearsal(account: nil)
    private let code = SignInCode(
        userCode: "BCDF-GHJK", page: "https://shop.example/sign-in", pageWithCode: nil, life: .seconds(600))
    private let ana = SignedInAccount(id: "a-1", name: "Ana", formerly: ["g-1"], isInSecretService: false)

    private var phase: SignInPhase { viewer.state.signIns[.first].phase }

    /// Carries out what is due after so long.
    private func pass(_ duration: Duration) -> [Effect] {
        viewer.state.now = viewer.state.now + duration
        return viewer.act(.timePassed).filter { if case .signIn = $0 { true } else { false } }
    }

    private func waitForConsent() {
        #expect(viewer.act(.request(.signIn(.code, at: .first))) == [.signIn(.begin(.code), attempt: 1)])
        #expect(phase == .preparing)
        #expect(viewer.act(.signIn(.code(code, pollAfter: .seconds(5)), attempt: 1)) == [])
        #expect(phase == .waiting(code))
    }

    @Test func asksAtTheShopsPaceUntilSomebodySaysYes() {
        waitForConsent()
        #expect(viewer.state.nextDeadline.map { $0 <= viewer.state.now + .seconds(5) } == true)
        #expect(pass(.seconds(4)) == [])
        #expect(pass(.seconds(1)) == [.signIn(.poll, attempt: 1)])
        // One question at a time, however long it takes.
        #expect(pass(.seconds(60)) == [])
        viewer.act(.signIn(.notYet(pollAfter: .seconds(10)), attempt: 1))
        #expect(pass(.seconds(9)) == [])
        #expect(pass(.seconds(1)) == [.signIn(.poll, attempt: 1)])
        #expect(viewer.act(.signIn(.granted, attempt: 1)) == [.signIn(.keep, attempt: 1)])
        #expect(phase == .keeping)
        viewer.act(.signIn(.signedIn(ana), attempt: 1))
        #expect(phase == .signedIn(ana))
        #expect(viewer.state.accountID == "a-1" && viewer.state.accountName == "Ana")
        #expect(viewer.state.formerAccounts == ["g-1"])
        #expect(pass(.seconds(600)) == [])
    }

    @Test func keepsAgainAfterAPause() {
        waitForConsent()
        viewer.act(.signIn(.granted, attempt: 1))
        viewer.act(.signIn(.keepAgain(after: .seconds(2)), attempt: 1))
        #expect(phase == .keeping)
        #expect(pass(.seconds(1)) == [])
        #expect(pass(.seconds(1)) == [.signIn(.keep, attempt: 1)])
    }

    @Test func wantsTheTokenBeforeItIsUsed() {
        #expect(viewer.act(.request(.useToken(at: .first))) == [])
        #expect(viewer.act(.request(.signIn(.token, at: .first))) == [.signIn(.begin(.token), attempt: 1)])
        viewer.act(.signIn(.tokenWanted, attempt: 1))
        #expect(phase == .tokenWanted)
        #expect(viewer.act(.request(.useToken(at: .first))) == [.signIn(.useToken, attempt: 1)])
        #expect(viewer.act(.signIn(.granted, attempt: 1)) == [.signIn(.keep, attempt: 1)])
    }

    @Test(arguments: [SignInFailure.denied, .expired, .shop(.unauthorized), .notOffered])
    func endsWithItsReason(_ failure: SignInFailure) {
        waitForConsent()
        viewer.act(.signIn(.failed(failure), attempt: 1))
        #expect(phase == .failed(failure))
        #expect(viewer.state.accountID == nil)
        #expect(pass(.seconds(600)) == [])
    }

    @Test func forgetsRepliesToWhatWasStopped() {
        waitForConsent()
        #expect(viewer.act(.request(.stopSigningIn(at: .first))) == [.signIn(.stop, attempt: 2)])
        #expect(phase == .idle)
        // Somebody says yes when nobody waits any more.
        #expect(viewer.act(.signIn(.granted, attempt: 1)) == [])
        #expect(phase == .idle)
        #expect(pass(.seconds(600)) == [])
        #expect(viewer.act(.request(.signIn(.code, at: .first))) == [.signIn(.begin(.code), attempt: 3)])
        viewer.act(.signIn(.failed(.denied), attempt: 1))
        #expect(phase == .preparing)
    }

    @Test func doesOneThingAtATime() {
        waitForConsent()
        #expect(viewer.act(.request(.signIn(.code, at: .first))) == [])
        #expect(viewer.act(.request(.signOut(at: .first, evenGuest: true))) == [])
        viewer.act(.signIn(.granted, attempt: 1))
        // What is being kept is kept.
        #expect(viewer.act(.request(.stopSigningIn(at: .first))) == [])
        #expect(phase == .keeping)
    }

    @Test func forgetsTheAccountThatWasSignedOut() {
        viewer.act(.accountFound(id: "a-1", name: "Ana", formerly: ["g-1"]))
        #expect(
            viewer.act(.request(.signOut(at: .first, evenGuest: false)))
                == [.signIn(.signOut(evenGuest: false), attempt: 1)])
        #expect(phase == .signingOut)
        let failure = ShopFailure.unreachable("no network", mayHaveArrived: false)
        viewer.act(.signIn(.signedOut(name: "Ana", unrevoked: failure), attempt: 1))
        #expect(phase == .signedOut(name: "Ana", unrevoked: failure))
        #expect(viewer.state.accountID == nil && viewer.state.accountName == nil)
        #expect(viewer.state.formerAccounts.isEmpty)
    }

    @Test func keepsChannelsApart() {
        viewer.state = AppState(
            now: Sample.now,
            channels: [ChannelSeat(title: "Lamps", scope: "https://a"), ChannelSeat(title: "Tea", scope: "https://b")])
        let tea = Channel(1)
        #expect(viewer.act(.request(.signIn(.code, at: tea))) == [.signIn(.begin(.code), attempt: 1, of: tea)])
        viewer.act(.signIn(.code(code, pollAfter: .seconds(5)), attempt: 1, of: tea))
        #expect(viewer.state.signIns[.first].phase == .idle)
        #expect(pass(.seconds(5)) == [.signIn(.poll, attempt: 1, of: tea)])
        viewer.act(.signIn(.granted, attempt: 1, of: tea))
        viewer.act(.signIn(.signedIn(ana), attempt: 1, of: tea))
        #expect(viewer.state.shops[tea].accountID == "a-1")
        #expect(viewer.state.shops[.first].accountID == nil)
    }

    /// A screen shows what the account has at once; lines and commands ask for what they want.
    @Test func aScreenAsksForWhatTheAccountHas() {
        waitForConsent()
        viewer.act(.signIn(.granted, attempt: 1))
        #expect(
            viewer.act(.signIn(.signedIn(ana), attempt: 1)) == [.ask(.follows), .ask(.orders(cursor: nil))])
    }
}
