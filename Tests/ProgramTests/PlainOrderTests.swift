import Domain
import GRDB
import ProgramTesting
import TestThreads
import Testing

/// Cancelling in the dialogue, as deliberate as buying.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct PlainOrderTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    private static let question = "Anything else leaves it as it is."

    /// Buys one of each and returns the totals.
    private func buy(_ skus: [String], _ talk: Talk) throws -> [String] {
        try skus.map { sku in
            talk.forget()
            talk.type("buy \(sku)\n")
            try talk.wait(for: "Anything else does not buy.")
            let start = try #require(talk.output.ranges(of: "‘buy for ").last).upperBound
            let total = String(talk.output[start...].prefix { $0 != "’" })
            talk.type("yes \(total)\n")
            try talk.wait(for: "Order placed.")
            return total
        }
    }

    private func skus() throws -> [String] {
        let products = try shopper.run("products", "--json").decode(List<ProductShape>.self).items
        return products.compactMap { $0.variants.first { ($0.stock ?? 0) >= 5 }?.sku }
    }

    private func statuses() throws -> [String: Int] {
        let all = try server.read { try String.fetchAll($0, sql: "SELECT status FROM orders") }
        return all.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    @Test func onlyTheTotalCancels() throws {
        let talk = try Talk(shopper, "--plain")
        let total = try buy(Array(try skus().prefix(1)), talk)[0]
        talk.type("orders\n")
        for refusal in ["", "yes", "yes 0.01", "buy for \(total)", "cancel 1", "back"] {
            talk.forget()
            talk.type("cancel 1\n")
            try talk.wait(for: Self.question)
            #expect(talk.output.contains("1 × ") && talk.output.contains(total))
            talk.type(refusal + "\n")
            try talk.wait(for: "Not cancelled")
            // A word in the answer's place is followed.
            if refusal == "cancel 1" { talk.type("\n") }
        }
        #expect(try statuses() == ["awaiting_shipment": 1])
        talk.forget()
        talk.type("cancel 1\n")
        try talk.wait(for: Self.question)
        talk.type("yes \(total)\n")
        try talk.wait(for: ": cancelled.")
        talk.type("cancel 1\n")
        try talk.wait(for: "It is cancelled already.")
        _ = try talk.end()
        #expect(try statuses() == ["cancelled": 1])
    }

    /// The number is that of the list which was heard, whatever has been ordered since.
    @Test func aNumberStaysWithItsOrder() throws {
        let (first, second) = (try skus()[0], try skus()[1])
        let talk = try Talk(shopper, "--plain")
        let total = try buy([first], talk)[0]
        talk.type("orders\n")
        try talk.wait(for: "1. ")
        _ = try buy([second], talk)
        // The order itself is said after it was placed.
        try talk.wait(for: "(\(second))")
        talk.forget()
        talk.type("cancel 1\n")
        try talk.wait(for: Self.question)
        #expect(talk.output.contains("(\(first))") && !talk.output.contains("(\(second))"))
        talk.type("yes \(total)\n")
        try talk.wait(for: ": cancelled.")
        _ = try talk.end()
        #expect(try statuses() == ["awaiting_shipment": 1, "cancelled": 1])
    }

    @Test func whatIsOnItsWayIsNotCancelled() throws {
        let talk = try Talk(shopper, "--plain")
        _ = try buy(Array(try skus().prefix(1)), talk)
        talk.type("orders\n")
        try talk.wait(for: "1. ")
        try server.change("UPDATE orders SET status = 'in_transit'")
        talk.type("cancel 1\n")
        try talk.wait(for: "The shop no longer lets it be cancelled.")
        _ = try talk.end()
        #expect(try statuses() == ["in_transit": 1])
    }

    /// Numbers belong to lists, and are never sent to the shop as names.
    @Test func numbersWithoutAListFetchIt() async throws {
        let hosts = try shopper.run("hosts", "--json").decode(List<HostShape>.self).items
        let talk = try Talk(shopper, "--plain")
        talk.type("cancel 1\n")
        try talk.wait(for: "There is no order 1 in the list.")
        talk.type("follow 1\n")
        try talk.wait(for: "1. \(try #require(hosts.first).name), ")
        try talk.wait(for: "Following ")
        talk.type("follow 999\n")
        try talk.wait(for: "There is no host 999 in the list.")
        #expect(try server.count("follows") == 1)
        _ = try talk.end()
        let other = try Talk(shopper, "--plain")
        other.type("unfollow 1\n")
        try other.wait(for: "No longer following ")
        _ = try other.end()
        #expect(try server.count("follows") == 0)
    }

    @Test func aLongListIsReadByThePage() throws {
        let products = try shopper.run("products", "--json").decode(List<ProductShape>.self).items
        let count = products.flatMap(\.variants).count
        let talk = try Talk(shopper, "--plain")
        talk.type("products\n")
        try talk.wait(for: "20 of \(count). ‘more’ goes on.")
        #expect(!talk.output.contains("\n21. "))
        talk.type("more\n")
        try talk.wait(for: "\n40. ")
        _ = try talk.end()
    }
}
