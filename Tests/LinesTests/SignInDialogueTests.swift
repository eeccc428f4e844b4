import Domain
import FaceTesting
import FoundationEssentials
import Glibc
import LiveAPI
import Settings
import Synchronization
import Testing

@testable import Lines

/// Signing in and out with words of the dialogue, typed into a pipe, against the server's own logic in this process.
@Suite(.timeLimit(.minutes(1))) struct SignInDialogueTests {
    private let shop: InProcessShop
    private let folder: AccountFolder

    init() throws {
        shop = try InProcessShop()
        folder = try AccountFolder()
    }

    private func shopper() throws -> TestShopper { try TestShopper(shop, accountFile: folder.file) }

    /// Opens a guest's account, as whatever needs one does.
    private func openGuest() async throws -> SavedAccount {
        let reply = await shop.server.answer("POST", "/v1/guests", headers: [], body: [])
        let account = try JSONDecoder().decode(GuestAccount.self, from: Data(reply.body))
        let guest = SavedAccount(id: account.account, token: account.token, name: account.name)
        #expect(try AccountFile(path: folder.file).exchange(nil, for: guest, scope: InProcessShop.origin) == guest)
        return guest
    }

    @Test func tellsWhatSigningInNeeds() async throws {
        let printed = try await shopper().talk("help", "login", "", "quit")
        #expect(printed.says("login: sign in to your own account"), "\(printed)")
        #expect(printed.says("logout: sign out"))
        #expect(printed.says("Open \(InProcessShop.origin)/sign-in"))
        #expect(printed.says("It is good for 10 minutes; Enter ends the wait."))
        // The next line has ended it.
        #expect(printed.output.last == "Not signed in.", "\(printed)")
        #expect(printed.status == .done)
    }

    /// Has somebody called Ana allow the sign-in on the server's page, just before the program asks whether she has.
    private func allowOnThePage(meanwhile: @escaping @Sendable () -> Void = {}) {
        let code = Mutex("")
        shop.arm(
            "POST /v1/sign-in/device",
            reply: { response in
                let device = try? JSONDecoder().decode(DeviceAuthorization.self, from: response.body)
                code.withLock { $0 = device?.userCode ?? "" }
                return response
            })
        shop.arm(
            "POST /v1/sign-in/token",
            before: { server in
                meanwhile()
                let form = "user_code=\(code.withLock { $0 })&name=Ana&decision=allow"
                _ = await server.answer(
                    "POST", "/sign-in", headers: [("Content-Type", "application/x-www-form-urlencoded")],
                    body: Array(form.utf8))
            })
    }

    @Test func signsInAndOut() async throws {
        let guest = try await openGuest()
        shop.hurry(by: .seconds(6))
        allowOnThePage()
        let first = try await shopper().talk("login", staysUntil: "POST /v1/me/guests")
        #expect(first.output.last == "Signed in as Ana.", "\(first)")
        #expect(first.complains("there is no Secret Service here"))
        let account = try #require(try AccountFile(path: folder.file).account(for: InProcessShop.origin))
        #expect(account.formerly == [guest.id])
        let second = try await shopper().talk("login", "logout", "logout", "quit")
        #expect(
            second.output.dropFirst() == [
                "You are signed in already as Ana; ‘logout’ signs you out.", "Signed out as Ana.",
                "You are not signed in.",
            ])
        #expect(try AccountFile(path: folder.file).account(for: InProcessShop.origin) == nil)
    }

    @Test func endsAGuestOnlyWhenThatIsMeant() async throws {
        let guest = try await openGuest()
        let printed = try await shopper().talk("logout", "logout --guest", "quit")
        #expect(printed.says("‘logout --guest’ ends it all the same."), "\(printed)")
        #expect(printed.output.last == "Signed out as \(guest.name).", "\(printed)")
    }

    @Test func namesTheChannelThatAGuestIsOf() async throws {
        let shopper = try TestShopper(shop, titles: ["Lamps", "Tea"], accountFile: folder.file)
        let reply = await shop.server.answer("POST", "/v1/guests", headers: [], body: [])
        let account = try JSONDecoder().decode(GuestAccount.self, from: Data(reply.body))
        let guest = SavedAccount(id: account.account, token: account.token, name: account.name)
        _ = try AccountFile(path: folder.file).exchange(nil, for: guest, scope: InProcessShop.origin + "/Tea")
        let printed = try await shopper.talk("logout Tea", "logout --guest Tea")
        #expect(printed.says("‘logout --guest Tea’ ends it all the same."), "\(printed)")
        #expect(printed.output.last == "Signed out as \(guest.name), at Tea.", "\(printed)")
    }

    @Test func takesAPersonsTimeForNoDelayOfTheShop() async throws {
        _ = try await openGuest()
        shop.hurry(by: .seconds(6))
        let time = Mutex(ContinuousClock.now)
        allowOnThePage { time.withLock { $0 += .seconds(60) } }
        let printed = try await shopper().talk("login", staysUntil: "POST /v1/me/guests") {
            $0.listening.time = { time.withLock { $0 } }
        }
        #expect(printed.output.last == "Signed in as Ana.", "\(printed)")
        #expect(!printed.says("Asking the shop…"), "\(printed)")
    }

    @Test func asksAtWhichShop() async throws {
        let shopper = try TestShopper(shop, titles: ["Lamps", "Tea"], accountFile: folder.file)
        let printed = try await shopper.talk("login", "logout Tea")
        #expect(printed.says("At which shop? ‘login NAME’, which is one of: Lamps, Tea."), "\(printed)")
        #expect(printed.output.last == "You are not signed in.", "\(printed)")
    }
}
