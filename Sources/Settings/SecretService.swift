import Glibc

/// The desktop's Secret Service, as far as `secret-tool` (libsecret) brings us to it.
package struct SecretService: Sendable {
    private let program: String
    /// A prompt of the desktop's, for a keyring that is locked, may be waiting for somebody.
    private static let limit = Duration.seconds(30)

    /// nil where there is no `secret-tool`, or no desktop for it to ask.
    package init?(environment: [String: String]) {
        let hasBus =
            environment["DBUS_SESSION_BUS_ADDRESS"]?.isEmpty == false
            || environment["XDG_RUNTIME_DIR"].map { access($0 + "/bus", F_OK) == 0 } == true
        guard hasBus else { return nil }
        let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").filter { $0.hasPrefix("/") }
        let candidates = folders.map { String($0) + "/secret-tool" }
        guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else { return nil }
        program = found
    }

    /// nil where nothing is kept for this scope.
    func secret(for scope: String) throws(SettingsError) -> String? {
        let outcome = try run(["lookup"] + Self.attributes(scope))
        // It says nothing when it has nothing.
        if outcome.status != 0, outcome.complaint.isEmpty { return nil }
        guard outcome.status == 0 else { throw .secretService(reason: outcome.complaint) }
        return outcome.output.isEmpty ? nil : outcome.output
    }

    func keep(_ secret: String, for scope: String) throws(SettingsError) {
        let outcome = try run(["store", "--label=Vitrine: \(scope)"] + Self.attributes(scope), input: secret)
        guard outcome.status == 0 else {
            throw .secretService(
                reason: outcome.complaint.isEmpty ? "it did not keep the account" : outcome.complaint)
        }
    }

    func forget(_ scope: String) throws(SettingsError) {
        // That there was nothing to forget is as good.
        let outcome = try run(["clear"] + Self.attributes(scope))
        guard outcome.status == 0 || outcome.complaint.isEmpty else { throw .secretService(reason: outcome.complaint) }
    }

    private static func attributes(_ scope: String) -> [String] { ["application", "vitrine", "server", scope] }

    private func run(_ arguments: [String], input: String = "") throws(SettingsError) -> HelperProgram.Outcome {
        do {
            return try HelperProgram(arguments: [program] + arguments, input: input, limit: Self.limit).run()
        } catch {
            throw .secretService(reason: "secret-tool: \(error)")
        }
    }
}
