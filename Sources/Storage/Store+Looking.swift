import GRDB
import Glibc

/// Stored data that can be read and not be changed: on a disk that is full, or that may not be written.
extension Store {
    /// Opens the file, or where it cannot be written, a copy of it in memory. With such a copy everything can be looked at and
    /// the shop can be asked, and what the user does, purchases above all, is refused with the reason (`problem`).
    package static func openOrLook(path: String) throws(StorageError) -> Store {
        do { return try open(path: path) } catch {
            guard error.leavesLooking else { throw error }
            return try toLook(path: path, because: error)
        }
    }

    /// - Parameter problem: why it is no more than a copy.
    static func toLook(path: String, because problem: StorageError) throws(StorageError) -> Store {
        do {
            let copy = try DatabaseQueue(configuration: configuration)
            for source in sources(path) {
                guard (try? source().backup(to: copy)) != nil else { continue }
                // A copy begins in the mode of its source, for which memory has no files.
                if (try? Schema.bringUpToDate(copy, path: path)) != nil { break }
                try copy.erase()
            }
            try Schema.bringUpToDate(copy, path: inMemoryName)
            return Store(copy, turns: try IntentTurns(path: nil), path: path, problem: problem)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Ways to read the file, the better first.
    private static func sources(_ path: String) -> [() throws -> DatabaseQueue] {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(1)
        var ways: [() throws -> DatabaseQueue] = [
            { [configuration] in
                try DatabaseQueue(path: path, configuration: configuration)
            }
        ]
        // SQLite wants to write even to read, beside the file; not where it is told that nothing changes. Then it leaves out
        // what stands in the journal, so there must be none.
        if size(path + "-wal") == 0, let address = address(path) {
            ways.append { [configuration] in try DatabaseQueue(path: address, configuration: configuration) }
        }
        return size(path) == 0 ? [] : ways
    }

    /// 0 where there is no file.
    private static func size(_ path: String) -> Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    /// As SQLite has it that nothing changes (sqlite.org/uri.html).
    private static func address(_ path: String) -> String? {
        guard path.hasPrefix("/") else { return nil }
        var address = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                address.unicodeScalars.append(Unicode.Scalar(byte))
            default: address += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return address + "?immutable=1"
    }
}

extension StorageError {
    /// Tells whether the file may be in order, and can only not be written.
    var leavesLooking: Bool {
        switch self {
        case .cannotOpen, .notDurable, .full, .fileTooLarge, .failed: true
        case .damaged, .newerVersion, .busy, .closed, .intentExists, .noSuchIntent, .intentMovesForwardOnly,
            .beyondBudget,
            .withdrawn:
            false
        }
    }
}
