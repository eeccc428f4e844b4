import ProgramTesting
import TerminalKit
import TestThreads
import Testing

/// Terminals that have no screen.
@Suite(.programs, .timeLimit(.minutes(2))) struct DumbTerminalTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    @Test func aTerminalThatCannotPlaceTextIsToldOfLines() throws {
        var environment = shopper.environment
        environment["TERM"] = "dumb"
        let seat = try Seat(Binaries.vitrine, [], environment: environment, size: Size(columns: 200, rows: 10))
        #expect(try seat.waitForEnd() == .exit(2))
        let said = seat.rows.filter { !$0.isEmpty }
        #expect(said.count == 1)
        #expect(said.first?.contains("'dumb'") == true && said.first?.contains("--plain") == true, "\(said)")
        #expect(seat.isRestored, "\(seat.whatIsLeft)")
    }
}
