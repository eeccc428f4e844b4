import Synchronization

/// What a kind of shop has to remember between two questions, and after a restart: a basket's session, the orders that it
/// would not list. One for each shop; its calls block.
package struct ShopMemory: Sendable {
    package var recall: @Sendable (_ name: String) throws -> String?
    /// What was kept under each name that begins so.
    package var recallAll: @Sendable (_ prefix: String) throws -> [String: String]
    /// Returns when it is on disk.
    package var keep: @Sendable (_ name: String, _ value: String?) throws -> Void
    /// Recalls a value and takes it away in one step: of all processes, one gets it.
    package var claim: @Sendable (_ name: String) throws -> String?

    package init(
        recall: @escaping @Sendable (_ name: String) throws -> String?,
        recallAll: @escaping @Sendable (_ prefix: String) throws -> [String: String],
        keep: @escaping @Sendable (_ name: String, _ value: String?) throws -> Void,
        claim: @escaping @Sendable (_ name: String) throws -> String?
    ) {
        self.recall = recall
        self.recallAll = recallAll
        self.keep = keep
        self.claim = claim
    }

    /// For this run alone.
    package static func passing() -> ShopMemory {
        let notes = Notes()
        return ShopMemory(
            recall: { name in notes.values.withLock { $0[name] } },
            recallAll: { prefix in notes.values.withLock { $0.filter { $0.key.hasPrefix(prefix) } } },
            keep: { name, value in notes.values.withLock { $0[name] = value } },
            claim: { name in notes.values.withLock { $0.removeValue(forKey: name) } })
    }

    private final class Notes: Sendable {
        let values = Mutex<[String: String]>([:])
    }
}
