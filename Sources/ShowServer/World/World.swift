import Domain
import GRDB
import Synchronization

/// The demo world: what is on, and what happens there. Everything comes from the seed and the clock.
final class World: Sendable {
    let floor: ShowFloor
    let mode: ServerConfiguration.World
    let seed: UInt64
    let cast = Cast.demo
    let flood: Flood
    private let fulfilment: Fulfilment
    private let state = Mutex(State())

    private struct State {
        var players: [ShowID: ShowPlayer] = [:]
        /// When the next show begins or ends, or a day is to be planned; nothing on the schedule changes before.
        var nextChange = Timestamp.distantPast
        var nextUpkeep = Timestamp.distantPast
    }

    static let fewestLive = 3
    private static let days: ClosedRange<Int64> = -7...7

    init(
        floor: ShowFloor, mode: ServerConfiguration.World, seed: UInt64, chatRate: Int,
        fulfilment: Fulfilment = Fulfilment(day: ServerConfiguration.usualOrderDay)
    ) {
        self.fulfilment = fulfilment
        self.floor = floor
        self.mode = mode
        self.seed = seed
        flood = Flood(seed: seed, rate: chatRate)
    }

    /// Seeds a fresh database and brings the shows up to now.
    func begin() throws {
        try floor.writeNow { turn in
            let isFresh = try Seeding.isNeeded(turn.db)
            if isFresh { try Seeding.seedShop(turn, cast, seed: seed) }
            if try Reviews.areMissing(turn.db) { try Reviews.seed(turn, cast, seed: seed) }
            if mode == .demo || isFresh { try updateSchedule(&turn) }
            if mode != .demo, isFresh { try settle(&turn) }
            if mode == .flood { try beginFlood(&turn) }
        }
    }

    /// Tells what has happened since the last call.
    func advance() async throws {
        do {
            switch mode {
            case .quiet: try await floor.write { try self.end(&$0) }
            case .flood:
                try await floor.write {
                    try self.flood.play(&$0, to: $0.now)
                    try self.end(&$0)
                }
            case .demo:
                try await floor.write {
                    try self.play(&$0)
                    try self.end(&$0)
                }
            }
        } catch {
            // What was to be has not been written; the schedule is looked at anew.
            state.withLock { $0 = State() }
            throw error
        }
    }

    private func play(_ turn: inout Turn) throws {
        if turn.now >= state.withLock({ $0.nextChange }) { try updateSchedule(&turn) }
        for id in turn.shows.keys.sorted() { try play(id, &turn, to: turn.now) }
        try fulfilment.advance(turn)
    }

    /// Ends what is over in any kind of world: orders that nobody has paid, and what is kept no longer.
    private func end(_ turn: inout Turn) throws {
        try CheckoutTime.end(&turn)
        guard turn.now >= state.withLock({ $0.nextUpkeep }) else { return }
        try Upkeep().run(turn)
        let next = turn.now + Upkeep.pause
        state.withLock { $0.nextUpkeep = next }
    }

    // MARK: The schedule

    /// Announces, begins and ends shows.
    private func updateSchedule(_ turn: inout Turn) throws {
        let now = turn.now
        try announce(turn)
        try closeMissed(turn)
        // What is on already is played first, so that it has ended before others take its place.
        for id in turn.shows.keys.sorted() { try playAndEnd(id, &turn) }
        let due = try Row.fetchAll(
            turn.db, sql: "SELECT * FROM shows WHERE state = 'scheduled' AND starts_at <= ? ORDER BY starts_at, id",
            arguments: [now.milliseconds])
        for row in due { try beginShow(row, &turn) }
        let isFirstEver = try Int.fetchOne(turn.db, sql: "SELECT value FROM meta WHERE key = 'popups'") == 0
        while onAirCount(turn) < Self.fewestLive { try beginPopUp(&turn, isFirstEver: isFirstEver) }
        try forgetOld(turn)
        let nextChange = try nextChange(turn)
        state.withLock { $0.nextChange = nextChange }
    }

    private func announce(_ turn: Turn) throws {
        let today = turn.now.milliseconds / ShowPlan.dayMilliseconds
        for day in Self.days {
            for plan in ShowPlan.planned(day: today + day, cast, seed: seed) { try plan.insert(turn.db, now: turn.now) }
        }
    }

