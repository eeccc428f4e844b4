import AppCore
import ArgumentParser
import Commands
import Lines
import Domain
import Glibc

struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a show as lines of text or of JSON.",
        discussion: """
            --plain prints lines for people and screen readers, --json one event a line, both as they happen. \
            ‘vitrine --plain’ is the whole program in lines, with buying.
            """)

    @OptionGroup var server: ServerOptions
    @Argument(help: "The show's id.") var id: String
    @Flag(help: "Print lines of text.") var plain = false
    @Flag(help: "Print one event a line, as JSON.") var json = false
    @Option(
        name: .customLong("for"), parsing: .unconditional, help: "End after so many seconds.",
        transform: Expectation.seconds.callAsFunction)
    var seconds: Double?

    func validate() throws {
        guard plain != json else { throw ValidationError("expected one of --plain and --json") }
    }

    func run() throws {
        let limit = seconds.map { Duration.milliseconds(Int64($0 * 1000)) }
        try server.run { try $0.printShow(id, asJSON: json, for: limit) }
    }
}
