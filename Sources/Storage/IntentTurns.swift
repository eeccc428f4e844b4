import Glibc

/// Whose turn it is to send a purchase, or to ask what became of it: one process at a time for each. The kernel keeps
/// the turns as locks on bytes of a file beside the database, so that a process that dies gives its turns back with no
/// time to wait for.
final class IntentTurns: Sendable {
    private let descriptor: Int32

    /// Linux's F_OFD_SETLK (fcntl(2)), which Glibc's module shows to GNU sources only. Unlike F_SETLK's, its locks are
    /// not lost when the process closes the same file elsewhere.
    private static let setLock: Int32 = 37

    /// - Parameter path: nil for a database that no other process can see.
    init(path: String?) throws(StorageError) {
        guard let path else {
            descriptor = -1
            return
        }
        let opened = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard opened >= 0 else { throw StorageError(code: errno, path: path) }
        var facts = stat()
        guard fstat(opened, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw .cannotOpen(path: path, reason: "not a regular file")
        }
        descriptor = opened
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// - Returns: false while another process has the turn; true as well when this one has it already.
    func take(_ key: String) throws -> Bool {
        if change(key, to: F_WRLCK) { return true }
        guard errno == EAGAIN || errno == EACCES else {
            throw StorageError.failed(reason: "a purchase's lock: " + String(cString: strerror(errno)))
        }
        return false
    }

    func giveBack(_ key: String) { _ = change(key, to: F_UNLCK) }

    private func change(_ key: String, to kind: Int32) -> Bool {
        guard descriptor >= 0 else { return true }
        var lock = flock()
        lock.l_type = Int16(kind)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = Int(Self.place(of: key))
        lock.l_len = 1
        return fcntl(descriptor, Self.setLock, &lock) == 0
    }

    /// The byte that stands for a key (FNV-1a): two keys on one byte would only wait for each other.
    private static func place(of key: String) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int64(hash >> 2)
    }
}
