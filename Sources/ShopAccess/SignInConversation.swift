import Domain
import HTTPTransport
import Providers
import Settings
import Synchronization
import Text

/// Signing in and out at a channel's shop, a step at a time. It holds the secrets that the steps are about: a token that somebody
/// has typed, the code that the shop is polled with, and an account until it is kept.
package final class SignInConversation: Sendable {
    private struct Secrets {
        var token: String?
        var device: Device?
        var granted: Granted?
    }

    private struct Device {
        let code: SignInAPI.DeviceCode
        var wait: DeviceWait
    }

    /// An account that is not kept yet.
    private struct Granted {
        var account: SavedAccount
        /// Tokens that cannot be kept are given back to the shop.
        let isRevocable: Bool
        /// Times that it was put in the place of another.
        var exchanges = 0
        /// Times that the shop has not merged the guest.
        var failedMerges = 0
    }

    private static let mostTries = 3

    private let shop: ShopClient
    private let http: HTTPClient
    private let accounts: Accounts
    private let tokenSource: TokenSource
    private let hasOpenPurchases: @Sendable () throws -> Bool
    private let secrets = Mutex(Secrets())

    /// - Parameter hasOpenPurchases: tells whether a purchase here may still have been bought.
    package init(
        shop: ShopClient, http: HTTPClient, accounts: Accounts, tokenSource: TokenSource,
        hasOpenPurchases: @escaping @Sendable () throws -> Bool
    ) {
        self.shop = shop
        self.http = http
        self.accounts = accounts
        self.tokenSource = tokenSource
        self.hasOpenPurchases = hasOpenPurchases
    }

    /// Tells whether the shop has accounts to sign in to.
    package var isOffered: Bool { shop.provider.signIn != nil }

    /// Hands over the token that the next `useToken` is about.
    package func offer(token: String) { secrets.withLock { $0.token = token } }

    /// Carries out a step on the accounts' queue, after those before it.
    /// - Parameter completion: is called once; never for a stop.
    package func carryOut(_ step: SignInStep, _ completion: @escaping @Sendable (SignInReply) -> Void) {
        shop.accounts.async { [self] in
            do throws(SignInFailure) {
                if let reply = try reply(to: step) { completion(reply) }
            } catch {
                secrets.withLock { $0 = Secrets() }
                completion(.failed(error))
            }
        }
    }

    private func reply(to step: SignInStep) throws(SignInFailure) -> SignInReply? {
        switch step {
        case .begin(let means): return try begin(means)
        case .useToken: return try useToken()
        case .poll: return try poll()
        case .keep: return try keep()
        case .stop:
            stop()
            return nil
        case .signOut(let evenGuest): return try signOut(evenGuest: evenGuest)
        }
    }

    // MARK: In

    private func begin(_ means: SignInMeans) throws(SignInFailure) -> SignInReply {
        guard tokenSource.isEmpty else { throw .accountElsewhere(SafeText(tokenSource.name)) }
        if let saved = try current(), saved.signIn != nil { throw .alreadySignedIn(name: SafeText(saved.name)) }
        guard means == .code else { return .tokenWanted }
        let api = try api()
        let code: SignInAPI.DeviceCode
        do throws(ShopFailure) { code = try api.deviceCode(from: http.wait(for: api.deviceRequest())) } catch {
            throw .shop(error)
        }
        let wait = DeviceWait(code, now: shop.now())
        secrets.withLock { $0.device = Device(code: code, wait: wait) }
        return .code(SignInCode(code), pollAfter: wait.first)
    }

    private func useToken() throws(SignInFailure) -> SignInReply {
        let api = try api()
        guard let token = secrets.withLock({ $0.token.take() }) else { throw .tokenRefused }
        let owner: SignInAPI.Owner
        do throws(ShopFailure) {
            owner = try api.account(token: token, from: http.wait(for: api.accountRequest(token: token)))
        } catch {
            throw error == .unauthorized ? .tokenRefused : .ownerUnknown(error)
        }
        let account = SavedAccount(
            id: owner.account.id, token: token, name: owner.account.name.string, signIn: .init(),
            formerly: owner.formerly)
        grant(account, isRevocable: false)
        return .granted
    }

    private func poll() throws(SignInFailure) -> SignInReply {
        let api = try api()
        guard var device = secrets.withLock({ $0.device }) else { throw .expired }
        let poll = Result { () throws(ShopFailure) in
            try api.poll(from: http.wait(for: api.pollRequest(device.code)))
        }
        let now = shop.now()
        switch device.wait.step(after: poll, now: now) {
        case .wait(let pause):
            secrets.withLock { [device] in $0.device = device }
            return .notYet(pollAfter: pause)
        case .signedIn(let tokens):
            grant(SavedAccount(Credential(tokens, now: now)), isRevocable: true)
            return .granted
        case .denied: throw .denied
        case .expired: throw .expired
        case .failed(let failure): throw .shop(failure)
        }
    }

    private func grant(_ account: SavedAccount, isRevocable: Bool) {
        secrets.withLock { secrets in
            secrets = Secrets()
            secrets.granted = Granted(account: account, isRevocable: isRevocable)
        }
    }

    /// Somebody has let the program in when nobody waited any more: the tokens are nobody's.
    private func stop() {
        let granted = secrets.withLock { secrets in
            defer { secrets = Secrets() }
            return secrets.granted
        }
        if let granted { giveBack(granted) }
    }

    // MARK: Kept

    /// Puts the account in the place of a guest's, which becomes a part of it first; another vitrine may open one meanwhile.
    private func keep() throws(SignInFailure) -> SignInReply {
        guard var granted = secrets.withLock({ $0.granted }) else { throw .overtaken }
        do throws(SignInFailure) {
            while granted.exchanges < Self.mostTries {
                let kept = try current()
                if let kept, kept.id != granted.account.id {
                    guard kept.signIn == nil else { break }
                    if let pause = try merge(kept, into: &granted) {
                        secrets.withLock { [granted] in $0.granted = granted }
                        return .keepAgain(after: pause)
                    }
                }
                granted.exchanges += 1
                if try exchange(kept, for: granted.account) { return signedIn(granted.account) }
            }
            throw .overtaken
        } catch {
            giveBack(granted)
            throw error
        }
    }

    private func exchange(_ old: SavedAccount?, for new: SavedAccount) throws(SignInFailure) -> Bool {
        do { return try accounts.exchange(old, for: new) == new } catch {
            throw .notKept(SafeText(keepingSpaces: "\(error)"))
        }
    }

    private func signedIn(_ account: SavedAccount) -> SignInReply {
        secrets.withLock { $0 = Secrets() }
        shop.replaceAccount(by: Credential(account))
        return .signedIn(
            SignedInAccount(
                id: account.id, name: SafeText(account.name), formerly: account.formerly,
                isInSecretService: (try? accounts.isElsewhere) == true))
    }

    /// Makes what a guest has the account's own.
    /// - Returns: a pause before the shop is asked again; nil where the guest has become a part of the account, or the shop has
    ///   forgotten them.
    private func merge(_ guest: SavedAccount, into granted: inout Granted) throws(SignInFailure) -> Duration? {
        let (api, token) = (try api(), granted.account.token)
        let reply = http.wait(for: api.mergeRequest(guestToken: guest.token, token: token))
        do throws(ShopFailure) { granted.account.formerly = try api.account(token: token, from: reply).formerly } catch
        {
            if !error.saysThatNobodyHasTheToken {
                granted.failedMerges += 1
                guard granted.failedMerges < Self.mostTries else {
                    throw .guestNotMerged(name: SafeText(guest.name), error)
                }
                return .milliseconds(500 << granted.failedMerges)
            }
        }
        granted.failedMerges = 0
        return nil
    }

    private func giveBack(_ granted: Granted) { if granted.isRevocable { _ = revoke(granted.account) } }

    /// - Returns: why it is not certain that the account's tokens are over; nil where they are.
    private func revoke(_ account: SavedAccount) -> ShopFailure? {
        guard let api = shop.provider.signIn else { return nil }
        let token = account.signIn?.refreshToken ?? account.token
        do throws(ShopFailure) {
            try api.revoked(from: http.wait(for: api.revocationRequest(token: token)))
            return nil
        } catch { return error }
    }

    // MARK: Out

    private func signOut(evenGuest: Bool) throws(SignInFailure) -> SignInReply {
        guard tokenSource.isEmpty else { throw .notKeptHere(SafeText(tokenSource.name)) }
        guard let saved = try current() else { throw .notSignedIn }
        let name = SafeText(saved.name)
        if saved.signIn == nil { try allowEnd(ofGuest: name, evenGuest: evenGuest) }
        // Told first: what is forgotten here could not be revoked any more.
        let failure = revoke(saved)
        do { _ = try accounts.exchange(saved, for: nil) } catch {
            throw .notForgotten(SafeText(keepingSpaces: "\(error)"))
        }
        shop.replaceAccount(by: nil)
        return .signedOut(name: name, unrevoked: failure)
    }

    /// A purchase that may have been bought can be found in the guest's name alone.
    private func allowEnd(ofGuest name: SafeText, evenGuest: Bool) throws(SignInFailure) {
        _ = try api()
        guard evenGuest else { throw .isGuest(name: name) }
        let isInDoubt: Bool
        do { isInDoubt = try hasOpenPurchases() } catch {
            throw .purchasesUnreadable(SafeText(keepingSpaces: "\(error)"))
        }
        if isInDoubt { throw .purchaseInDoubt(name: name) }
    }

    // MARK: Parts

    private func api() throws(SignInFailure) -> SignInAPI {
        guard let api = shop.provider.signIn else { throw .notOffered }
        return api
    }

    private func current() throws(SignInFailure) -> SavedAccount? {
        do { return try accounts.current() } catch { throw .unreadable(SafeText(keepingSpaces: "\(error)")) }
    }
}

extension SignInCode {
    fileprivate init(_ code: SignInAPI.DeviceCode) {
        self.init(
            userCode: code.userCode, page: code.page.text, pageWithCode: code.pageWithCode?.text, life: code.life)
    }
}

extension ShopFailure {
    /// The shop has forgotten the guest: there is nothing of theirs to keep.
    fileprivate var saysThatNobodyHasTheToken: Bool {
        switch self {
        case .notFound: true
        case .refused(let refusal): refusal.code == "not_signed_in"
        default: false
        }
    }
}
