import GRDB
import ProgramTesting
import TestThreads
import Testing

/// Several copies of the program in one home, as two windows of one person's.
@Suite(.programs, .timeLimit(.minutes(2))) struct SharedFolderTests {
    @Test func copiesThatStartTogetherShareOneAccount() async throws {
        let server = try TestServer()
        let shopper = try Shopper(server: server.origin)
        let products = try shopper.run("products", "--json").decode(List<ProductShape>.self).items
        let variant = try #require(products.flatMap(\.variants).first { $0.stock ?? 0 >= 9 })
        let most = "99999.00".suffixed(for: variant.price)
        // Else one that comes while another's purchase is on its way points that out.
        let seats = try (0..<3).map { _ in
            try shopper.open("buy", variant.sku, "--max-total", most, "--yes", "--again")
        }
        for seat in seats { #expect(try seat.waitForEnd() == .exit(0)) }
        #expect(try server.count("orders") == 3)
        // Each may have opened one at the shop; all bought in the name of the first that was kept.
        #expect(try server.read { try Int.fetchOne($0, sql: "SELECT count(DISTINCT account) FROM orders") } == 1)
        #expect(try shopper.run("orders", "--json").decode(List<OrderShape>.self).items.count == 3)
    }
}
