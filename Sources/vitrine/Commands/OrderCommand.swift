import AppCore
import ArgumentParser
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
        let session = try Session(server)
        defer { session.close() }
        let book = OrderBook(session: session)
        let id = try session.choose(id)
        let order = try cancel || reason != nil ? book.look(at: OrderID(id)) : book.known(OrderID(id))
        if cancel { return try print(call(off: order, book)) }
        if let reason { return try print(sendBack(order, reason, book)) }
        try print(order)
    }

    private func call(off order: Order, _ book: OrderBook) throws -> Order {
        if order.status == .cancelled { return order }
        guard order.canCancel else {
            throw CommandFailure(
                .refused, "not cancelled: order \(order.id) is \(Phrase.status(order.status)) and can no longer be")
        }
        guard yes else {
            throw CommandFailure(
                .usage, "not cancelled: order \(order.id), \(Phrase.money(order.total)); add --yes to cancel it")
        }
        return try book.cancel(order.id)
    }

    private func sendBack(_ order: Order, _ reason: ReturnReason, _ book: OrderBook) throws -> Order {
        if let why = order.reasonAgainstReturn { throw CommandFailure(.refused, "not asked: \(why)") }
        guard yes else {
            throw CommandFailure(
                .usage,
                "not asked: order \(order.id), \(Phrase.money(order.total)), because \(Phrase.reason(reason)); "
                    + "add --yes to ask the shop")
        }
        return try book.sendBack(order.id, reason, note: note ?? "")
    }

    private func print(_ order: Order) throws {
        guard !json else { return try Output.json(order) }
        for line in Receipt.lines(of: order) { Output.line(line.string) }
    }
}

extension ReturnReason: ExpressibleByArgument {
    /// As a word of the command line: `does-not-fit`.
    public init?(argument: String) { self.init(rawValue: argument.replacing("-", with: "_")) }

    public var defaultValueDescription: String { word }
    public static var allValueStrings: [String] { allCases.map(\.word) }

    var word: String { rawValue.replacing("_", with: "-") }
}

extension Order {
    /// Why the shop would not take it back; nil where it can be asked.
    var reasonAgainstReturn: String? {
        if course.canReturn { return nil }
        if course.returning != nil { return "a return of order \(id) has been asked for already" }
        return status == .delivered || status == .completed
            ? "the time to send order \(id) back is over"
            : "order \(id) is \(Phrase.status(status)); only what has been delivered can be sent back"
    }
}
