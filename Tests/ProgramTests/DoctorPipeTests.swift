import FoundationEssentials
import ProgramTesting
import TestThreads
import Testing

/// `vitrine doctor` in a pipe, and where things are wrong.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct DoctorPipeTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    @Test func aPipeGetsTextOrJSON() throws {
        let text = try shopper.run("doctor")
        #expect(text.status == 0 && text.errors == "", "\(text)")
        #expect(text.output.contains("is no terminal") && !text.output.contains("\u{1B}"))
        let json = try shopper.run("doctor", "--json")
        #expect(json.status == 0)
        let value = try JSONDecoder().decode([String: JSONValue].self, from: Data(json.output.utf8))
        #expect(value.keys.contains("server") && value.keys.contains("database"))
    }

    @Test func whatIsWrongIsSaidInALineEach() throws {
        shopper.server = "http://127.0.0.1:1"
        let path = try shopper.write("theme = 3\nsever = \"x\"\n", to: "config/vitrine/config.toml")
        shopper.more["VITRINE_LOG"] = "loud"
        let outcome = try shopper.run("doctor")
        #expect(outcome.status == 1 && outcome.errors == "")
        let problems = outcome.output.split(separator: "\n").filter { $0.hasPrefix("! ") }
        #expect(problems.count == 4, "\(problems)")
        for words in ["! settings: \(path):1: ", "! settings: \(path):2: ", "! server: ", "! log: VITRINE_LOG"] {
            #expect(problems.contains { $0.hasPrefix(words) }, "\(words)")
        }
    }

    @Test func withoutAHomeItSaysSo() throws {
        for (home, words) in [("/dev/null/home", "! database: "), ("nowhere", "! settings: neither HOME nor")] {
            shopper.more = ["HOME": home]
            for variable in ["CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME"] {
                shopper.more["XDG_" + variable] = ""
            }
            let outcome = try shopper.run("doctor")
            #expect(outcome.status == 1 && outcome.output.contains(words), "\(outcome)")
        }
    }
}
