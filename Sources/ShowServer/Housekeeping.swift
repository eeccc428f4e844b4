import Domain
import Synchronization

/// Time passing in a server: whoever runs the shows does what is due, unpaid orders end, and what is kept no longer goes.
final class Housekeeping: Sendable {
    let floor: ShowFloor
    private let runner: (any ShowRunner)?
    private let nextUpkeep = Mutex(Timestamp.distantPast)

    init(floor: ShowFloor, runner: (any ShowRunner)?) {
        self.floor = floor
        self.runner = runner
    }

    /// Time between two calls of `advance`.
    var pace: Duration { runner?.pace ?? .seconds(5) }

    /// Brings the shows up to now, for the start.
    func begin() throws {
        guard let runner else { return }
        try floor.writeNow { turn in try turn.open { try runner.begin(&$0) } }
    }

    /// Does what has become due since the last call, in one transaction.
    func advance() async throws {
        do {
            try await floor.write { turn in
                if let runner = self.runner { try turn.open { try runner.advance(&$0) } }
                try self.end(&turn)
            }
        } catch {
            nextUpkeep.withLock { $0 = .distantPast }
            runner?.forgetLastTurn()
            throw error
        }
    }

    /// Ends what is over in any server: orders that nobody has paid, and what is kept no longer.
    private func end(_ turn: inout Turn) throws {
        try CheckoutTime.end(&turn)
        guard turn.now >= nextUpkeep.withLock({ $0 }) else { return }
        try Upkeep().run(turn)
        let next = turn.now + Upkeep.pause
        nextUpkeep.withLock { $0 = next }
    }

    /// Makes sure that an ended show has its timeline before it is read, where somebody can tell it.
    func prepare(_ id: ShowID) async throws {
        guard let runner, floor.show(id) == nil, try await floor.pool.read({ try Studio.isUntold($0, id) }) else {
            return
        }
        try await floor.write { try Studio($0).tellPast(of: id) { try runner.tellPast(of: id, &$0) } }
    }

    /// Tells one more of the past shows.
    /// - Returns: false when there are no more, or nobody tells them.
    func tellNextPast() async throws -> Bool {
        guard let runner else { return false }
        return try await floor.write { turn in
            let studio = Studio(turn)
            guard let id = try studio.newestUntold else { return false }
            try studio.tellPast(of: id) { try runner.tellPast(of: id, &$0) }
            return true
        }
    }
}

extension Turn {
    /// Opens the studio for operations that are a part of this transaction.
    mutating func open<Value>(_ work: (inout Studio) throws -> Value) throws -> Value {
        var studio = Studio(self)
        let value = try work(&studio)
        self = studio.turn
        return value
    }
}
