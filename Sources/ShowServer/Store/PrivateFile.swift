import Glibc

/// A file beside the database that is this server's own: no link, no pipe, no second name of another file, and for nobody
/// else to read, whatever the umask is.
enum PrivateFile {
    /// Opens it, or makes it. Nothing that is there is changed before it is known to be such a file.
    /// - Parameter database: whose it is.
    /// - Returns: a descriptor to read and write by.
    static func open(_ path: String, of database: String) throws(ServerFailure) -> Int32 {
        // A pipe would keep whoever opens it waiting.
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            if errno == ELOOP { throw failure(path, "it is a symbolic link") }
            throw failure("the database " + database, String(cString: strerror(errno)))
        }
        do {
            try check(descriptor, path, mayBeShared: false)
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Makes a database before SQLite does, which would let others read it, and closes what others may read already.
    /// SQLite gives its other files the mode of this one when it makes them.
    static func secureDatabase(_ path: String) throws(ServerFailure) {
        try secure(path, O_CREAT)
        for file in [path + "-wal", path + "-shm"] where access(file, F_OK) == 0 { try secure(file, O_NOFOLLOW) }
    }

    private static func secure(_ path: String, _ flags: Int32) throws(ServerFailure) {
        let descriptor = Glibc.open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | flags, 0o600)
        guard descriptor >= 0 else { throw failure(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        // Its name may be a link, and it may have other names: whoever runs the server chose them.
        try check(descriptor, path, mayBeShared: true)
    }

    private static func check(_ descriptor: Int32, _ path: String, mayBeShared: Bool) throws(ServerFailure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw failure(path, "it is not a regular file") }
        guard mayBeShared || status.st_nlink == 1 else { throw failure(path, "it is another file's second name") }
        guard mayBeShared || status.st_uid == geteuid() else { throw failure(path, "it belongs to somebody else") }
        guard status.st_mode & 0o777 != 0o600 else { return }
        guard fchmod(descriptor, 0o600) == 0 || status.st_mode & 0o077 == 0 else {
            throw failure(path, "others can read it, and its mode cannot be changed")
        }
    }

    private static func failure(_ path: String, _ reason: String) -> ServerFailure {
        ServerFailure("cannot use \(path): \(reason)")
    }
}
