import Foundation
import Lines
import ProgramTesting

/// The program as a dialogue: lines are typed into a pipe while it runs on a thread of its own.
final class Talk {
    private let typed: Pipe
    private let said = Said()
    private var forgotten = 0

    convenience init(_ shopper: Shopper, _ arguments: String...) throws { try self.init(shopper, arguments) }

    init(_ shopper: Shopper, _ arguments: [String]) throws {
        typed = try Pipe()
        let run = ProgramRun(arguments, shopper.variables, input: typed.reading, said.sink)
        let thread = Thread { [typed, said] in
            said.end(with: run.carryOut())
            typed.close()
        }
        // As much as a main thread has.
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit { typed.closeWriting() }

    /// Lines said from the last `forget` on.
    var output: String { String(said.output.utf8.dropFirst(forgotten)) ?? "" }

    func forget() { forgotten = said.output.utf8.count }

    func type(_ text: String) { typed.write(text) }

    func wait(for text: String, within limit: Duration = .seconds(60)) throws {
        let forgotten = forgotten
        let isMet = said.wait(within: limit) { (String($0.utf8.dropFirst(forgotten)) ?? "").contains(text) }
        guard isMet else {
            throw TestFailure(description: "not within \(limit): “\(text)”. It said:\n\(output)\(said.errors)")
        }
    }

    /// Ends the input, expects the program to end well, and returns all that it said.
    func end() throws -> String {
        typed.closeWriting()
        _ = said.wait(within: .seconds(60)) { _ in false }
        guard let status = said.status else {
            throw TestFailure(description: "it has not ended. It said:\n\(said.output)")
        }
        guard status == .done else {
            throw TestFailure(description: "it ended with \(status): \(said.errors)")
        }
        return said.output
    }
}
