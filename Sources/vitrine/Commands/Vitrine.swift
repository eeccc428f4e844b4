import ArgumentParser
import Lines

/// The root command: without a subcommand it opens the viewer.
struct Vitrine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vitrine",
        abstract: "Watch live-shopping shows in the terminal, and buy what is on air.",
        usage: """
            vitrine [--server URL | --channel NAME] [-v]
            vitrine --plain [--server URL] [-v]
            vitrine --script FILE [--save-screen FILE] [--size COLUMNSxROWS] [--server URL] [-v]
            vitrine --record FILE | --replay FILE
            vitrine <subcommand> …
            """,
        discussion: """
            Without a command it opens the viewer on the configured server; ‘vitrine demo’ opens it on a server of its own. \
            ‘vitrine help view’ explains the viewer's options.

            Exit codes: 0 done, 1 refused by the shop, 2 wrong usage, 3 network or server.
            """,
        version: vitrineVersion,
        subcommands: [
            View.self, Demo.self, Shows.self, ShowCommand.self, Watch.self, Hosts.self, Follow.self, Unfollow.self,
            Products.self, ProductCommand.self, Buy.self, Pay.self, Orders.self, OrderCommand.self, AddressCommand.self,
            Login.self,
            Logout.self, ChannelCommand.self, ThemesCommand.self, Doctor.self,
        ],
        defaultSubcommand: View.self)
}

let vitrineVersion = "0.1.0"

/// Which server a command asks.
struct ServerOptions: ParsableArguments {
    @Option(help: "The server's address, such as https://shop.example; otherwise the one in config.toml.")
    var server: String?

    @Option(help: "The channel of config.toml that is meant, by its name; otherwise all of them.")
    var channel: String?

    @OptionGroup var recording: RecordingOptions

    @Flag(name: .shortAndLong, help: "Write more into the log; twice for all of it.")
    var verbose: Int

    func validate() throws {
        guard server == nil || channel == nil else { throw ValidationError("expected one of --server and --channel") }
    }
}

extension ServerOptions {
    /// Carries a command out on the channels that are meant.
    func run(_ command: (Session) throws -> Void) throws {
        let assembly = try Assembly(self)
        defer { assembly.close() }
        try command(assembly.session)
    }

    func run(_ command: (Session) async throws -> Void) async throws {
        let assembly = try Assembly(self)
        defer { assembly.close() }
        try await command(assembly.session)
    }
}

/// How the viewer is driven.
struct ViewerOptions: ParsableArguments {
    fileprivate static let usualSize = "120x36"

    @Flag(help: "A dialogue in lines of text instead of screens: for screen readers, pipes and plain terminals.")
    var plain = false

    @Option(help: "Play the keys and waits of this file instead of opening the terminal.")
    var script: String?

    @Option(help: "Write the last screen of a script into this file: text, or a picture where its name ends in .svg.")
    var saveScreen: String?

    @Option(help: "The size of a script's screen, COLUMNSxROWS.")
    var size = ViewerOptions.usualSize

    func validate() throws {
        guard !plain || script == nil else { throw ValidationError("expected one of --plain and --script") }
    }
}

extension Vitrine {
    /// The command that `arguments` ask for.
    ///
    /// Nothing is asked of the parser where there are none: to find the viewer with no options it takes a quarter of
    /// the time to the first frame, and most of that reflecting on types.
    static func command(for arguments: [String]) throws -> any ParsableCommand {
        guard arguments.isEmpty else { return try parseAsRoot(arguments) }
        var view = View()
        (view.server, view.viewer) = (.none, .none)
        assert((try? parseAsRoot([])).map { "\($0)" == "\(view)" } == true, "an option was added: \(view)")
        return view
    }
}

extension ServerOptions {
    /// As the parser makes them where no option is given.
    fileprivate static var none: Self {
        var (none, recording) = (Self(), RecordingOptions())
        (recording.record, recording.replay) = (nil, nil)
        (none.server, none.channel, none.recording, none.verbose) = (nil, nil, recording, 0)
        return none
    }
}

extension ViewerOptions {
    /// As the parser makes them where no option is given.
    fileprivate static var none: Self {
        var none = Self()
        (none.plain, none.script, none.saveScreen, none.size) = (false, nil, nil, usualSize)
        return none
    }
}
