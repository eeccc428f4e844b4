import Diagnostics
import Domain
import FoundationEssentials
import Glibc
import HTTPTransport
import Lines
import Providers
import Settings
import ShopAccess
import Storage
import Text

/// Finds out what `vitrine doctor` reports, as each command would find it.
package struct DoctorCheck {
    private typealias Section = DoctorReport.Section

    /// Parts of the program that only its executable has.
    package struct Parts {
        /// Name and version of each library.
        package var libraries: [(String, String?)]
        package var program: String
        package var hostNames: HostNames
        /// The user's settings, and what is wrong in them.
        package var settings: (XDGPaths) -> (config: Config, problems: [ConfigProblem])
        /// File of authorities' certificates, with whoever has named it; nil where the system's are trusted alone.
        package var certificates: (Config) -> (path: String, source: String)?
        /// Carries something out on the network as the settings want it.
        package var onNetwork: (Config, (HTTPClient) -> Void) -> Void
        /// The terminal as it is found; nil where there is none.
        package var terminal: () throws -> DoctorReport.Section.Terminal?

        package init(
            libraries: [(String, String?)], program: String, hostNames: HostNames,
            settings: @escaping (XDGPaths) -> (config: Config, problems: [ConfigProblem]),
            certificates: @escaping (Config) -> (path: String, source: String)?,
            onNetwork: @escaping (Config, (HTTPClient) -> Void) -> Void,
            terminal: @escaping () throws -> DoctorReport.Section.Terminal?
        ) {
            self.libraries = libraries
            self.program = program
            self.hostNames = hostNames
            self.settings = settings
            self.certificates = certificates
            self.onNetwork = onNetwork
            self.terminal = terminal
        }
    }

    /// `--server`.
    private let server: String?
    private let verbosity: Int
    private let environment: [String: String]
    private let parts: Parts

    package init(server: String?, verbosity: Int, environment: [String: String], parts: Parts) {
        self.server = server
        self.verbosity = verbosity
        self.environment = environment
        self.parts = parts
    }

    package func report() throws -> DoctorReport {
        // First, while nothing has been written on the screen that asking the terminal could disturb.
        let terminal = try Section.terminal(parts.terminal())
        let head = [
            Section.versions(program: parts.program, libraries: parts.libraries)
        ]
        return DoctorReport(head + configured() + [terminal, programs()])
    }

    // MARK: What is configured, and what depends on it

    private func configured() -> [DoctorReport.Section] {
        let paths: XDGPaths
        do { paths = try XDGPaths(environment: environment) } catch {
            let problem = "\(error); set HOME to your folder"
            return [
                .settings(file: "", exists: false, problems: [problem], variables: variables), proxy(),
                certificates(Config()),
            ]
        }
        let settings = parts.settings(paths)
        let themeProblems = ThemeCatalogue(paths).theme(named: settings.config.theme).problems
        let problems = (settings.problems + themeProblems).map(\.description)
        let (address, source) = address(settings.config, paths)
        return [
            .settings(
                file: paths.configFile, exists: access(paths.configFile, F_OK) == 0, problems: problems,
                variables: variables)
        ] + servers(address, source, settings.config) + [
            proxy(), certificates(settings.config), account(paths, address), database(paths), log(paths),
        ]
    }

    /// The server, and the channels beside it; with channels, none is no trouble.
    private func servers(
        _ address: String?, _ source: String, _ config: Config
    ) -> [DoctorReport.Section] {
        guard server == nil, !config.channels.isEmpty else { return [ask(address, source, config)] }
        var channels: [DoctorReport.Section.Source] = []
        parts.onNetwork(config) { channels = ChannelCheckup(on: $0).sources(of: config.channels) }
        return (address == nil ? [] : [ask(address, source, config)]) + [.channels(channels)]
    }

    private func certificates(_ config: Config) -> DoctorReport.Section {
        let file = parts.certificates(config)
        let count = file.flatMap { try? Data(contentsOf: URL(filePath: $0.path)) }.map { data in
            String(decoding: data, as: UTF8.self).split(separator: "\n").count {
                $0.hasPrefix("-----BEGIN CERTIFICATE-----") || $0.hasPrefix("-----BEGIN TRUSTED CERTIFICATE-----")
            }
        }
        return .certificates(path: file?.path, source: file?.source, count: count)
    }

    /// Those that change what the program does; their values may be secrets.
    private var variables: [String] {
        let names = ["NO_COLOR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"]
        return environment.filter { !$0.value.isEmpty && ($0.key.hasPrefix("VITRINE_") || names.contains($0.key)) }
            .keys.sorted()
    }

    private func address(_ config: Config, _ paths: XDGPaths) -> (String?, source: String) {
        if let server { return (TypedAddress.completed(server, hostNames: parts.hostNames), "--server") }
        if let server = environment["VITRINE_SERVER"], !server.isEmpty {
            return (TypedAddress.completed(server, hostNames: parts.hostNames), "VITRINE_SERVER")
        }
        return (config.server, paths.configFile)
    }

    private func ask(_ address: String?, _ source: String, _ config: Config) -> DoctorReport.Section {
        guard let address else { return .server(address: nil, source: source, reach: nil) }
        let provider: VitrineAPIProvider
        let request: HTTPRequest
        do {
            provider = try VitrineAPIProvider(origin: address)
            request = try provider.request(for: .service, account: nil)
        } catch { return .server(address: address, source: source, reach: .failed("\(error)")) }
        var result = Result<HTTPResponse, HTTPFailure>.failure(.cannotConnect)
        parts.onNetwork(config) { result = $0.wait(for: request) }
        let now = Int(Date.now.timeIntervalSince1970)
        return .server(address: address, source: source, reach: reach(result, provider, now: now))
    }

    private func reach(
        _ result: Result<HTTPResponse, HTTPFailure>, _ provider: VitrineAPIProvider, now: Int
    ) -> DoctorReport.Section.Reach {
        let response: HTTPResponse
        switch result {
        case .failure(let failure): return .failed("\(failure)")
        case .success(let answer): response = answer
        }
        do { _ = try provider.decode(response, for: .service) } catch {
            return .notUnderstood("\(CommandFailure(error, while: "status \(response.status)"))")
        }
        let age = response.headers["Age"].flatMap { Int($0) } ?? 0
        let date = response.headers["Date"].flatMap(HTTPDate.secondsSince1970)
        return .answered(
            connected: Int(response.timing.connected.milliseconds),
            firstByte: Int(response.timing.firstByte.milliseconds),
            secondsAhead: date.map { now - Int($0) - max(0, min(age, 86_400)) })
    }

    private func proxy() -> DoctorReport.Section {
        // http_proxy counts in lower case alone, for every web server gives its programs an HTTP_PROXY of a stranger's.
        let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]
        return .proxy(names.compactMap { name in environment[name].flatMap { $0.isEmpty ? nil : (name, $0) } })
    }

    private func account(_ paths: XDGPaths, _ address: String?) -> DoctorReport.Section {
        guard let address, let provider = try? VitrineAPIProvider(origin: address) else {
            return .account(source: nil, problem: nil)
        }
        do {
            let source = try TokenSource(Config.load(paths, hostNames: parts.hostNames).config, for: provider.origin)
            // Whether the command works is known when it is run, and it may ask for a passphrase.
            if !source.isEmpty { return .account(source: source.name, problem: nil) }
            let file = AccountFile(path: paths.accountFile)
            if try file.isElsewhere(provider.origin) { return .account(source: "the Secret Service", problem: nil) }
            let account = try file.account(for: provider.origin)
            return .account(source: account.map { _ in paths.accountFile }, problem: nil)
        } catch { return .account(source: nil, problem: "\(error)") }
    }

    // MARK: What is kept

    private func database(_ paths: XDGPaths) -> DoctorReport.Section {
        let path = paths.data + "/vitrine.sqlite"
        do {
            // As every command does it: whether a folder can be made is known when it is made.
            try XDGPaths.create(paths.data)
        } catch { return .database(path: path, found: nil, problem: "\(error.description); make it yours to write") }
        do {
            let found = try Store.examine(path: path).map { found in
                DoctorReport.Section.Database(
                    bytes: found.bytes, mode: found.mode, schema: found.appliedSteps, newestSchema: found.knownSteps,
                    synchronous: found.synchronous, damage: found.damage)
            }
            return .database(path: path, found: found, problem: nil)
        } catch { return .database(path: path, found: nil, problem: "\(error)") }
    }

    private func log(_ paths: XDGPaths) -> DoctorReport.Section {
        let level = LogLevel(verbosity: verbosity, environment: environment)
        var facts = stat()
        let bytes = stat(paths.logFile, &facts) == 0 ? Int(facts.st_size) : nil
        var problem = level.problem
        do { try XDGPaths.create(paths.state) } catch { problem = "\(error.description); make it yours to write" }
        return .log(
            path: paths.logFile, bytes: bytes, level: level.level.rawValue, source: level.source, problem: problem)
    }

    // MARK: The machine

    private func programs() -> DoctorReport.Section {
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let uses = [
            ("mpv", "video"), ("ffmpeg", "stills"), ("chafa", "pictures"), ("secret-tool", "keyring"),
            ("xdg-open", "opening links"),
        ]
        return .programs(
            uses.map { name, use in
                (name, use, folders.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 })
            })
    }
}
