import Domain
import ShowServer
import Synchronization

/// The demo world: what is on, and what happens there. Everything comes from the seed and the clock. It runs its shows as
/// any host does, by the operations of the studio.
package final class World: ShowRunner {
    let mode: DemoConfiguration.Mode
    let cast = Cast.demo
    let flood: Flood
    private let askedSeed: UInt64?
    private let fulfilment: Fulfilment
    private let state = Mutex(State())

    private struct State {
        var seed: UInt64 = 1
        var players: [ShowID: ShowPlayer] = [:]
        /// Time at which the next show begins or ends, or a day is to be planned; nothing on the schedule changes before.
        var nextChange = Timestamp.distantPast
    }

    static let fewestLive = 3
    private static let days: ClosedRange<Int64> = -7...7

    package init(_ configuration: DemoConfiguration) {
        mode = configuration.mode
        askedSeed = configuration.seed
        fulfilment = Fulfilment(day: configuration.orderDay)
        flood = Flood(rate: configuration.chatRate)
    }

    var seed: UInt64 { state.withLock { $0.seed } }

    package var pace: Duration {
        switch mode {
        case .demo: .milliseconds(500)
        case .quiet: .seconds(5)
        case .flood: .milliseconds(100)
        }
    }

    /// Fills a fresh database and brings the shows up to now.
    package func begin(_ studio: inout Studio) throws {
        let seed = try keptSeed(studio)
        state.withLock { $0 = State(seed: seed) }
        let seeding = Seeding(cast: cast, seed: seed)
        let isFresh = try !studio.hasHosts
        if isFresh {
            try studio.keep(note: "seed", String(seed))
            try studio.keep(note: "popups", "0")
            try seeding.makeShop(studio)
        }
        // A database from before there were reviews has none.
        if try !studio.hasReviews { try seeding.writeReviews(studio) }
        if mode == .demo || isFresh { try updateSchedule(&studio) }
        if mode != .demo, isFresh { try settle(&studio) }
        if mode == .flood { try beginFlood(&studio) }
    }

    /// The seed that the world goes on with; a new one is made from what is asked for.
    /// - Throws: `ServerFailure` where the database was made from another, or is no demo's.
    private func keptSeed(_ studio: Studio) throws -> UInt64 {
        guard let kept = try studio.note("seed").flatMap({ UInt64($0) }) else {
            guard try !studio.hasHosts else {
                throw ServerFailure("this database is no demo's: leave --world out, or name another file with --db")
            }
            return askedSeed ?? 1
        }
        guard askedSeed ?? kept == kept else {
            throw ServerFailure(
                "this world was made from the seed \(kept): leave --seed out, or begin a new one with --fresh")
        }
        return kept
    }

    /// Tells what has happened since the last call.
    package func advance(_ studio: inout Studio) throws {
        switch mode {
        case .quiet: break
        case .flood: try flood.play(&studio, seed: seed)
        case .demo:
            if studio.now >= state.withLock({ $0.nextChange }) { try updateSchedule(&studio) }
            for id in studio.showsOnAir { try play(id, &studio, to: studio.now) }
            try fulfilment.advance(studio)
        }
    }

    /// Looks at the schedule anew, since what was to be has not been written.
    package func forgetLastTurn() {
        state.withLock { state in
            state.players = [:]
            state.nextChange = .distantPast
        }
    }

    // MARK: The schedule

    /// Announces, begins and ends shows.
    private func updateSchedule(_ studio: inout Studio) throws {
        try announce(studio)
        try studio.endMissed()
        // What is on already is played first, so that it has ended before others take its place.
        for id in studio.showsOnAir { try playAndEnd(id, &studio) }
        for id in try studio.scheduled(startingBy: studio.now) { try begin(id, &studio) }
        let isFirstEver = try popUpCount(studio) == 0
        while onAirCount(studio) < Self.fewestLive { try beginPopUp(&studio, isFirstEver: isFirstEver) }
        try forgetOld(studio)
        let nextChange = try nextChange(studio)
        state.withLock { $0.nextChange = nextChange }
    }

    private func announce(_ studio: Studio) throws {
        let today = studio.now.milliseconds / ShowPlan.dayMilliseconds
        for day in Self.days {
            for plan in ShowPlan.planned(day: today + day, cast, seed: seed) { try studio.schedule(plan.draft) }
        }
    }

    private func begin(_ id: ShowID, _ studio: inout Studio) throws {
        try studio.open(id)
        guard let show = studio.show(id) else { return }
        for product in try studio.lineUp(of: id).sorted() { try studio.restock(product) }
        try studio.goLive(id, at: show.startsAt)
        try playAndEnd(id, &studio)
    }

    private func popUpCount(_ studio: Studio) throws -> Int { try studio.note("popups").flatMap { Int($0) } ?? 0 }

    private func beginPopUp(_ studio: inout Studio, isFirstEver: Bool) throws {
        let number = try popUpCount(studio) + 1
        try studio.keep(note: "popups", String(number))
        // The first ones began a while ago, and not together, so that they do not end together either.
        let start = isFirstEver ? studio.now - .seconds(200 + 260 * (number % 5)) : studio.now
        let plan = ShowPlan.popUp(
            number: number, cast, seed: seed, busy: try busyHosts(studio), startsAt: start, minutes: 35...60)
        try studio.schedule(plan.draft)
        try begin(plan.id, &studio)
    }

    /// Hosts who are on air, or will be before a show that begins now has ended.
    private func busyHosts(_ studio: Studio) throws -> Set<String> {
        let soon = try studio.hosts(scheduledFrom: studio.now, to: studio.now + .seconds(75 * 60))
        let busy = try studio.showsOnAir.reduce(into: soon) { busy, show in
            busy.formUnion(try studio.hosts(of: show).map(\.id))
        }
        return Set(busy.map(\.rawValue))
    }

    private func onAirCount(_ studio: Studio) -> Int { studio.showsOnAir.count { $0 != Flood.show } }

    private func playAndEnd(_ id: ShowID, _ studio: inout Studio) throws {
        guard let show = studio.show(id), id != Flood.show else { return }
        try play(id, &studio, to: min(studio.now, show.endsAt))
        if show.endsAt <= studio.now { try end(id, &studio) }
    }

    func end(_ id: ShowID, _ studio: inout Studio) throws {
        guard let show = studio.show(id) else { return }
        try studio.end(id, at: show.endsAt)
        state.withLock { $0.players[id] = nil }
    }

    private func nextChange(_ studio: Studio) throws -> Timestamp {
        let nextEnd = studio.showsOnAir.compactMap { studio.show($0)?.endsAt }.min() ?? .distantFuture
        let tomorrow = (studio.now.milliseconds / ShowPlan.dayMilliseconds + 1) * ShowPlan.dayMilliseconds
        return min(try studio.nextStart ?? .distantFuture, nextEnd, Timestamp(milliseconds: tomorrow))
    }

    // MARK: Playing

    private func play(_ id: ShowID, _ studio: inout Studio, to end: Timestamp) throws {
        guard let show = studio.show(id), show.snapshot.state == .live, id != Flood.show else { return }
        try player(show, studio).play(&studio, to: min(end, show.endsAt))
    }

    func player(_ show: ShowOnAir, _ studio: Studio) throws -> ShowPlayer {
        if let player = state.withLock({ $0.players[show.id] }) { return player }
        let hosts = try studio.hosts(of: show.id).compactMap { cast.host($0.id) }
        let products = try studio.lineUp(of: show.id)
        let player = ShowPlayer(seed: seed, show, hosts: hosts, products: products, cast: cast)
        state.withLock { $0.players[show.id] = player }
        return player
    }
}
