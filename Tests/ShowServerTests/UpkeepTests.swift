import DemoWorld
import Domain
import FoundationEssentials
import GRDB
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

/// What strangers make is kept within bounds, by age and by number, in every kind of world.
@Suite(.timeLimit(.minutes(2))) struct UpkeepTests {
    private let clock = ManualClock(Shop.start)

    private func floor() throws -> ShowFloor { try ShowFloor(pool: try Store.inMemory(), clock: clock.clock) }

    private func count(_ floor: ShowFloor, _ table: String) async throws -> Int {
        try await floor.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    private func small() -> Upkeep {
        var upkeep = Upkeep()
        upkeep.quotes.count = 3
        upkeep.oldQuotes = 10
        upkeep.keys.count = 4
        upkeep.messages.count = 5
        upkeep.codes.count = 6
        upkeep.families.count = 2
        upkeep.guests.count = 7
        upkeep.accounts.count = 3
        upkeep.events.count = 1000
        return upkeep
    }

    private static func quote(_ turn: Turn, _ id: String, of account: String, ends: Timestamp) throws {
        try turn.db.change(
            "INSERT INTO quotes (id, account, request, expires_at) VALUES (?, ?, '', ?)",
            [id, account, ends.milliseconds])
    }

    @Test func quotesHaveABoundByAccountAndInAll() async throws {
        let floor = try floor()
        let upkeep = small()
        let live = try await floor.write { turn -> String in
            for guest in 0..<6 {
                let account = try Accounts.openGuest(turn.db, now: turn.now).account
                for number in 0..<5 {
                    try Self.quote(
                        turn, "q\(guest)-\(number)", of: account, ends: turn.now - .seconds(Int64(60 * (number + 1))))
                }
            }
            let account = try Accounts.openGuest(turn.db, now: turn.now).account
            try Self.quote(turn, "live", of: account, ends: turn.now + .seconds(300))
            try upkeep.run(turn)
            return account
        }
        #expect(try await count(floor, "quotes") == 11)
        #expect(try await floor.pool.read { try QuoteDesk.isKept($0, "live", of: live) })
        clock.advance(by: .seconds(4 * 86_400))
        try await floor.write { try upkeep.run($0) }
        #expect(try await count(floor, "quotes") == 0)
    }

    @Test func answersToOrdersHaveABound() async throws {
        let floor = try floor()
        let upkeep = small()
        try await floor.write { turn in
            let account = try Accounts.openGuest(turn.db, now: turn.now).account
            for number in 0..<9 {
                try turn.db.change(
                    "INSERT INTO idempotency_keys (account, key, body_hash, status, answer, created_at) VALUES (?, ?, '', 409, '', ?)",
                    [account, "k\(number)", turn.now.milliseconds + Int64(number)])
            }
            try upkeep.run(turn)
        }
        let keys = try await floor.pool.read {
            try String.fetchAll($0, sql: "SELECT key FROM idempotency_keys ORDER BY key")
        }
        #expect(keys == ["k5", "k6", "k7", "k8"])
        clock.advance(by: .seconds(73 * 3600))
        try await floor.write { try upkeep.run($0) }
        #expect(try await count(floor, "idempotency_keys") == 0)
    }

    @Test func messagesAndCodesHaveABound() async throws {
        let floor = try floor()
        let upkeep = small()
        try await floor.write { turn in
            let account = try Accounts.openGuest(turn.db, now: turn.now).account
            for number in 0..<20 {
                try turn.db.change(
                    "INSERT INTO chat_messages (id, account, show, text, at) VALUES (?, ?, 's', '', ?)",
                    ["m\(number)", account, turn.now.milliseconds + Int64(number)])
                _ = try DeviceCodes.begin(turn.db, client: "vitrine", now: turn.now)
            }
            try upkeep.run(turn)
        }
        #expect(try await count(floor, "chat_messages") == 5)
        #expect(try await count(floor, "device_codes") == 6)
        clock.advance(by: .seconds(9 * 86_400))
        try await floor.write { try upkeep.run($0) }
        #expect(try await count(floor, "chat_messages") == 0)
        #expect(try await count(floor, "device_codes") == 0)
    }

    @Test func signInsHaveABound() async throws {
        let floor = try floor()
        let upkeep = small()
        let renewed = try await floor.write { turn -> String in
            let account = try SignIns.account(turn.db, named: "Ana", now: turn.now).id
            var first = ""
            for number in 0..<5 {
                let family = try SignIns.beginFamily(turn.db, of: account, client: "vitrine", now: turn.now)
                if number == 0 { first = family }
                _ = try SignIns.first(turn.db, family: family, code: "c\(number)", now: turn.now)
            }
            // The oldest of them is in use.
            _ = try SignIns.issue(turn.db, family: first, parent: 1, now: turn.now + .seconds(60))
            try upkeep.run(turn)
            return first
        }
        #expect(try await count(floor, "token_families") == 2)
        let kept = try await floor.pool.read { try String.fetchAll($0, sql: "SELECT id FROM token_families") }
        #expect(kept.contains(renewed))
        #expect(
            try await floor.pool.read { try Int.fetchOne($0, sql: "SELECT count(DISTINCT family) FROM tokens") } == 2)
        clock.advance(by: .seconds(91 * 86_400))
        try await floor.write { try upkeep.run($0) }
        #expect(try await count(floor, "token_families") == 0)
        #expect(try await count(floor, "tokens") == 0)
    }

    @Test func accountsThatHaveNothingHaveABound() async throws {
        let floor = try floor()
        let upkeep = small()
        let buyer = try await floor.write { turn -> String in
            let account = try Accounts.openGuest(turn.db, now: turn.now).account
            try turn.db.execute(
                sql: """
                    INSERT INTO orders (id, account, key, status, total, exponent, currency, placed_at, payment_method)
                    VALUES ('o', ?, 'k', 'completed', 1, 2, 'CHF', 0, 'pm-card')
                    """, arguments: [account])
            return account
        }
        clock.advance(by: .seconds(1))
        try await floor.write { turn in
            for _ in 0..<20 { _ = try Accounts.openGuest(turn.db, now: turn.now) }
            for name in ["Ana", "Bo", "Cy", "Di", "Ed"] { _ = try SignIns.account(turn.db, named: name, now: turn.now) }
            try upkeep.run(turn)
        }
        // Who came just now may be about to buy.
        #expect(try await count(floor, "accounts") == 26)
        clock.advance(by: .seconds(3600))
        try await floor.write { turn in
            for _ in 0..<8 { _ = try Accounts.openGuest(turn.db, now: turn.now) }
            try upkeep.run(turn)
        }
        #expect(try await count(floor, "accounts WHERE handle IS NULL") == 9)
        clock.advance(by: .seconds(91 * 86_400))
        try await floor.write { try upkeep.run($0) }
        let left = try await floor.pool.read { try String.fetchAll($0, sql: "SELECT id FROM accounts") }
        #expect(left == [buyer])
    }

    /// A show that does not end forgets its first segments, and what is left is still whole.
    @Test func aTimelineWithoutEndHasABound() async throws {
        try await Shop.open(.flood) { shop in
            for _ in 0..<4 {
                try await shop.burst(1000)
                shop.clock.advance(by: .seconds(1))
            }
            let upkeep = small()
            try await shop.onFloor { try upkeep.run($0) }
            let head = try await shop.head("flood")
            #expect(try await shop.send(.get, Route.segment("flood", 0).path).status == 404)
            #expect(try await shop.send(.get, Route.segment("flood", head.open.number - 1).path).status == 200)
            let (events, first) = try await shop.onFloor { turn in
                (
                    try Int.fetchOne(
                        turn.db, sql: "SELECT count(*) FROM events JOIN shows ON number = show WHERE id = 'flood'")
                        ?? 0,
                    try Int.fetchOne(
                        turn.db, sql: "SELECT min(sequence) FROM events JOIN shows ON number = show WHERE id = 'flood'")
                )
            }
            #expect((1000...2000).contains(events))
            let start = try await shop.onFloor {
                try Int.fetchOne(
                    $0.db,
                    sql: "SELECT min(first_sequence) FROM segments JOIN shows ON shows.number = show WHERE id = 'flood'"
                )
            }
            #expect(first == start)
        }
    }

    // MARK: In every kind of world

    @Test(arguments: [DemoConfiguration.Mode.demo, .quiet, .flood])
    func anOrderThatNobodyPaysEnds(_ mode: DemoConfiguration.Mode) async throws {
        try await Shop.open(mode) { shop in
            let token = try await shop.guest()
            let product = try #require(try await shop.liveShow().lineUp.first)
            let sku = try #require(product.variants.first { $0.stock ?? 0 > 1 }?.sku)
            let order: Order = try await shop.order(
                try await shop.quote(sku, token: token), payment: "pm-hosted", key: "k", token: token
            ).value(201)
            #expect(order.status == .unpaid)
            shop.clock.advance(by: .seconds(30 * 60))
            try await shop.server.advance()
            let after: Order = try await shop.get(.order(order.id), token: token)
            #expect(after.status == .cancelled && after.checkoutURL == nil)
        }
    }

    @Test(arguments: [DemoConfiguration.Mode.demo, .quiet, .flood])
    func whatIsOverIsForgotten(_ mode: DemoConfiguration.Mode) async throws {
        try await Shop.open(mode) { shop in
            let token = try await shop.guest()
            let product = try #require(try await shop.liveShow().lineUp.first)
            _ = try await shop.quote(try #require(product.variants.first?.sku), token: token)
            _ = try await shop.begin()
            shop.clock.advance(by: .seconds(31 * 86_400))
            // Guests go once what is theirs has gone.
            for _ in 0..<2 {
                try await shop.server.advance()
                shop.clock.advance(by: .seconds(60))
            }
            let left = try await shop.onFloor { turn in
                try ["quotes", "device_codes", "accounts"].map {
                    try Int.fetchOne(turn.db, sql: "SELECT count(*) FROM \($0)") ?? -1
                }
            }
            #expect(left == [0, 0, 0])
        }
    }
}

extension Shop {
    /// Reads or changes the database behind the server's back.
    func onFloor<Value: Sendable>(_ work: @escaping @Sendable (Turn) throws -> Value) async throws -> Value {
        try await server.floor.write { try work($0) }
    }

    func rename(_ name: String, to other: String) async throws {
        try await onFloor { try $0.db.change("UPDATE accounts SET name = ? WHERE name = ?", [other, name]) }
    }
}

extension QuoteDesk {
    fileprivate static func isKept(_ db: Database, _ id: String, of account: String) throws -> Bool {
        try db.row("SELECT 1 FROM quotes WHERE id = ? AND account = ?", [id, account]) != nil
    }
}
