import Foundation
import Glibc
import OwncastStandIn
import ProgramTesting
import TerminalKit

/// Somebody who starts the program.
final class Shopper: ProgramUser {
    let home: TemporaryFolder
    /// What every command is given as its server; nil gives none.
    var server: String?
    /// Variables of its own, over the others.
    var more: [String: String] = [:]
    /// The clock of all programs; nil for the machine's.
    let clock: MovedClock?

    init(server: String? = nil, clock: MovedClock? = nil) throws {
        home = try TemporaryFolder()
        self.server = server
        self.clock = clock
    }

    var environment: [String: String] { variables.merging(clock?.environment ?? [:]) { own, _ in own } }

    func run(_ arguments: [String], input: String) throws -> Outcome {
        let (output, errors, typed) = (try Channel(), try Channel(), try Channel())
        _ = Array(input.utf8).withUnsafeBytes { Glibc.write(typed.writing, $0.baseAddress, $0.count) }
        close(typed.writing)
        let nothing = typed.reading
        defer { for end in [output.reading, errors.reading, nothing] { close(end) } }
        let child = try Child(
            Binaries.vitrine, arguments, environment: environment, files: [nothing, output.writing, errors.writing])
        close(output.writing)
        close(errors.writing)
        // Complaints are a few lines, which a pipe holds.
        let text = output.readAll()
        let complaint = errors.readAll()
        return Outcome(ending: try child.wait(), output: text, errors: complaint)
    }

    /// Opens the viewer, or another program, on a terminal.
    func open(
        _ arguments: String..., size: Size = Size(columns: 120, rows: 36), program: String = Binaries.vitrine
    ) throws -> Seat {
        try Seat(program, arguments, environment: environment, size: size, clock: clock)
    }
}

extension WooShop {
    /// Somebody who has this shop as a channel.
    func shopper() throws -> Shopper { try add(to: Shopper()) }
}

extension StreamServer {
    convenience init(_ rules: StandInStream.Rules = .init(), clock: MovedClock) throws {
        try self.init(rules)
        stream.set { Int64(clock.now.timeIntervalSince1970 * 1000) }
    }
}
