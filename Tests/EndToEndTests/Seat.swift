import Glibc
import ProgramTesting
import PtyTesting
import TerminalKit

/// A program on a pseudo-terminal, as somebody sits in front of it: keys go in, a screen comes out.
final class Seat {
    struct Unmet: Error, CustomStringConvertible { let description: String }

    let pty: PseudoTerminal
    let child: Child
    /// How the terminal was before the program had it.
    let modesBefore: [UInt32]
    private var screen: ScreenEmulator
    private(set) var bytesSeen = 0
    /// Whether the terminal says where its cursor is when it is asked.
    var answersQuestions = true
    /// All that the program has written, as it came.
    private(set) var written: [UInt8] = []
    private var size: Size
    /// Open as long as the seat is, as a shell has it: the terminal's modes are reset when nobody has it open.
    private let slave: Int32
    private let clock: MovedClock?

    /// - Parameter clock: passes while something is waited for.
    init(
        _ program: String, _ arguments: [String], environment: [String: String], size: Size, clock: MovedClock? = nil
    ) throws {
        self.clock = clock
        pty = try PseudoTerminal(size)
        slave = Glibc.open(pty.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        modesBefore = pty.modes
        self.size = size
        screen = ScreenEmulator(size)
        child = try Child(program, arguments, environment: environment, terminal: pty.path)
    }

    deinit { close(slave) }

    /// Rows as they are on the screen now, without blanks at their ends.
    var rows: [String] {
        takeOutput()
        return screen.text
    }

    /// What a camera sees of the screen; `true` is dark.
    var picture: [[Bool]] {
        takeOutput()
        return screen.picture
    }

    /// Where a click on the screen's words would lead.
    var links: Set<String> {
        takeOutput()
        return Set(screen.links.joined()).subtracting([""])
    }

    var isRestored: Bool { whatIsLeft.isEmpty }

    /// What the program has changed of the terminal and not put back.
    var whatIsLeft: [String] {
        takeOutput()
        var left = screen.privateModes.map { "mode \($0)" }
        if pty.modes != modesBefore { left.append("termios \(modesBefore) is \(pty.modes)") }
        if screen.isAlternate { left.append("the alternate screen") }
        if !screen.reordersBidi { left.append("rows are not reordered") }
        if !screen.isCursorVisible { left.append("no cursor") }
        return left
    }

    func takeOutput() {
        let bytes = pty.output()
        bytesSeen += bytes.count
        written += bytes
        screen.feed(bytes)
        guard answersQuestions, !screen.replies.isEmpty else { return }
        pty.type(screen.replies)
        screen.replies = ""
    }

    func shows(_ text: String) -> Bool { rows.contains { $0.contains(text) } }

    /// Waits until some row holds `text`.
    func wait(for text: String, within limit: Duration = .seconds(60)) throws {
        try wait(until: "“\(text)” is shown", within: limit) { $0.contains { $0.contains(text) } }
    }

    func wait(gone text: String, within limit: Duration = .seconds(60)) throws {
        try wait(until: "“\(text)” is gone", within: limit) { !$0.contains { $0.contains(text) } }
    }

    func wait(until what: String, within limit: Duration = .seconds(60), _ isMet: ([String]) -> Bool) throws {
        let end = ContinuousClock.now + limit
        while !isMet(rows) {
            var request = pollfd(fd: pty.master, events: Int16(POLLIN), revents: 0)
            poll(&request, 1, clock == nil ? 50 : 4)
            clock?.nudge()
            if request.revents & Int16(POLLHUP) != 0 { usleep(2000) }
            guard ContinuousClock.now < end else {
                let state = Child.isRunning(child.process) ? "" : " The program has ended."
                throw Unmet(
                    description: "not within \(limit): \(what).\(state) The screen:\n" + rows.joined(separator: "\n"))
            }
        }
    }

    func type(_ keys: String) { pty.type(keys) }

    /// Blanks the screen, so that only what is drawn from now on is on it.
    func forgetScreen() {
        takeOutput()
        screen = ScreenEmulator(size)
    }

    /// A new window, whose contents the program has to bring.
    func resize(_ size: Size) {
        self.size = size
        forgetScreen()
        pty.resize(size)
    }

    /// Takes the terminal away, as a closed window or a dropped line does.
    func hangUp() {
        takeOutput()
        pty.hangUp()
    }

    @discardableResult
    func waitForEnd(within limit: Duration = .seconds(60)) throws -> Child.Ending {
        try child.wait(within: limit) {
            takeOutput()
            clock?.nudge()
        }
    }
}
