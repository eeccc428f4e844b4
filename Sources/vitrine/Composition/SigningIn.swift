import Domain
import LiveAPI
import Providers
import Settings
import Text

/// Somebody's own account in the place of a guest's, and back.
struct SigningIn {
    let session: Session

    private var accounts: Accounts { session.accounts }

    func api() throws -> SignInAPI {
        guard let api = session.shop.provider.signIn else {
            throw CommandFailure(.refused, "nobody can sign in at this shop")
        }
        return api
    }

    /// - Throws: `CommandFailure` where somebody is signed in already.
    func refuseTwice() throws {
        guard session.means.isEmpty else {
            throw CommandFailure(.usage, "the account comes from \(session.means.name)")
        }
        guard let saved = try current(), saved.signIn != nil else { return }
        throw CommandFailure(
            .refused, "you are signed in already\(Self.named(saved.name)); ‘vitrine logout’ signs you out")
    }

    /// Keeps the account that a token belongs to.
    func keep(token: String) throws -> SavedAccount {
        let api = try api()
        let owner: SignInAPI.Owner
        do throws(ShopFailure) {
            owner = try api.account(token: token, from: session.response(to: api.accountRequest(token: token)))
        } catch {
            if error == .unauthorized { throw CommandFailure(.refused, "the server does not accept this token") }
            throw CommandFailure(error, while: "the account")
        }
        let account = SavedAccount(
            id: owner.account.id, token: token, name: owner.account.name.string, signIn: .init(),
            formerly: owner.formerly)
        try keep(account)
        return account
    }

    private func keep(_ account: SavedAccount) throws {
        let guest = try current()
        guard guest == nil || guest?.id == account.id else {
            throw CommandFailure(.refused, "there is a guest's account at this server already")
        }
        do {
            guard try accounts.exchange(guest, for: account) == account else {
                throw CommandFailure(.refused, "another vitrine was faster; try again")
            }
        } catch let error as SettingsError {
            throw CommandFailure(.usage, "the account cannot be kept: \(error)")
        }
    }

    /// - Returns: the account that is no longer kept here.
    func signOut() throws -> SavedAccount {
        guard session.means.isEmpty else {
            throw CommandFailure(.usage, "the account comes from \(session.means.name), and is not kept here")
        }
        guard let saved = try current() else { throw CommandFailure(.refused, "you are not signed in") }
        guard saved.signIn != nil else {
            throw CommandFailure(
                .refused,
                "you are not signed in: \(SafeText(saved.name)) is a guest, and its orders could not be found again")
        }
        do { _ = try accounts.exchange(saved, for: nil) } catch {
            throw CommandFailure(.usage, "the account cannot be forgotten: \(error)")
        }
        return saved
    }

    private func current() throws -> SavedAccount? {
        do { return try accounts.current() } catch {
            throw CommandFailure(.usage, "the account cannot be used: \(error)")
        }
    }

    /// Says who is signed in, and what the tokens are kept by.
    func tell(_ account: SavedAccount, json: Bool) throws {
        let isElsewhere = (try? accounts.isElsewhere) == true
        if json {
            try Output.json(
                SignedIn(account: account.id, name: account.name, keptIn: isElsewhere ? "secret-service" : "file"))
        } else {
            Output.line("signed in\(Self.named(account.name))")
        }
        guard !isElsewhere else { return }
        Output.complain(
            "the account's token is in \(session.paths.accountFile), which only you can read: there is no Secret Service here"
        )
    }

    static func named(_ name: String) -> String { name.isEmpty ? "" : " as \(SafeText(name))" }

    private struct SignedIn: Encodable {
        var account: String
        var name: String
        var keptIn: String
    }
}
