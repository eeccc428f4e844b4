import Glibc

/// The database's file on disk: who may read it, and whose turn it is to open it.
struct StoreFile {
    let path: String
    private let folder: String

    init(path: String) {
        self.path = path
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) }
        self.folder = folder.map { $0.isEmpty ? "/" : $0 } ?? "."
    }

    /// Two processes that start together must not both lay out the same new file, so one waits for the other. The lock
    /// is on the folder: opening and closing the database's file here would drop SQLite's own locks on it.
    func whileOpening<Value>(_ body: () throws -> Value) throws -> Value {
        try makeFolder(folder)
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { Glibc.close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure() }
        }
        try makePrivateFile()
        return try body()
    }

    /// Makes what is missing, readable by the owner alone; a folder that is there keeps its mode.
    private func makeFolder(_ folder: String) throws {
        guard mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
        let reason = errno
        guard reason == ENOENT, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else {
            throw failure(reason)
        }
        try makeFolder(String(folder[..<slash]))
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure() }
    }

    /// SQLite gives its journal files the mode of the database itself.
    private func makePrivateFile() throws {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            Glibc.close(descriptor)
            return
        }
        guard errno == EEXIST else { throw failure() }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw failure() }
        if status.st_mode & S_IFMT == S_IFLNK {
            // A link of the user's own leads where they want it; somebody else's would have their file changed.
            let owner = status.st_uid
            guard stat(path, &status) == 0 else { throw failure() }
            guard owner == geteuid(), status.st_uid == owner else {
                throw StorageError.cannotOpen(path: path, reason: "it is a link that another user has made")
            }
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StorageError.cannotOpen(path: path, reason: "not a regular file")
        }
        guard status.st_mode & 0o077 != 0 else { return }
        guard chmod(path, 0o600) == 0 else { throw failure() }
    }

    private func failure(_ code: CInt = errno) -> StorageError { StorageError(code: code, path: path) }
}
