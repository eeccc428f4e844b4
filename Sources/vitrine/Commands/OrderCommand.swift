import AppCore
import ArgumentParser
import Commands
import Domain
import LiveAPI
import Text
import ViewerUI

struct OrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Print an order's receipt; cancel it, or ask to send it back.",
        discussion: """
            Without --yes, --cancel and --return only say what they would do. An order can be cancelled until it is \
            sent off, and sent back from its delivery until the date that the receipt names.
            """)

    @OptionGroup var server: ServerOptions
    @Argument(help: "The order's id, as ‘vitrine orders’ prints it.") var id: String
    @Flag(help: "Cancel it.") var cancel = false
    @Option(name: .customLong("return"), help: "Ask the shop to take it back for this reason.")
    var reason: ReturnReason?
    @Option(help: "What the shop is told beside the reason of a return.") var note: String?
    @Flag(help: "Do it.") var yes = false
    @Flag(help: "Print the API's object as JSON.") var json = false

    func validate() throws {
        if cancel, reason != nil { throw ValidationError("--cancel and --return are two things") }
        if note != nil, reason == nil { throw ValidationError("--note belongs to --return") }
        if yes, !cancel, reason == nil { throw ValidationError("--yes belongs to --cancel or --return") }
        if let note, note.count > WireLimits.noteCharacters {
            throw ValidationError("a note is at most \(WireLimits.noteCharacters) characters")
        }
    }

    func run() throws {
        var command = Commands.OrderCommand(id: id)
        command.cancels = cancel
        command.reason = reason
        command.note = note
        command.isAgreed = yes
        command.json = json
        try server.run(command.run)
    }
}

extension ReturnReason: ExpressibleByArgument {
    /// As a word of the command line: `does-not-fit`.
    public init?(argument: String) { self.init(word: argument) }

    public var defaultValueDescription: String { word }
    public static var allValueStrings: [String] { allCases.map(\.word) }
}
