import ProgramTesting
import TestThreads
import Testing

/// One clear line says what is wrong, and nothing crashes.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct NonsenseTests {
    @Test(.serialized, arguments: Nonsense.allCases) func aServerThatTalksNonsenseIsNamed(nonsense: Nonsense) throws {
        let server = try nonsense.open()
        let shopper = try Shopper(server: server.origin)
        for command in [["shows"], ["shows", "--json"], ["buy", "X-1", "--max-total", "10.00", "--yes"]] {
            let outcome = try shopper.run(command)
            #expect(outcome.ending == .exit(3), "\(command) \(outcome)")
            #expect(outcome.complaint.hasPrefix("vitrine: "))
            #expect(!outcome.complaint.contains("\n"))
            #expect(outcome.output == "")
        }
    }

    @Test func noServerAtAllIsSaid() throws {
        let shopper = try Shopper()
        let outcome = try shopper.run("shows")
        #expect(outcome.ending == .exit(2))
        #expect(outcome.complaint.contains("--server"))
        for address in ["ftp://shop.example", "http://shop.example", "not an address", ""] {
            #expect(try shopper.run("shows", "--server", address).ending == .exit(2), "\(address)")
        }
    }
}