    private func beginShow(_ row: Row, _ turn: inout Turn) throws {
        let show = try ShowRecords.live(turn.db, row)
        turn.add(show)
        for product in show.lineUp.keys.sorted() { try Warehouse.restock(turn.db, product) }
        try turn.change(show.id) { try $0.append(.state(.live), at: show.startsAt, to: $1) }
        try playAndEnd(show.id, &turn)
    }

    private func beginPopUp(_ turn: inout Turn, isFirstEver: Bool) throws {
        let number = (try Int.fetchOne(turn.db, sql: "SELECT value FROM meta WHERE key = 'popups'") ?? 0) + 1
        try turn.db.execute(sql: "UPDATE meta SET value = ? WHERE key = 'popups'", arguments: [String(number)])
        // The first ones began a while ago, and not together, so that they do not end together either.
        let start = isFirstEver ? turn.now - .seconds(200 + 260 * (number % 5)) : turn.now
        let plan = ShowPlan.popUp(
            number: number, cast, seed: seed, busy: try busyHosts(turn), startsAt: start, minutes: 35...60)
        try plan.insert(turn.db, now: turn.now)
        guard let row = try ShowRecords.row(turn.db, plan.id) else { return }
        try beginShow(row, &turn)
    }

    /// Hosts who are on air, or will be before a show that begins now has ended.
    private func busyHosts(_ turn: Turn) throws -> Set<String> {
        try Set(
            String.fetchAll(
                turn.db,
                sql: """
                    SELECT show_hosts.host FROM show_hosts JOIN shows ON shows.number = show_hosts.show
                    WHERE shows.state = 'scheduled' AND shows.starts_at BETWEEN ? AND ?
                    """, arguments: [turn.now.milliseconds, turn.now.milliseconds + 75 * 60_000])
        )
        .union(turn.shows.keys.flatMap { id in try hosts(turn.db, id).map(\.id) })
    }

    private func onAirCount(_ turn: Turn) -> Int {
        turn.shows.keys.count { $0 != Flood.show }
    }

    private func playAndEnd(_ id: ShowID, _ turn: inout Turn) throws {
        guard let show = turn.shows[id], id != Flood.show else { return }
        try play(id, &turn, to: min(turn.now, show.endsAt))
        if show.endsAt <= turn.now { try end(id, &turn) }
    }

    func end(_ id: ShowID, _ turn: inout Turn) throws {
        try turn.change(id) { show, db in
            try show.append(.state(.ended), at: show.endsAt, to: db)
            try show.close(db)
        }
        try turn.retire(id)
        state.withLock { $0.players[id] = nil }
    }

    private func nextChange(_ turn: Turn) throws -> Timestamp {
        let nextStart =
            try Int64.fetchOne(
                turn.db, sql: "SELECT min(starts_at) FROM shows WHERE state = 'scheduled'") ?? .max
        let nextEnd = turn.shows.values.map(\.endsAt.milliseconds).min() ?? .max
        let tomorrow = (turn.now.milliseconds / ShowPlan.dayMilliseconds + 1) * ShowPlan.dayMilliseconds
        return Timestamp(milliseconds: min(nextStart, nextEnd, tomorrow))
    }

    // MARK: Playing

    private func play(_ id: ShowID, _ turn: inout Turn, to end: Timestamp) throws {
        guard let show = turn.shows[id], show.snapshot.state == .live, id != Flood.show else { return }
        try player(show, turn.db).play(&turn, to: min(end, show.endsAt))
    }

    func player(_ show: LiveShow, _ db: Database) throws -> ShowPlayer {
        if let player = state.withLock({ $0.players[show.id] }) { return player }
        let products = try String.fetchAll(
            db, sql: "SELECT product FROM line_ups WHERE show = ? ORDER BY position", arguments: [show.number])
        let player = ShowPlayer(
            seed: seed, show, hosts: try hosts(db, show.id), products: products.map { ProductID($0) }, cast: cast)
        state.withLock { $0.players[show.id] = player }
        return player
    }

    private func hosts(_ db: Database, _ id: ShowID) throws -> [HostSeed] {
        guard let row = try ShowRecords.row(db, id) else { return [] }
        return try ShowRecords.hosts(db, show: try row.value("number")).compactMap { cast.host($0.id) }
    }
}
