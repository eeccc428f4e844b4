import AppCore
import Domain
import Engine
import Providers
import ShopAccess
import Text

/// The whole program as lines: commands come in, lines go out, nothing is ever redrawn.
package final class Dialogue {
    let session: Session
    let input: LineInput
    /// The show whose lines are printed meanwhile.
    var show: ShowLines?
    /// Whether what happens in a show waits until it is asked for.
    var isQuiet = false
    var listening = Listening()
    var reminders = SpokenReminders()

    // What was listed last, so that it can be named by its number.
    var shows: [Show] = []
    var hosts: [Host] = []
    var goods: [Goods] = []
    var orders: [Order] = []
    var wishes: [Wish] = []
    /// What a long list has beyond the lines that were printed.
    var unread = Pages()

    private(set) var isOver = false

    package init(_ session: Session, input: LineInput = LineInput()) {
        self.session = session
        self.input = input
        session.face = .dialogue
    }

    func engine() throws -> Engine { try session.engine() }
    var now: Timestamp { session.now }

    /// Talks until `quit` or the end of the input.
    package func run() throws {
        session.pause = { [unowned self] in pause($0, $1) }
        Output.line("Vitrine. ‘shows’ lists the shows, ‘help’ all words.")
        let state = try engine().state
        let unresolved = state.orders.unresolved.count
        if unresolved > 0 { Output.line("Perhaps bought: \(unresolved). ‘orders’ finds out.") }
        followReminders(state)
        while !isOver, let line = nextLine() {
            if line.allSatisfy(\.isWhitespace) {
                takeEmptyLine()
            } else {
                perform(line)
                if !isQuiet { letShowSpeak() }
            }
        }
    }

    func quit() { isOver = true }

    /// Does what a line says. What cannot be done is said, and ends nothing.
    func perform(_ line: String) {
        listening.begin()
        let words = line.split(whereSeparator: \.isWhitespace).map { String($0) }
        guard let first = words.first else { return }
        guard let command = LineCommand(first) else {
            let all = LineCommand.allCases.map(\.rawValue).joined(separator: ", ")
            return Output.line("“\(SafeText(first).clipped(to: 40))” is no word here. There are: \(all).")
        }
        telling { try perform(command, Array(words.dropFirst())) }
    }

    /// The next line; meanwhile the show goes on. A prompt stands where nothing else is going to be printed: outside a
    /// show, and while one is held.
    private func nextLine() -> String? {
        var hasPrompt = false
        while true {
            if input.isTerminal, !hasPrompt, show?.isHeld ?? true {
                Output.prompt("> ")
                hasPrompt = true
            }
            switch input.next(within: rest, or: show == nil ? nil : try? engine().descriptor) {
            case .line(let line, _): return line
            case .tooLong:
                Output.line("That line is too long.")
                hasPrompt = false
            case .end:
                if hasPrompt { Output.line("") }
                return nil
            case .nothing:
                for words in dueReminders() {
                    Output.line((hasPrompt ? "\n" : "") + words)
                    hasPrompt = false
                }
                advanceShow()
            }
        }
    }

    /// How long nothing is due.
    private var rest: Duration? { [show?.rest, restOfReminders].compactMap { $0 }.min() }

    // MARK: The show

    /// Tells what the show has come to, and waits for nothing.
    private func advanceShow() {
        guard let show else { return }
        telling(orElse: leaveShow) { try show.goOn() }
        leaveWhatIsOver()
    }

    func leaveShow() {
        show?.leave()
        show = nil
    }

    private func leaveWhatIsOver() { if let show, show.isOver, !show.isHeld { leaveShow() } }

    /// While the server is away, an empty line does not wait for the next try; in a quiet show it asks for what waits.
    /// Otherwise it holds the show until the next line, so that what is typed is not broken up; a file of commands needs no such
    /// pause.
    private func takeEmptyLine() {
        guard let show else { return }
        if show.isAway, !show.isHeld { return show.tryNow() }
        if isQuiet {
            if show.tellWaiting() == 0 { Output.line("Nothing new.") }
            if show.isOver { leaveShow() }
        } else if show.isHeld {
            letShowSpeak()
        } else {
            show.isHeld = input.isTerminal
        }
    }

    func letShowSpeak() {
        guard let show, show.isHeld else { return }
        show.isHeld = false
        show.tellWaiting()
        leaveWhatIsOver()
    }

    func telling(orElse undo: () -> Void = {}, _ body: () throws -> Void) {
        do { try body() } catch {
            undo()
            Output.line((error as? CommandFailure)?.sentence ?? "\(error)".asSentence())
        }
    }

    // MARK: Channels

    /// Line that is typed to do something with what has a name.
    func words(for step: NextStep) -> String {
        let channel =
            switch step {
            case .pay(let order): order.channel
            case .buy(let sku): sku.channel
            case .reviews(let product): product.channel
            case .orders, .address, .logOut: Channel.first
            }
        return session.words(for: step, at: session.access(to: channel))
    }

    /// Words after something in a list where there are several channels: `, at Lamps`.
    func place(_ channel: Channel) -> String {
        session.channels.count > 1 ? ", at \(session.access(to: channel).title)" : ""
    }

    /// Does something at each channel; what is wrong with one hides nothing of the others.
    /// - Throws: the failure of the only channel, or of the last one where all have failed.
    func forEachChannel(
        where isMeant: (ChannelAccess) -> Bool = { _ in true }, _ body: (ChannelAccess) throws -> Void
    ) throws {
        let meant = session.channels.filter(isMeant)
        var failures: [CommandFailure] = []
        for channel in meant {
            do { try body(channel) } catch {
                guard meant.count > 1, let failure = error as? CommandFailure else { throw error }
                failures.append(CommandFailure(failure.status, of: channel.title, failure.description))
            }
        }
        if let last = failures.last, failures.count == meant.count { throw last }
        for failure in failures { Output.line(failure.sentence) }
    }

    /// All pages of a list at a channel, asked for while the dialogue listens.
    func collect<Item>(
        _ list: ListQuestion<Item>, at channel: ChannelAccess, while doing: Subject
    ) throws -> [Item] {
        var (items, seen, cursor): ([Item], Set<String>, String?) = ([], [], nil)
        repeat {
            let (more, next) = try session.ask(list.page(cursor), at: channel, while: doing)
            items += more
            cursor = next
            if let next, !seen.insert(next).inserted {
                throw CommandFailure(.notUnderstood("the server's list comes back to where it was"), while: doing)
            }
        } while cursor != nil
        return items
    }
}

/// Something that can be bought, as a list names it.
struct Goods {
    let sku: SKU
    let product: ProductID
    let name: SafeText
    let variant: Variant
    /// Whether the shop has told the lowest price of several variants alone.
    let isPricedFrom: Bool
}

/// A command that means nothing here, or lacks what it needs.
struct UsageError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
