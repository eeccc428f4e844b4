import GRDB
import Glibc

/// Why something could not be kept or read, in the kinds that a person or a program acts on differently.
package enum StorageError: Error, Hashable, Sendable {
    /// The file or its folder cannot be made, opened or written; the reason in a few words.
    case cannotOpen(path: String, reason: String)
    /// Not a database, or one that is broken. It is left as it is.
    case damaged(path: String)
    /// A newer version of the program has written it. It is left as it is.
    case newerVersion(path: String)
    /// SQLite does not promise that what is committed survives a power failure, so no purchase may rely on it.
    case notDurable(path: String)
    /// The disk or the quota is full; nothing of the change was kept.
    case full
    /// Files may not be as large as this one would become (ulimit -f).
    case fileTooLarge
    /// Another process has held the file for longer than the busy timeout.
    case busy
    /// The store was closed before.
    case closed
    /// An order intent with this key is there already.
    case intentExists(key: String)
    /// No such order intent.
    case noSuchIntent(key: String)
    /// The order intent cannot go back: what became of it is known, or it would be forgotten before that.
    case intentMovesForwardOnly
    /// The user's budget does not allow it, with what other programs have bought meanwhile.
    case beyondBudget
    /// The order intent has been withdrawn or settled, so it must not be sent.
    case withdrawn
    /// Anything else; the reason as SQLite words it.
    case failed(reason: String)
}

extension StorageError: CustomStringConvertible {
    /// One line for a person: what is wrong and what to do.
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
        case .damaged(let path):
            "\(path) is damaged or no database of vitrine's; move it away to start with a new one (the shop keeps orders)"
        case .newerVersion(let path): "\(path) was written by a newer vitrine; use that version, or move the file away"
        case .notDurable(let path): "\(path): this SQLite does not write durably, so purchases would not be safe"
        case .full: "the disk is full: nothing was saved; free some space"
        case .fileTooLarge: "files may not be that large here (ulimit -f): nothing was saved; set a larger limit"
        case .busy: "another program holds the database; try again"
        case .closed: "the local database is closed"
        case .intentExists: "this purchase has been written down already"
        case .noSuchIntent: "no such purchase is written down"
        case .intentMovesForwardOnly: "what became of this purchase is settled, or is not known yet"
        case .beyondBudget: "it would be beyond your budget, with what was bought elsewhere meanwhile"
        case .withdrawn: "it was cancelled meanwhile"
        case .failed(let reason): "the local database failed: \(reason)"
        }
    }
}

extension StorageError {
    /// Sorts what SQLite and GRDB throw.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StorageError: self = error
        case let error as DatabaseError: self = Self.sorted(error, path: path)
        case is UnreadableRow: self = .damaged(path: path)
        default: self = .failed(reason: "\(error)")
        }
    }

    private static func sorted(_ error: DatabaseError, path: String) -> StorageError {
        switch error.resultCode {
        case .SQLITE_FULL: .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            .cannotOpen(path: path, reason: refusal(path) ?? error.message ?? "not permitted")
        // SQLite has one word for all that goes wrong when it writes, a full disk in some places among it.
        case .SQLITE_IOERR: writing(path) ?? .failed(reason: error.message ?? "\(error.resultCode)")
        case .SQLITE_CONSTRAINT where error.message == Schema.forwardOnlyMessage: .intentMovesForwardOnly
        default: .failed(reason: error.message ?? "\(error.resultCode)")
        }
    }
}

extension StorageError {
    /// The system's own error, of something done to a file.
    init(code: Int32, path: String) {
        switch code {
        case ENOSPC, EDQUOT: self = .full
        case EFBIG: self = .fileTooLarge
        default: self = .cannotOpen(path: path, reason: String(cString: strerror(code)))
        }
    }

    /// Why nothing may be written where a file lies, in the system's words; nil where it may be.
    private static func refusal(_ path: String) -> String? {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        return access(folder, W_OK) == 0 ? nil : String(cString: strerror(errno))
    }

    /// The likely reason why a file cannot be written; nil where there is none to be seen.
    private static func writing(_ path: String) -> StorageError? {
        var space = statvfs()
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        if statvfs(folder, &space) == 0, space.f_bavail == 0 || space.f_files > 0 && space.f_favail == 0 {
            return .full
        }
        var files = rlimit()
        let isLimited = getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &files) == 0 && files.rlim_cur < 1 << 32
        return isLimited ? .fileTooLarge : nil
    }
}

/// A row that the schema's checks would not have let in.
struct UnreadableRow: Error {}
