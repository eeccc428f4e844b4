import Domain
import Lines
import LiveAPI
import Providers
import Settings
import ShopAccess
import Text

/// Somebody's own account in the place of a guest's, and back.
package struct SigningIn {
    private let session: Session
    private let channel: ChannelAccess

    package init(_ session: Session, at channel: ChannelAccess) {
        self.session = session
        self.channel = channel
    }

    private var accounts: Accounts { channel.accounts }

    private func api() throws -> SignInAPI {
        guard let api = channel.shop.provider.signIn else {
            throw CommandFailure(.refused, "nobody can sign in at this shop")
        }
        return api
    }

    /// - Throws: `CommandFailure` where somebody is signed in already.
    package func refuseTwice() throws {
        guard channel.tokenSource.isEmpty else {
            throw CommandFailure(.usage, "the account comes from \(channel.tokenSource.name)")
        }
        guard let saved = try current(), saved.signIn != nil else { return }
        throw CommandFailure(
            .refused, "you are signed in already\(Self.named(saved.name)); ‘vitrine logout’ signs you out")
    }

    /// Waits until somebody has let this program in on the shop's page.
    /// - Parameter told: is given the code to show.
    package func waitForConsent(_ told: (SignInAPI.DeviceCode) throws -> Void) throws -> SavedAccount {
        let api = try api()
        let code: SignInAPI.DeviceCode
        do { code = try api.deviceCode(from: channel.http.wait(for: api.deviceRequest())) } catch {
            throw CommandFailure(error, while: "signing in")
        }
        try told(code)
        var wait = DeviceWait(code, now: session.now)
        var pause = wait.first
        while true {
            _ = session.letPass(pause)
            let poll = Result { () throws(ShopFailure) in
                try api.poll(from: channel.http.wait(for: api.pollRequest(code)))
            }
            switch wait.step(after: poll, now: session.now) {
            case .wait(let next): pause = next
            case .signedIn(let tokens):
                return try keep(SavedAccount(Credential(tokens, now: session.now)), isRevocable: true)
            case .denied: throw CommandFailure(.refused, "not signed in: it was denied on the page")
            case .expired: throw CommandFailure(.refused, "not signed in: the code has run out; try again")
            case .failed(let failure): throw CommandFailure(failure, while: "signing in")
            }
        }
    }

    /// Keeps the account that a token belongs to.
    package func keep(token: String) throws -> SavedAccount {
        let api = try api()
        let owner: SignInAPI.Owner
        do throws(ShopFailure) {
            owner = try api.account(token: token, from: channel.http.wait(for: api.accountRequest(token: token)))
        } catch {
            if error == .unauthorized { throw CommandFailure(.refused, "the server does not accept this token") }
            throw CommandFailure(error, while: "the account")
        }
        let account = SavedAccount(
            id: owner.account.id, token: token, name: owner.account.name.string, signIn: .init(),
            formerly: owner.formerly)
        return try keep(account, isRevocable: false)
    }

    /// In the place of a guest's, which becomes a part of it first; another vitrine may open one meanwhile.
    /// - Parameter isRevocable: whether tokens that cannot be kept are given back.
    private func keep(_ account: SavedAccount, isRevocable: Bool) throws -> SavedAccount {
        var account = account
        do {
            for _ in 0..<3 {
                let kept = try current()
                if let kept, kept.signIn != nil, kept.id != account.id { break }
                if let kept, kept.signIn == nil, kept.id != account.id {
                    account.formerly = try merge(kept, into: account)
                }
                if try accounts.exchange(kept, for: account) == account { return account }
            }
            throw CommandFailure(.refused, "not signed in: another vitrine was faster; try again")
        } catch {
            if isRevocable { _ = try? revoke(account) }
            guard let error = error as? SettingsError else { throw error }
            throw CommandFailure(.usage, "the account cannot be kept: \(error)")
        }
    }

    /// - Returns: all guests that have become part of the account.
    private func merge(_ guest: SavedAccount, into account: SavedAccount) throws -> [String] {
        let api = try api()
        var failure = ShopFailure.unauthorized
        for attempt in 0..<3 {
            if attempt > 0 { _ = session.letPass(.milliseconds(500 << attempt)) }
            let reply = channel.http.wait(for: api.mergeRequest(guestToken: guest.token, token: account.token))
            do throws(ShopFailure) { return try api.account(token: account.token, from: reply).formerly } catch {
                // The shop has forgotten the guest: there is nothing of theirs to keep.
                if error == .notFound { return account.formerly }
                if case .refused(let refusal) = error, refusal.code == "not_signed_in" { return account.formerly }
                failure = error
            }
        }
        throw CommandFailure(
            failure, while: "not signed in: the orders and follows of \(SafeText(guest.name)) cannot be taken along")
    }

    private func revoke(_ account: SavedAccount) throws(ShopFailure) {
        guard let api = channel.shop.provider.signIn else { return }
        let token = account.signIn?.refreshToken ?? account.token
        try api.revoked(from: channel.http.wait(for: api.revocationRequest(token: token)))
    }

    /// - Parameter evenGuest: whether a guest's account, which nobody can sign in to again, is ended as well.
    /// - Returns: the account that is no longer kept here.
    package func signOut(evenGuest: Bool = false) throws -> SavedAccount {
        guard channel.tokenSource.isEmpty else {
            throw CommandFailure(.usage, "the account comes from \(channel.tokenSource.name), and is not kept here")
        }
        guard let saved = try current() else { throw CommandFailure(.refused, "you are not signed in") }
        if saved.signIn == nil { try allowEnd(of: saved, evenGuest: evenGuest) }
        // Told first: what is forgotten here could not be revoked any more.
        let revocation = Result { () throws(ShopFailure) in try revoke(saved) }
        do { _ = try accounts.exchange(saved, for: nil) } catch {
            throw CommandFailure(.usage, "the account cannot be forgotten: \(error)")
        }
        if case .failure(let failure) = revocation {
            throw CommandFailure(
                failure, while: "signed out here, but the server could not be told that the token is over")
        }
        return saved
    }

    /// A purchase that may have been bought can be found in the guest's name alone.
    private func allowEnd(of guest: SavedAccount, evenGuest: Bool) throws {
        _ = try api()
        guard evenGuest else {
            throw CommandFailure(
                .refused,
                "you are not signed in: \(SafeText(guest.name)) is a guest, and its orders could not be found again; "
                    + "‘vitrine logout --guest’ ends it all the same")
        }
        let open: [OrderIntent]
        do { open = try session.store.run(.unresolved(account: channel.scope)) } catch {
            throw CommandFailure(.usage, "the purchases cannot be read: \(error)")
        }
        guard open.isEmpty else {
            throw CommandFailure(
                .refused, "a purchase of \(SafeText(guest.name)) may still have been bought; ‘vitrine orders’ finds out"
            )
        }
    }

    private func current() throws -> SavedAccount? {
        do { return try accounts.current() } catch {
            throw CommandFailure(.usage, "the account cannot be used: \(error)")
        }
    }

    /// Says who is signed in, and what the tokens are kept by.
    package func tell(_ account: SavedAccount, json: Bool) throws {
        let isElsewhere = (try? accounts.isElsewhere) == true
        if json {
            try Output.json(
                SignedIn(account: account.id, name: account.name, keptIn: isElsewhere ? "secret-service" : "file"))
        } else {
            Output.line("signed in\(Self.named(account.name))")
        }
        guard !isElsewhere else { return }
        Output.complain(
            "the account's token is in \(session.accountFile), which only you can read: there is no Secret Service here"
        )
    }

    package static func named(_ name: String) -> String { name.isEmpty ? "" : " as \(SafeText(name))" }

    private struct SignedIn: Encodable {
        var account: String
        var name: String
        var keptIn: String
    }
}
