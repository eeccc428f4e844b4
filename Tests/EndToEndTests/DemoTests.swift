import Glibc
import ProgramTesting
import TestThreads
import Testing

/// `vitrine demo` and the data that it keeps.
@Suite(.programs, .timeLimit(.minutes(2))) struct DemoTests {
    private func script(_ text: String, for shopper: Shopper) throws -> [String] {
        ["demo", "--script", try shopper.write(text, to: "demo.script"), "--size", "80x24"]
    }

    @Test func aSecondDemoLeavesTheFirstAlone() throws {
        let shopper = try Shopper()
        let seat = try shopper.open("demo")
        try seat.wait(for: "LIVE NOW")
        for more in [[], ["--fresh"]] {
            let second = try shopper.run(script("wait text \"LIVE NOW\"\n", for: shopper) + more)
            #expect(second.status == 3)
            #expect(second.complaint.contains("a server is running on the database"))
            #expect(second.complaint.contains("already, at http://127.0.0.1:"))
            #expect(!second.complaint.contains("\n"))
        }
        seat.type("?")
        try seat.wait(for: "Buy the product on air")
        seat.type("?Q")
        #expect(try seat.waitForEnd() == .exit(0))
        let third = try shopper.run(script("wait text \"LIVE NOW\"\n", for: shopper) + ["--fresh"])
        #expect(third.status == 0, "\(third.errors)")
    }

    @Test func anotherSeedNeedsAFreshWorld() throws {
        let shopper = try Shopper()
        let steps = try script("wait text \"LIVE NOW\"\n", for: shopper)
        #expect(try shopper.run(steps + ["--seed", "5"]).status == 0)
        #expect(try shopper.run(steps).status == 0)
        let other = try shopper.run(steps + ["--seed", "6"])
        #expect(other.status == 3)
        #expect(other.complaint.contains("the seed 5") && other.complaint.contains("--fresh"))
        #expect(try shopper.run(steps + ["--seed", "6", "--fresh"]).status == 0)
        #expect(try shopper.run(steps + ["--seed", "6"]).status == 0)
    }
}
