import ProgramTesting
import TestThreads
import Testing

/// One clear line says what is wrong, and nothing crashes.
@Suite(.programs, .timeLimit(.minutes(2))) struct BadInputTests {
    @Test(.serialized, arguments: Nonsense.allCases) func theViewerSaysSoAndStaysUsable(nonsense: Nonsense) throws {
        let server = try nonsense.open()
        let shopper = try Shopper(server: server.origin)
        let seat = try shopper.open()
        try seat.wait(for: "The shows could not be loaded")
        try seat.wait(until: "the header says so") { rows in
            rows[0].contains(" since ")
        }
        seat.type("4")
        try seat.wait(for: "No orders yet", within: .seconds(5))
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        #expect(seat.isRestored)
    }

    @Test func aBadConfigLineIsNamedWithItsFile() throws {
        let server = try TestServer()
        let shopper = try Shopper(server: server.origin)
        let path = try shopper.write("mouse = true\nservr = \"http://x\"\n", to: "config/vitrine/config.toml")
        let seat = try shopper.open()
        try seat.wait(for: "config.toml:2")
        try seat.wait(for: "LIVE NOW")
        seat.type("Q")
        #expect(try seat.waitForEnd() == .exit(0))
        // And again where it can still be read when the screen is gone.
        #expect(seat.rows.joined(separator: "").contains(path + ":2"), "\(seat.rows)")

        let outcome = try shopper.run("shows")
        #expect(outcome.ending == .exit(0))
        #expect(outcome.complaint.hasPrefix("vitrine: " + path + ":2"), "\(outcome.errors)")
        #expect(outcome.complaint.hasSuffix("; ‘vitrine doctor’ looks at everything"), "\(outcome.errors)")
    }

    @Test func noTerminalIsSaid() throws {
        let shopper = try Shopper(server: "http://127.0.0.1:1")
        let outcome = try shopper.run()
        #expect(outcome.ending == .exit(2))
        #expect(outcome.complaint.contains("terminal"), "\(outcome.errors)")
    }
}
