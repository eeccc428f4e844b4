import Foundation
import GRDB
import Testing

@testable import Storage

@Suite struct ExaminationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aFileIsLookedAtWhileItIsInUse() throws {
        #expect(try Store.examine(path: folder.file) == nil)
        let store = try Store.open(path: folder.file)
        for _ in 0..<2 {
            let found = try #require(try Store.examine(path: folder.file))
            #expect(found.bytes > 0 && found.mode == 0o600 && found.damage == nil && found.synchronous == "FULL")
            #expect(found.appliedSteps == found.knownSteps && found.knownSteps == Schema.steps.count)
            store.close()
        }
        #expect(Store.sqliteVersion?.hasPrefix("3.") == true)
    }

    @Test func damageIsToldAndLeftAsItIs() throws {
        try FileManager.default.createDirectory(
            atPath: (folder.file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let garbage = Data("this is no database at all, and never was".utf8)
        try garbage.write(to: URL(fileURLWithPath: folder.file))
        #expect(throws: StorageError.damaged(path: folder.file)) { try Store.examine(path: folder.file) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == garbage)
    }

    @Test func aBrokenIndexIsFound() throws {
        try Store.open(path: folder.file).close()
        let database = try DatabaseQueue(path: folder.file)
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); CREATE INDEX i ON t (a)")
            try db.execute(sql: "PRAGMA writable_schema = ON")
            try db.execute(sql: "UPDATE sqlite_schema SET sql = 'CREATE INDEX i ON t (a) WHERE a > 1' WHERE name = 'i'")
        }
        try database.close()
        #expect(try Store.examine(path: folder.file)?.damage != nil)
    }
}
