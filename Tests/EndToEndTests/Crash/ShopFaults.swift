import FoundationEssentials
import GRDB
import Glibc
import ProgramTesting
import Testing
import WooStandIn

/// A purchase at a shop that knows no keys, WooCommerce's stand-in in both versions: what its checkout and the line to it
/// do, and a kill at each system call around the checkout.
///
/// Nothing is bought twice or above the total, and nothing is said to be refused that the shop has an order of. Where the
/// shop does not tell, it stays "perhaps bought".
struct ShopFaults {
    let matrix: CrashMatrix
    let isWhole: Bool

    init(_ matrix: CrashMatrix, isWhole: Bool) { (self.matrix, self.isWhole) = (matrix, isWhole) }

    private static let most = 10_000
    private static let buying = ["buy", "31", "--max-total", "100.00", "--payment", "cod", "--yes"]
    private static let no = #"{"code":"a_rule","message":"Not here.","data":{"status":400}}"#

    private static let faults: [(name: String, point: CrashPoint, fault: StandInShop.Fault, orders: Int)] = [
        ("request lost", .k4, .loseRequest, 0), ("reply lost", .k6, .loseReply, 1),
        ("checkout dies after the order", .k6, .die, 1),
        ("checkout breaks off, 500", .k6, .breakOff(500, "{}"), 1),
        ("a gateway's 502 for the reply", .k7, .replaceReply(502, "<html>bad gateway</html>"), 1),
        ("a 401 on the way for the reply", .k7, .replaceReply(401, "{}"), 1),
        ("a rule's no after the draft", .k6, .refuseAfterDraft(400, no), 0),
    ]

    func run() throws {
        for isOld in [true, false] {
            let version = isOld ? "old WooCommerce" : "new WooCommerce"
            for (number, each) in Self.faults.enumerated() where isWhole || number % 3 == 1 {
                for isKilled in [false, true] {
                    matrix.run(each.point, "\(version): \(each.name)" + (isKilled ? "; then KILL" : "")) {
                        try strike(Visit(isOld: isOld), each.fault, orders: each.orders, isKilled: isKilled)
                    }
                }
            }
            if SystemCalls.hindrance == nil { try killedAtCalls(isOld, version) }
        }
    }

    private func strike(
        _ visit: Visit, _ fault: StandInShop.Fault, orders: Int, isKilled: Bool
    ) throws -> String {
        visit.place.shop.arm(fault, at: "POST /checkout")
        let child = try visit.start(Self.buying)
        if isKilled {
            try visit.waitForCheckout()
            child.signal(SIGKILL)
            try child.wait()
        } else {
            try child.wait(within: .seconds(60))
        }
        guard visit.place.shop.log.contains("POST /checkout") else { throw Attempt.Broken("the fault has not struck") }
        return try visit.check(orders: orders, most: Self.most)
    }

    /// Files, sockets and what is written to them, from the last look at the basket on.
    private static let names: Set = ["connect", "sendto", "recvfrom", "pwrite64", "fdatasync"]

    private func killedAtCalls(_ isOld: Bool, _ version: String) throws {
        let model = try Visit(isOld: isOld)
        let clean = try model.run(under: [], Self.buying)
        guard let intent = clean.calls.firstIndex(where: { $0.name == "fdatasync" && $0.touches("vitrine.sqlite-wal") })
        else { throw Attempt.Broken("the trace is no purchase: \(model.words)") }
        _ = try model.check(orders: 1, most: Self.most)
        let calls = clean.calls.indices.filter { index in
            let call = clean.calls[index]
            return index >= intent && Self.names.contains(call.name) && clean.struck(call.name, call.ordinal) == index
        }.map { clean.calls[$0] }
        var strikes = 0
        for (number, call) in calls.enumerated() where isWhole || number % 16 == 7 {
            matrix.run(.k6, "\(version): KILL at a system call", "\(call.name) \(call.ordinal)") {
                let visit = try Visit(isOld: isOld)
                let kill = SystemCalls.Injection(name: call.name, ordinal: call.ordinal, kind: .signal("KILL"))
                let trace = try visit.run(under: [kill], Self.buying)
                if trace.struck(call.name, call.ordinal) != nil { strikes += 1 }
                return try visit.check(orders: nil, most: Self.most)
            }
        }
        guard strikes > 0 else { throw Attempt.Broken("no kill has struck") }
    }
}

