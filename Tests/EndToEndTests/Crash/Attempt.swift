import FoundationEssentials
import GRDB
import Glibc
import ProgramTesting
import Testing

/// One shopper who buys one thing while something breaks, starts the program again, and wants to know.
final class Attempt {
    struct Broken: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    static let buying = ["buy", Scene.sku, "--max-total", "999.00", "--yes"]

    let scene: Scene
    let shopper: Shopper
    let account: String
    var log: String { shopper.home.path + "/trace" }

    /// Opens an account at the shop, so that all that follows is the purchase.
    init(_ scene: Scene) throws {
        self.scene = scene
        try scene.proxy.reset()
        shopper = try Shopper(server: scene.proxy.origin)
        _ = try shopper.run("buy", Scene.sku, "--max-total", "0.01", "--yes")
        let newest = try scene.server.read {
            try String.fetchOne($0, sql: "SELECT id FROM accounts ORDER BY created_at DESC LIMIT 1")
        }
        guard let newest else { throw Broken("no account was opened") }
        account = newest
    }

    // MARK: Buying

    /// Starts a program with its words in files of the home folder.
    func start(_ program: String = Binaries.vitrine, _ arguments: [String] = buying) throws -> Child {
        let nothing = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
        let words = Glibc.open(shopper.home.path + "/words", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { for file in [nothing, words] { close(file) } }
        return try Child(program, arguments, environment: shopper.environment, files: [nothing, words, words])
    }

    var words: String {
        let data = try? Data(contentsOf: URL(filePath: shopper.home.path + "/words"))
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    @discardableResult
    func buy(_ arguments: [String] = buying) throws -> Child.Ending {
        try start(Binaries.vitrine, arguments).wait(within: .seconds(60))
    }

    func run(under injections: [SystemCalls.Injection], _ arguments: [String] = buying) throws -> Trace {
        let child = try start(
            SystemCalls.strace, SystemCalls.arguments(log: log, injections) + [Binaries.vitrine] + arguments)
        try child.wait(within: .seconds(60))
        return try Trace(path: log)
    }

    // MARK: Afterwards

    /// Turns the shopper's clock on, as far as this purchase knows of it.
    func age(days: Int) throws {
        let queue = try DatabaseQueue(path: shopper.database)
        try queue.write { db in
            let guardian = "order_intents_stay_the_same"
            let sql = try String.fetchOne(
                db, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [guardian])
            try db.execute(sql: "DROP TRIGGER \(guardian)")
            let time = days * 86_400_000
            try db.execute(
                sql: "UPDATE order_intents SET created_at = created_at - ?, quote_expires_at = quote_expires_at - ?",
                arguments: [time, time])
            if let sql { try db.execute(sql: sql) }
        }
        try queue.close()
    }

    func books() throws -> Books { try Books(shopper: shopper, account: account, server: scene.server) }

    /// Both books, with all that must hold at every moment.
    @discardableResult
    func look() throws -> Books {
        let books = try books()
        let broken = try books.broken + scene.broken
        guard broken.isEmpty else { throw Broken(broken.joined(separator: "; ")) }
        return books
    }

    /// Waits for what the server is still at work on.
    func look(untilOrders count: Int) throws -> Books {
        let end = ContinuousClock.now + .seconds(10)
        while true {
            let books = try look()
            if books.orders.count >= count || ContinuousClock.now > end { return books }
            usleep(5000)
        }
    }

    /// Starts the program again with the network as it should be, until it says what became of everything.
    /// - Throws: when that takes longer than ten seconds, or is not what the server says.
    @discardableResult
    func settle() throws -> Books {
        try scene.proxy.mend()
        let end = ContinuousClock.now + .seconds(10)
        while true {
            let outcome = try shopper.run("orders", "--json")
            let books = try look()
            if outcome.status == 0, books.open.isEmpty {
                let shown = try outcome.decode(List<OrderShape>.self).items
                try compare(shown, with: books)
                return books
            }
            guard ContinuousClock.now < end else {
                throw Broken("not known within 10 s: \(outcome.complaint)\(outcome.output)")
            }
            usleep(100_000)
        }
    }

    private func compare(_ shown: [OrderShape], with books: Books) throws {
        let seen = shown.map { Books.Order(id: $0.id, key: $0.key, status: $0.status, total: $0.total.amount) }
        guard seen.sorted(by: { $0.id < $1.id }) == books.orders else {
            throw Broken("shown \(seen), true \(books.orders)")
        }
        guard books.kept.sorted() == books.orders.map(\.id) else { throw Broken("kept \(books.kept)") }
    }
}

/// What a row of the matrix promises.
enum Promise {
    /// Nothing is written down, and nothing bought.
    case nothing
    /// The purchase is written down whole or not at all, and not bought yet.
    case wholeOrAbsent
    /// It is written down and not bought; the next start buys it.
    case zeroThenOne
    /// It has been sent: bought at last, once.
    case oneAtLast
    /// Sent and lost, and too late to be sent again.
    case absent
    /// Bought before the next start, and shown as that.
    case one
    /// Not bought, and said so.
    case refused

    /// Looks at both books, starts the program again and looks once more.
    /// - Returns: what happened, in a few words.
    func check(_ attempt: Attempt) throws -> String {
        let before = try self == .one ? attempt.look(untilOrders: 1) : attempt.look()
        let (open, bought) = (before.open.count, before.orders.count)
        switch self {
        case .nothing: try expect(before.intents.isEmpty && bought == 0, "\(before)")
        case .wholeOrAbsent: try expect(before.intents.count == open && bought == 0, "\(before)")
        case .zeroThenOne, .absent: try expect(open == 1 && bought == 0, "\(before)")
        case .oneAtLast: try expect(before.intents.count == 1, "\(before)")
        case .one: try expect(bought == 1, "\(before)")
        case .refused: try expect(open == 0 && bought == 0, "\(before)")
        }
        let after = try attempt.settle()
        let expected =
            switch self {
            case .nothing, .refused, .absent: 0
            case .wholeOrAbsent: before.intents.count
            case .zeroThenOne, .oneAtLast, .one: 1
            }
        try expect(after.orders.count == expected, "\(after.orders.count) orders, not \(expected)")
        switch self {
        case .nothing: return "nothing exists"
        case .refused, .absent: return "not bought"
        default: return expected == 0 ? "row absent, 0 orders" : "\(bought == 0 ? "0, then " : "")1 order"
        }
    }

    private func expect(_ isMet: Bool, _ words: @autoclosure () -> String) throws {
        guard isMet else { throw Attempt.Broken(words()) }
    }
}
