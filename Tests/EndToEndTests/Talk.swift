import Glibc
import ProgramTesting
import PtyTesting
import TerminalKit

/// The program as a dialogue through two pipes.
final class Talk {
    let child: Child
    private let clock: MovedClock?
    private var input: Int32
    private let answers: Int32
    private var bytes: [UInt8] = []
    private var forgotten = 0

    convenience init(_ shopper: Shopper, _ arguments: String...) throws { try self.init(shopper, arguments) }

    init(_ shopper: Shopper, _ arguments: [String]) throws {
        clock = shopper.clock
        let (typed, said) = (try Channel(), try Channel())
        let errors = open(shopper.home.path + "/errors.txt", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { for end in [typed.reading, said.writing, errors] { close(end) } }
        child = try Child(
            Binaries.vitrine, arguments, environment: shopper.environment,
            files: [typed.reading, said.writing, errors])
        (input, answers) = (typed.writing, said.reading)
        _ = fcntl(answers, F_SETFL, O_NONBLOCK)
    }

    deinit { for end in [input, answers] where end >= 0 { close(end) } }

    /// What it has said, from the last `forget` on.
    var output: String {
        take()
        return String(decoding: bytes[forgotten...], as: UTF8.self)
    }

    func forget() { forgotten = bytes.count }

    func type(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(input, $0.baseAddress, $0.count) }
    }

    func wait(for text: String, within limit: Duration = .seconds(60)) throws {
        try waitForText(text, within: limit, clock) { self.output }
    }

    /// Ends the input, expects the program to end well, and returns all that it said.
    func end() throws -> String {
        close(input)
        input = -1
        let ending = try child.wait {
            take()
            clock?.nudge()
        }
        guard ending == .exit(0) else { throw Child.Failure(description: "it ended with \(ending)") }
        take()
        return String(decoding: bytes, as: UTF8.self)
    }

    private func take() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(answers, &buffer, buffer.count)
            guard count > 0 else { return }
            bytes += buffer[..<count]
        }
    }
}

/// The same on a terminal, where what is typed is also shown.
final class TerminalTalk {
    let pty: PseudoTerminal
    let child: Child
    let modesBefore: [UInt32]
    private(set) var everything: [UInt8] = []
    private var forgotten = 0
    private let slave: Int32
    private let clock: MovedClock?

    /// - Parameter columns: so many that lines are not broken.
    init(_ shopper: Shopper, _ arguments: String..., columns: Int = 400) throws {
        pty = try PseudoTerminal(Size(columns: columns, rows: 24))
        slave = open(pty.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        modesBefore = pty.modes
        clock = shopper.clock
        child = try Child(Binaries.vitrine, arguments, environment: shopper.environment, terminal: pty.path)
    }

    deinit { close(slave) }

    /// What was on the terminal since the last `forget`, as far as `wait` has seen it.
    var recent: String { String(decoding: everything[forgotten...], as: UTF8.self) }

    func type(_ keys: String) { pty.type(keys) }
    func forget() { forgotten = everything.count }

    func wait(for text: String, within limit: Duration = .seconds(60)) throws {
        try waitForText(text, within: limit, clock) {
            everything += pty.output()
            return recent
        }
    }
}

private func waitForText(_ text: String, within limit: Duration, _ clock: MovedClock?, in output: () -> String) throws {
    let end = ContinuousClock.now + limit
    while !output().contains(text) {
        guard ContinuousClock.now < end else {
            throw Child.Failure(description: "not within \(limit): “\(text)”. It said:\n\(output())")
        }
        usleep(5000)
        clock?.nudge()
    }
}
