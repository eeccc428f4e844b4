import Synchronization

/// How many connections each address has open.
final class Visitors: Sendable {
    private let most: Int?
    private let open = Mutex<[ClientAddress: Int]>([:])

    /// - Parameter most: at once from one address; nil for any number.
    init(most: Int?) { self.most = most }

    /// Counts one more, until it `leave`s.
    /// - Returns: whether it may stay.
    func enter(_ client: ClientAddress) -> Bool {
        open.withLock { open in
            let count = open[client, default: 0] + 1
            open[client] = count
            return most.map { count <= $0 } ?? true
        }
    }

    func leave(_ client: ClientAddress) {
        open.withLock { open in
            let count = open[client, default: 1] - 1
            open[client] = count > 0 ? count : nil
        }
    }
}
