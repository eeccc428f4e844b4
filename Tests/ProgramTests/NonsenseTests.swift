import ProgramTesting
import TestThreads
import Testing

/// One clear line says what is wrong, and nothing crashes.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct NonsenseTests {
    /// Replies that are no answer.
    enum Nonsense: String, CaseIterable {
        case html, garbage, emptyBody, serverError, nothing, otherJSON, cutJSON

        func open() throws -> LoopbackServer {
            switch self {
            case .html: try .answering("<html><body>Welcome to the hotel's network</body></html>")
            case .garbage: try .saying("\u{1}\u{2}\u{3} no HTTP at all\r\n\r\n")
            case .emptyBody: try .answering("", type: "application/json")
            case .serverError: try .answering("{}", status: "500 Oh No", type: "application/json")
            case .nothing: try .saying("")
            case .otherJSON: try .answering("[1, 2, 3]", type: "application/json")
            case .cutJSON: try .answering("{\"items\": [{\"id\": \"s-1\"", type: "application/json")
            }
        }
    }

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
