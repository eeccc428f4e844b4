import Domain
import Text

/// The whole program as lines: words come in, lines go out, nothing is ever redrawn.
final class Dialogue {
    let session: Session
    let input = LineInput()
    /// The show whose lines are printed meanwhile.
    var show: FollowedShow?

    // What was listed last, so that it can be named by its number.
    var shows: [Show] = []
    var hosts: [Host] = []
    var goods: [Goods] = []
    var orders: [Order] = []

    private var isOver = false
    /// How long words may wait for the answer to a poll.
    private static let patience = Duration.seconds(5)

    init(_ session: Session) { self.session = session }

    /// Until `quit` or the end of the input.
    func run() throws {
        Output.line("Vitrine. ‘shows’ lists the shows, ‘help’ all words.")
        let unresolved = try session.run(.unresolved(account: session.scope)).count
        if unresolved > 0 { Output.line("Perhaps bought: \(unresolved). ‘orders’ finds out.") }
        while !isOver, let line = nextLine() { perform(line) }
    }

    func quit() { isOver = true }

    /// Does what a line says. What cannot be done is said, and ends nothing.
    func perform(_ line: String) {
        let words = line.split(whereSeparator: \.isWhitespace).map { String($0) }
        guard let first = words.first else { return }
        guard let word = Word(first) else {
            let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
            return Output.line("“\(SafeText(first).clipped(to: 40))” is no word here. There are: \(all).")
        }
        telling { try perform(word, Array(words.dropFirst())) }
    }

    /// The next line; meanwhile the show goes on.
    private func nextLine() -> String? {
        while true {
            if show == nil, input.isTerminal { Output.prompt("> ") }
            switch input.next(within: show?.rest) {
            case .line(let line, _): return line
            case .tooLong: Output.line("That line is too long.")
            case .end: return nil
            case .nothing: advanceShow()
            }
        }
    }

    func advanceShow() {
        guard let show else { return }
        telling(orElse: { self.show = nil }) {
            switch try show.turn(until: .now + Self.patience) {
            case .goesOn: break
            case .finished: self.show = nil
            case .outOfTime: show.away("no answer from the server")
            }
        }
    }

    private func telling(orElse undo: () -> Void = {}, _ body: () throws -> Void) {
        do { try body() } catch {
            undo()
            let words = "\(error)"
            Output.line(words.prefix(1).uppercased() + words.dropFirst() + (words.hasSuffix(".") ? "" : "."))
        }
    }
}

/// Something that can be bought, as a list names it.
struct Goods {
    let sku: SKU
    let name: SafeText
    let variant: Variant
}
