import Domain
import HTTPTransport
import Providers

extension ShopIO {
    /// All that a conversation may do, with replies that a test makes up, and notes of its own.
    package static func scripted(
        _ memory: ShopMemory, account: Account?, now: Timestamp, reply: @escaping Exchange
    ) -> ShopIO {
        ShopIO(
            account: account, now: now, send: reply, decide: reply,
            recall: { (name) async throws(ShopFailure) in try noting { try memory.recall(name) } },
            claim: { (name) async throws(ShopFailure) in try noting { try memory.claim(name) } },
            recallAll: { (prefix) async throws(ShopFailure) in try noting { try memory.recallAll(prefix) } },
            keep: { (name, value) async throws(ShopFailure) in try noting { try memory.keep(name, value) } })
    }

    private static func noting<Value>(_ work: () throws -> Value) throws(ShopFailure) -> Value {
        do { return try work() } catch { throw .notSent("the notes cannot be read or written") }
    }
}
