import Domain
import HTTPTransport

/// All that a conversation with a shop may do: send requests, and keep notes between two questions. It is a value, so a
/// test scripts it, and whoever carries a conversation out is the only one to do I/O.
///
/// A conversation is a function that reads from top to bottom: `place(intent, io)` sends, reads, writes down, and sends
/// again. It fails with the first thing that fails.
package struct ShopIO: Sendable {
    package typealias Exchange = @Sendable (HTTPRequest) async throws(ShopFailure) -> HTTPResponse

    /// Account in whose name is asked; nil where nobody has to be anybody.
    package var account: Account?
    /// Local time of the question, for shops that do not tell theirs.
    package var now: Timestamp
    /// Sends a request and brings the reply, of whatever status.
    package var send: Exchange
    /// Sends the one request that decides, and brings the reply, of whatever status.
    ///
    /// A failure before it has changed nothing at the shop that would matter: of an order, it is certain that it was not
    /// placed. A failure after it says nothing of what the shop did.
    package var decide: Exchange
    /// Reads the note of a name; nil where there is none.
    package var recall: @Sendable (_ name: String) async throws(ShopFailure) -> String?
    /// Reads the note of a name and takes it away, so that nobody else has it; nil where there is none.
    package var claim: @Sendable (_ name: String) async throws(ShopFailure) -> String?
    /// Reads all notes whose names begin so.
    package var recallAll: @Sendable (_ prefix: String) async throws(ShopFailure) -> [String: String]
    /// Writes a note, and goes on when it is on disk; nil takes it away.
    package var keep: @Sendable (_ name: String, _ value: String?) async throws(ShopFailure) -> Void

    package init(
        account: Account?, now: Timestamp, send: @escaping Exchange, decide: @escaping Exchange,
        recall: @escaping @Sendable (_ name: String) async throws(ShopFailure) -> String?,
        claim: @escaping @Sendable (_ name: String) async throws(ShopFailure) -> String?,
        recallAll: @escaping @Sendable (_ prefix: String) async throws(ShopFailure) -> [String: String],
        keep: @escaping @Sendable (_ name: String, _ value: String?) async throws(ShopFailure) -> Void
    ) {
        self.account = account
        self.now = now
        self.send = send
        self.decide = decide
        self.recall = recall
        self.claim = claim
        self.recallAll = recallAll
        self.keep = keep
    }

    /// The same for somebody else; nil for nobody.
    func asking(as account: Account?) -> ShopIO {
        var io = self
        io.account = account
        return io
    }
}
