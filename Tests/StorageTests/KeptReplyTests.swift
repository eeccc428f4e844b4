import Domain
import Foundation
import Testing

@testable import Storage

@Suite struct KeptReplyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func reply(_ second: Int64, _ text: String) -> KeptReply {
        KeptReply(at: Timestamp(seconds: second), headers: "Content-Type: application/json", body: Data(text.utf8))
    }

    @Test func theNewestIsKeptForEachShop() throws {
        let store = try Store.open(path: folder.file)
        try store.run(.keepReply(reply(1, "a"), of: "u", account: "x"))
        try store.run(.keepReply(reply(2, "b"), of: "u", account: "x"))
        try store.run(.keepReply(reply(3, "c"), of: "u", account: "y"))
        #expect(try store.run(.keptReply("u", account: "x")) == reply(2, "b"))
        #expect(try store.run(.keptReply("u", account: "y")) == reply(3, "c"))
        #expect(try store.run(.keptReply("v", account: "x")) == nil)
    }

    @Test func whatSaysTheSameIsWrittenSeldom() throws {
        let store = try Store.open(path: folder.file)
        try store.run(.keepReply(reply(1000, "a"), of: "u", account: "x"))
        try store.run(.keepReply(reply(1030, "a"), of: "u", account: "x"))
        #expect(try store.run(.keptReply("u", account: "x"))?.at == Timestamp(seconds: 1000))
        try store.run(.keepReply(reply(1601, "a"), of: "u", account: "x"))
        #expect(try store.run(.keptReply("u", account: "x"))?.at == Timestamp(seconds: 1601))
        // A clock that was wrong does not make it younger for good.
        try store.run(.keepReply(reply(900, "a"), of: "u", account: "x"))
        #expect(try store.run(.keptReply("u", account: "x"))?.at == Timestamp(seconds: 900))
    }

    @Test func theOldestGoWhenThereIsTooMuch() throws {
        let store = try Store.open(path: folder.file)
        let large = String(repeating: "x", count: StoreOperation<Void>.keptReplyBytes / 4)
        for number in 1...6 { try store.run(.keepReply(reply(Int64(number), large), of: "u\(number)", account: "x")) }
        try store.run(.keepReply(reply(1, large), of: "other", account: "y"))
        let kept = try (1...6).map { try store.run(.keptReply("u\($0)", account: "x")) != nil }
        #expect(kept == [false, false, true, true, true, true])
    }
}
