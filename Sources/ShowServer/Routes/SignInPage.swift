import Domain
import Hummingbird
import LiveAPI
import Text

/// The page on which somebody lets a program in: the code that it shows, then who they are, then yes or no.
///
/// It knows nobody by a cookie, so that there is nothing that another site's page could make use of; all the same it
/// takes no form from one.
struct SignInPage: Sendable {
    static let path = "/sign-in"

    let floor: ShowFloor
    let names: NameRules
    /// Looking a code up, right or wrong: of 20⁸ codes nobody finds one by guessing.
    let guesses = RateLimiter<ClientAddress?>("codes", .init(20, in: 600))

    func answer(_ request: Request, client: ClientAddress?) async throws -> Answer {
        switch request.method {
        case .get, .head:
            guard let form = try? QueryReader(request.uri.query), let typed = form["user_code"], !typed.isEmpty else {
                return Self.askForCode()
            }
            return try await lookUp(typed, client) { Self.askForConsent($0) }
        case .post:
            guard request.comesFromOwnPage else { return Self.refusedElsewhere }
            return try await decide(request, client)
        default: return .problem(.methodNotAllowed, headers: [.allow: "GET, HEAD, POST"])
        }
    }

    private func decide(_ request: Request, _ client: ClientAddress?) async throws -> Answer {
        let form: QueryReader
        do { form = try await request.form() } catch let problem as Problem where problem.status == 400 {
            return Self.askForCode(status: .badRequest)
        }
        guard let typed = form["user_code"] else { return Self.askForCode(status: .badRequest) }
        guard let decision = form["decision"], ["allow", "deny"].contains(decision) else {
            return try await lookUp(typed, client) { Self.askForConsent($0) }
        }
        var name: String?
        if decision == "allow" {
            let typedName = form["name"] ?? ""
            do throws(NameRules.Refusal) { name = try names.checked(typedName) } catch {
                return try await lookUp(typed, client) { [error] in
                    Self.askForConsent($0, wrong: (typedName, error.rawValue))
                }
            }
        }
        return try await lookUp(typed, client) { [name] waiting in
            let isDone = try await floor.write { turn in
                let account = try name.map { try SignIns.account(turn.db, named: $0, now: turn.now).id }
                return try DeviceCodes.decide(turn.db, waiting.userCode, account: account, now: turn.now)
            }
            guard isDone else { return Self.askForCode(wrong: waiting.userCode) }
            return Self.done(name)
        }
    }

    private func lookUp(
        _ typed: String, _ client: ClientAddress?, _ then: (DeviceCodes.Waiting) async throws -> Answer
    ) async throws -> Answer {
        let now = floor.clock.now()
        let verdict = guesses.take(client, now: now)
        guard verdict.isAllowed else { return Self.tooMany(verdict.retryAfterSeconds) }
        guard let code = DeviceCodes.normalized(typed),
            let waiting = try await floor.pool.read({ try DeviceCodes.waiting($0, code, now: now) })
        else { return Self.askForCode(wrong: typed) }
        return try await then(waiting)
    }

    // MARK: Pages

    private static func askForCode(wrong: String? = nil, status: HTTPResponse.Status = .ok) -> Answer {
        let complaint =
            wrong == nil
            ? ""
            : "<p class=\"bad\" id=\"wrong\" role=\"alert\">No program is waiting under this code. It may have run out.</p>"
        let state = wrong == nil ? "" : " aria-invalid=\"true\""
        let value = wrong.map { " value=\"\(WebPage.escaped(String($0.prefix(32))))\"" } ?? ""
        return WebPage(
            title: "Sign in on another screen",
            body: """
                \(complaint)<form method="get" action="\(path)">
                <label for="code">Code</label>
                <p class="hint" id="hint">Eight letters, as your terminal shows them.</p>
                <input id="code" name="user_code"\(value) required maxlength="32" autocomplete="off" autocapitalize="characters" \
                spellcheck="false" aria-describedby="hint\(wrong == nil ? "" : " wrong")"\(state) autofocus>
                <div class="acts"><button>Continue</button></div></form>
                """
        ).answer(wrong == nil ? status : .notFound)
    }

    /// The field has no focus to begin with: who listens to the page hears first who asks.
    private static func askForConsent(_ waiting: DeviceCodes.Waiting, wrong: (name: String, why: String)? = nil)
        -> Answer
    {
        let program = WebPage.escaped(SignInRoutes.clients[waiting.client] ?? waiting.client)
        let code = DeviceCodes.shown(waiting.userCode)
        let complaint =
            wrong.map { "<p class=\"bad\" id=\"wrong\" role=\"alert\">\(WebPage.escaped($0.why))</p>" } ?? ""
        let value = wrong.map { " value=\"\(WebPage.escaped(String($0.name.prefix(80))))\"" } ?? ""
        return WebPage(
            title: "Let this program in?",
            body: """
                <p><strong>\(program)</strong> asks to buy, write and follow in your name. It shows this code:</p>
                <p class="code">\(code)</p>
                <p>If your own terminal does not show it, somebody else is asking: deny.</p>
                \(complaint)<form method="post" action="\(path)">
                <input type="hidden" name="user_code" value="\(code)">
                <label for="name">Your name</label>
                <p class="hint" id="hint">This demo shop has no passwords: whoever gives a name has its account.</p>
                <input id="name" name="name"\(value) maxlength="40" autocomplete="username" aria-describedby="hint\
                \(wrong == nil ? "" : " wrong")"\(wrong == nil ? "" : " aria-invalid=\"true\" autofocus")>
                <div class="acts"><button name="decision" value="allow">Allow</button>
                <button class="plain" name="decision" value="deny">Deny</button></div></form>
                """
        ).answer(wrong == nil ? .ok : .badRequest)
    }

    private static func done(_ name: String?) -> Answer {
        guard let name else {
            return WebPage(
                title: "Denied", body: "<p role=\"status\">The program was not let in. You can close this page.</p>"
            ).answer()
        }
        return WebPage(
            title: "Signed in",
            body: """
                <p role="status">Your terminal is signed in as <strong>\(WebPage.escaped(name))</strong>. You can close this \
                page.</p>
                """
        ).answer()
    }

    private static var refusedElsewhere: Answer {
        WebPage(
            title: "Not from here",
            body: "<p>This form was sent by another site. <a href=\"\(path)\">Begin here</a>.</p>"
        ).answer(.forbidden)
    }

    private static func tooMany(_ seconds: Int) -> Answer {
        WebPage(title: "Too many tries", body: "<p>Please wait \(max(1, seconds)) seconds and try again.</p>")
            .answer(.tooManyRequests).with(.retryAfter, String(max(1, seconds)))
    }
}
