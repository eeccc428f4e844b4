import ArgumentParser
import Commands
import CurlTransport
import Lines
import Settings

/// The channels in `config.toml`.
struct ChannelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "List the channels, add one, take one away, or try one without buying.",
        subcommands: [List.self, Add.self, Remove.self, Test.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the channels.")

        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            try ChannelCommands(SettingsFolder.paths(), hostNames: .curl).printList(json: json)
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Find out what stands at an address, and write it into config.toml.",
            discussion: "A live source and a shop, given together, become one channel.")

        @Argument(
            help: "Where it is, such as shop.example; a live source, any page of its shop, its schedule (.ics)."
        )
        var urls: [String]
        @Option(help: "How to call it; otherwise as it calls itself.") var name: String?
        @Option(help: "An account of the live source that speaks for the host, beside its moderators; may be repeated.")
        var host: [String] = []

        func run() throws {
            let paths = try SettingsFolder.paths()
            let commands = ChannelCommands(paths, hostNames: .curl)
            let curl = Network(Config.load(paths, hostNames: .curl).0, Surroundings.environment).client()
            defer { curl.shutdown() }
            try commands.add(urls, name: name, presenters: host, on: curl.client)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Take a channel out of config.toml. Its orders stay on this machine.")

        @Argument(help: "The channel's name, as ‘vitrine channel list’ prints it.") var name: String

        func run() throws {
            // What is wrong elsewhere in the file is not what was asked about.
            try ChannelCommands.remove(name, in: SettingsFolder.paths(), hostNames: .curl)
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Try a channel: what it answers, and how fast. Nothing is bought, and nobody is made a guest.")

        @OptionGroup var server: ServerOptions
        @Argument(help: "The channel's name; otherwise all of them.") var name: String?

        func run() async throws {
            var options = server
            if let name { options.channel = name }
            try await options.run { try await $0.testChannels() }
        }
    }
}