/// One shopper at a shop of their own.
private final class Visit {
    let place: WooShop
    let shopper: Shopper

    init(isOld: Bool) throws {
        place = try WooShop(StandInShop.Rules(isOld: isOld))
        shopper = try place.shopper()
        _ = try shopper.tellAddress()
    }

    private var log: String { shopper.home.path + "/trace" }

    var words: String {
        let data = try? Data(contentsOf: URL(filePath: shopper.home.path + "/words"))
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    func start(_ arguments: [String], _ program: String = Binaries.vitrine) throws -> Child {
        let nothing = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
        let words = Glibc.open(shopper.home.path + "/words", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { for file in [nothing, words] { close(file) } }
        return try Child(program, arguments, environment: shopper.environment, files: [nothing, words, words])
    }

    func run(under injections: [SystemCalls.Injection], _ arguments: [String]) throws -> Trace {
        let strace = SystemCalls.arguments(log: log, injections) + [Binaries.vitrine] + arguments
        try start(strace, SystemCalls.strace).wait(within: .seconds(60))
        return try Trace(path: log)
    }

    func waitForCheckout() throws {
        let end = ContinuousClock.now + .seconds(20)
        while !place.shop.log.contains("POST /checkout") {
            guard ContinuousClock.now < end else { throw Attempt.Broken("nothing was bought: \(words)") }
            usleep(1000)
        }
    }

    /// Starts the program again, lets it ask, and tries to buy the same once more as somebody would who is not sure.
    /// - Parameter orders: what the shop has to have; nil where that depends on the moment.
    func check(orders: Int?, most: Int) throws -> String {
        try look(orders, most)
        let before = place.shop.orders.count
        let listed = try shopper.run("orders", "--json")
        let states = try look(orders, most)
        // What may have been bought is not bought again without being asked for.
        if states.contains(where: { ["sent", "unknown", "committed"].contains($0) }) {
            let again = try shopper.run("buy", "31", "--max-total", "100.00", "--payment", "cod", "--yes")
            guard again.status != 0 else { throw Attempt.Broken("bought again: \(again)") }
        }
        try look(orders, most)
        let count = place.shop.orders.count
        guard count <= max(before, 1) else { throw Attempt.Broken("\(count) orders: \(listed)") }
        return
            "\(count) order\(count == 1 ? "" : "s"), \(states.isEmpty ? "nothing written" : states.joined(separator: " "))"
    }

    /// Both books.
    /// - Returns: how far each purchase is.
    @discardableResult
    private func look(_ orders: Int?, _ most: Int) throws -> [String] {
        let bought = place.shop.orders
        if let orders, bought.count != orders { throw Attempt.Broken("\(bought.count) orders, not \(orders)") }
        guard bought.count <= 1 else { throw Attempt.Broken("bought twice") }
        guard bought.allSatisfy({ $0.total <= most }) else { throw Attempt.Broken("charged above what was agreed") }
        let queue = try DatabaseQueue(path: shopper.database)
        defer { try? queue.close() }
        let rows = try queue.read { try Row.fetchAll($0, sql: "SELECT state, maximum FROM order_intents") }
        let states: [String] = rows.map { $0[0] }
        guard bought.isEmpty || rows.contains(where: { $0[1] as Int >= bought[0].total }) else {
            throw Attempt.Broken("an order that is written down nowhere, or dearer than agreed: \(rows)")
        }
        if !bought.isEmpty, states == ["refused"] { throw Attempt.Broken("said not to be bought, and bought") }
        if bought.isEmpty, states.contains("placed") { throw Attempt.Broken("said to be bought, and not bought") }
        return states
    }
}
