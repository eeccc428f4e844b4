import Domain
import HTTPTransport
import TerminalKit

/// What `config.toml` says, with the defaults for what it does not say or says wrongly.
package struct Config: Sendable, Equatable {
    /// The address of the show server; `nil` when none is given.
    package var server: String?
    /// In the order of the file.
    package var channels: [ChannelConfig] = []
    package var theme = "terminal"
    package var mouse = true
    /// No movement that carries no information.
    package var reduceMotion = false
    /// Words, and people as `@name`, whose chat messages are not shown.
    package var mute: [String] = []
    /// Without one, whatever the user confirms is bought.
    package var budget = Budget()
    /// The program, with its arguments, that prints the account's token; empty without one. It belongs to `server`.
    package var tokenCommand: [String] = []
    /// A file of authorities' certificates (PEM) that servers may be signed by, such as a company's own.
    package var certificates: String?
    /// In the order of the file's keys.
    package var keys: [KeyBinding] = []

    package init() {}

    /// The keys of one action, in place of its default ones: at least one. Whether another action has the same key
    /// where both mean something is for the room that knows the places (`KeyBindings`).
    package struct KeyBinding: Sendable, Equatable {
        /// The id in the table of intents.
        package let action: String
        package let keys: [KeyPress]
        package let line: Int

        package init(action: String, keys: [KeyPress], line: Int) {
            self.action = action
            self.keys = keys
            self.line = line
        }
    }

    /// From the config folder; without a file, the defaults.
    /// - Parameters:
    ///   - actions: the ids that may stand in `[keys]`; `nil` lets every one pass.
    ///   - hostNames: for addresses whose host is written in another script.
    package static func load(
        _ paths: XDGPaths, actions: Set<String>? = nil, hostNames: HostNames = .none
    ) -> (config: Config, problems: [ConfigProblem]) {
        do {
            guard let text = try TextFile.read(paths.configFile) else { return (Config(), []) }
            return parse(text, file: paths.configFile, actions: actions, hostNames: hostNames)
        } catch {
            return (unreadable, [ConfigProblem(file: paths.configFile, line: nil, message: error.reason)])
        }
    }

    /// Everything that is right counts, and everything that is not is told.
    package static func parse(
        _ text: String, file: String, actions: Set<String>? = nil, hostNames: HostNames = .none
    ) -> (config: Config, problems: [ConfigProblem]) {
        var config = Config()
        var reader: TOMLReader
        switch TOMLReader.open(text, file: file, hostNames: hostNames) {
        case .success(let opened): reader = opened
        case .failure(let problem): return (unreadable, [problem])
        }
        reader.holdsBudget = true
        for (key, value) in reader.root.entries {
            switch key {
            case "server": config.server = origin(value, at: [key], &reader) ?? config.server
            case "channel": config.channels = channels(value, &reader)
            case "certificates": config.certificates = certificates(value, &reader)
            case "theme": config.theme = reader.string(value, at: [key]) ?? config.theme
            case "mouse": config.mouse = reader.bool(value, at: [key]) ?? config.mouse
            case "reduce_motion": config.reduceMotion = reader.bool(value, at: [key]) ?? config.reduceMotion
            case "keys":
                guard let table = reader.table(value, at: [key]) else { continue }
                config.keys = bindings(table, actions, &reader)
            case "chat":
                guard let table = reader.table(value, at: [key]) else { continue }
                config.mute = mute(table, &reader)
            case "budget": config.budget = budget(value, &reader)
            case "account":
                guard let table = reader.table(value, at: [key]) else { continue }
                config.tokenCommand = tokenCommand(table, &reader)
            default: reader.unknown(key, value, known: known)
            }
        }
        if reader.mayMissBudget { config.budget.isUnreadable = true }
        guard config.server == nil, !config.tokenCommand.isEmpty else { return (config, reader.problems) }
        // Else the token would go to whatever server is asked.
        config.tokenCommand = []
        let reason = "account.token_command does not count without server, which its token belongs to"
        return (config, reader.problems + [ConfigProblem(file: file, line: nil, message: reason)])
    }

    private static let known = [
        "server", "channel", "theme", "mouse", "reduce_motion", "chat", "keys", "budget", "account",
        "certificates",
    ]

    /// Of a file that says nothing that can be read, a budget perhaps among it.
    private static var unreadable: Config {
        var config = Config()
        config.budget = .unreadable
        return config
    }

    /// A file's name that does not depend on the folder from which the program is started.
    private static func certificates(_ node: TOMLNode, _ reader: inout TOMLReader) -> String? {
        if case .string(let path) = node.value, path.hasPrefix("/"), !path.utf8.contains(0) { return path }
        reader.mismatch(
            node, at: ["certificates"], expected: "the whole name of a file, such as \"/etc/ssl/company.pem\"")
        return nil
    }

    /// Each entry that is a text counts, and every other is told.
    private static func mute(_ table: TOMLTable, _ reader: inout TOMLReader) -> [String] {
        var entries: [String] = []
        for (key, value) in table.entries {
            guard key == "mute" else {
                reader.unknown(key, value, known: ["mute"])
                continue
            }
            entries += reader.strings(value, at: ["chat", key], expected: "words, or people such as \"@name\"")
        }
        return entries
    }

    private static func bindings(
        _ table: TOMLTable, _ actions: Set<String>?, _ reader: inout TOMLReader
    ) -> [KeyBinding] {
        var bindings: [KeyBinding] = []
        for (action, value) in table.entries {
            if let actions, !actions.contains(action) {
                reader.unknown(action, value, known: actions.sorted())
                continue
            }
            guard let keys = keys(value, at: ["keys", action], &reader) else {
                // Lines that are put at the end of a file belong to its last table.
                if actions == nil { reader.noticeMoney(action, value) }
                continue
            }
            bindings.append(KeyBinding(action: action, keys: keys, line: value.line))
        }
        return bindings
    }

    private static func keys(
        _ value: TOMLNode, at path: [String], _ reader: inout TOMLReader
    ) -> [KeyPress]? {
        var names = [value]
        // An action without a key could not be asked for any more.
        if case .array(let nodes, _) = value.value, !nodes.isEmpty { names = nodes }
        var keys: [KeyPress] = []
        for name in names {
            guard case .string(let text) = name.value, let key = KeyPress(text) else {
                reader.mismatch(
                    name, at: path, expected: "the name of a key, such as \"b\", \"ctrl-r\", \"pgup\" or \"f5\"")
                return nil
            }
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }
}
