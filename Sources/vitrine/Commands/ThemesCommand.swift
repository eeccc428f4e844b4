import ArgumentParser
import FoundationEssentials
import LiveAPI
import Settings
import Lines

/// The themes that can be chosen, and others' colour schemes made into ones.
struct ThemesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "themes", abstract: "List the themes, or import a base16 scheme.",
        discussion: "theme = \"NAME\" in config.toml chooses one; t in the viewer tries one after the other.",
        subcommands: [List.self, Import.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the themes.")

        @Flag(help: "Print JSON.") var json = false

        private struct Item: Encodable {
            let name: String
            let appearance: String
            let isChosen: Bool
        }

        func run() throws {
            let paths = try SettingsFolder.paths()
            let (config, problems) = Config.load(paths)
            Output.complain(about: problems)
            let catalogue = ThemeCatalogue(paths)
            let items = catalogue.names.map { name in
                let (theme, problems) = catalogue.theme(named: name)
                Output.complain(about: problems)
                return Item(name: name, appearance: theme.appearance.rawValue, isChosen: name == config.theme)
            }
            guard !json else { return try Output.json(Page(items: items)) }
            for item in items {
                let background = item.appearance == "any" ? "any background" : item.appearance
                Output.line("\(item.isChosen ? "*" : " ") \(item.name)  (\(background))")
            }
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Make a theme of a base16 scheme's YAML file, in the themes folder of the config folder.")

        @Argument(help: "The scheme's file.") var file: String
        @Option(help: "The theme's name; otherwise the file's.") var name: String?

        func run() throws {
            let paths = try SettingsFolder.paths()
            let stem = file.split(separator: "/").last?.prefix { $0 != "." }
            let name = name ?? stem.map { $0.lowercased() } ?? file
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(.usage, "\(file) cannot be read: expected a base16 scheme's YAML file")
            }
            let theme: String
            do { theme = try Base16.theme(from: String(decoding: data, as: UTF8.self), name: name) } catch {
                throw CommandFailure(.usage, "\(file): \(error)")
            }
            do { try ThemeCatalogue(paths).keep(theme, as: name) } catch {
                throw CommandFailure(.usage, error.description)
            }
            Output.line("Imported. theme = \"\(name)\" in \(paths.configFile) chooses it.")
        }
    }
}

/// The folders of settings, for commands that need nothing else.
enum SettingsFolder {
    static func paths() throws -> XDGPaths {
        do { return try XDGPaths(environment: Surroundings.environment) } catch {
            throw CommandFailure(.usage, error.description)
        }
    }
}
