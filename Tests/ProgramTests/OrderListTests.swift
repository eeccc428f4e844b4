import ProgramTesting
import TestThreads
import Testing

/// What ‘orders’ lists beside what was bought.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct OrderListTests {
    @Test func whatCameToNothingStandsAmongTheOrders() throws {
        let server = try TestServer()
        let shopper = try Shopper(server: server.origin)
        let variant = try shopper.variant()
        func buy(_ method: String) throws -> Outcome {
            try shopper.run("buy", variant.sku, "--max-total", "99999", "--payment", method, "--yes", "--again")
        }
        #expect(try buy("pm-card-declined").status == 1)
        #expect(try buy("pm-card").status == 0)
        #expect(try buy("pm-card-declined").status == 1)
        let listed = try shopper.run("orders")
        let lines = listed.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 3, "\(listed)")
        for index in [0, 2] where lines.indices.contains(index) {
            #expect(lines[index].hasPrefix("–  "), "\(listed)")
            #expect(lines[index].contains(" × ") && lines[index].contains(" at most  not bought: "), "\(listed)")
        }
        let said = try shopper.run(["--plain"], input: "orders\norder 1\n").output.split(separator: "\n")
        #expect(said.count > 4 && said[1].contains("not bought: ") && said[2].hasPrefix("1. "), "\(said)")
        #expect(said.contains { $0.hasPrefix("Payment    ") }, "\(said)")
        #expect(try shopper.run("orders", "--json").decode(List<OrderShape>.self).items.count == 1)
    }
}
