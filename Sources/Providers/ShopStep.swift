import Domain
import HTTPTransport
import Synchronization

/// What comes next on the way to an answer, as a value: shops whose basket is a session need several requests for one
/// question, and whoever carries the steps out is the only one to do I/O.
package indirect enum ShopStep: Sendable {
    package typealias Next<Value> = @Sendable (Value) throws(ShopFailure) -> ShopStep

    /// Sends a request and reads the reply, of whatever status.
    ///
    /// What fails before a decisive request has been sent has changed nothing at the shop that would matter: of an order,
    /// it is certain that it was not placed.
    case send(HTTPRequest, isDecisive: Bool, next: Next<HTTPResponse>)
    /// Looks up what was kept under a name; nil where there is nothing.
    case recall(String, next: Next<String?>)
    /// Looks up what was kept under a name and takes it away, so that nobody else has it; nil where there is nothing.
    case claim(String, next: Next<String?>)
    /// Goes on when the value is on disk under its name; nil takes it away.
    case keep(String, String?, next: Next<Void>)
    /// Looks up all that was kept under names that begin so.
    case recallAll(String, next: Next<[String: String]>)
    /// Goes the way to another answer, and goes on with what came of it, so that a question which several can answer
    /// survives one of them. For reading only.
    case attempt(ShopStep, next: Next<Result<ShopAnswer, ShopFailure>>)
    case answer(ShopAnswer)
}

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
