import ArgumentParser
import Commands
import Lines

/// The viewer itself; what `vitrine` does without a command.
struct View: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view", abstract: "Open the viewer; what happens without a command.")

    @OptionGroup var server: ServerOptions
    @OptionGroup var viewer: ViewerOptions

    func run() throws {
        let assembly = try Assembly(server, tellsProblems: viewer.plain)
        defer { assembly.close() }
        try viewer.run(assembly)
    }
}

/// The viewer on a server of its own, which ends with it.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Open the viewer on an embedded server with a demo world.",
        discussion: "The demo's orders and follows are kept in the state folder and are there next time.")

    @Flag(help: "Begin anew: forget the demo's orders and follows.")
    var fresh = false

    @Option(
        parsing: .unconditional, help: "The seed of a new demo world; the same seed gives the same shows.",
        transform: Expectation.seed.callAsFunction)
    var seed: UInt64?

    @Flag(name: .shortAndLong, help: "Write more into the log; twice for all of it.")
    var verbose: Int

    @Option(
        help: "Keep what is asked of the demo's server in this file, without secrets; vitrine --replay shows it again.")
    var record: String?

    @OptionGroup var viewer: ViewerOptions

    func run() throws {
        let demo = try DemoServer.start(fresh: fresh, seed: seed)
        defer { demo.stop() }
        let assembly = try Assembly(
            .demo(address: demo.address, scope: DemoServer.scope),
            database: DemoServer.folder() + "/demo-viewer.sqlite",
            verbosity: verbose, traffic: .network(recordedInto: record), tellsProblems: viewer.plain)
        defer { assembly.close() }
        try viewer.run(assembly)
    }
}

extension ViewerOptions {
    fileprivate func run(_ assembly: Assembly) throws {
        try assembly.findAccount()
        if plain {
            try Dialogue(assembly.session).run()
        } else {
            try ViewerRun(assembly: assembly, options: self).run()
        }
    }
}
