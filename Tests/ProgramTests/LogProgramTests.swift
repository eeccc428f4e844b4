import FoundationEssentials
import ProgramTesting
import TestThreads
import Testing

/// The log in the state folder.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct LogProgramTests {
    @Test func levelsAreTheCommandLinesOrTheEnvironments() throws {
        let server = try TestServer()
        let shopper = try Shopper(server: server.origin)
        func log() -> String {
            let data = try? Data(contentsOf: URL(filePath: shopper.home.path + "/state/vitrine/vitrine.log"))
            return String(decoding: data ?? Data(), as: UTF8.self)
        }
        #expect(try shopper.run("shows").status == 0)
        #expect(log() == "")
        shopper.more["VITRINE_LOG"] = "debug"
        #expect(try shopper.run("products", "--find", "canary7@mail.example").errors == "")
        let lines = log()
        #expect(lines.contains(" debug GET \(server.origin)/v1/products?q=REMOVED → 200, "), "\(lines)")
        #expect(!lines.contains("canary7"))
        shopper.more["VITRINE_LOG"] = nil
        #expect(try shopper.run("hosts", "-vv").errors == "")
        #expect(log().contains("/v1/hosts → 200, "))
    }
}
