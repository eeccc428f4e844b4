import Glibc

/// Small text files, read whole with a bound and written whole or not at all.
enum TextFile {
    /// No config, theme or list of tokens comes near it.
    static let mostBytes = 1 << 20

    /// `nil` when there is no such file.
    /// - Parameter isSecret: refuses links, other owners, and files that others may read.
    static func read(_ path: String, isSecret: Bool = false) throws(SettingsError) -> String? {
        // Non-blocking, so that a pipe in its place cannot hold the program up.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (isSecret ? O_NOFOLLOW : 0))
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT where isLink(path): throw .brokenLink(path: path)
            case ENOENT, ENOTDIR: return nil
            case ELOOP where isSecret: throw .symbolicLink(path: path)
            default: throw .system(path: path, code: errno)
            }
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw .system(path: path, code: errno) }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        if isSecret {
            guard facts.st_uid == geteuid() else { throw .notOurs(path: path) }
            guard facts.st_mode & 0o077 == 0 else {
                throw .readableByOthers(path: path, mode: UInt32(facts.st_mode) & 0o7777)
            }
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(path: path, code: errno) }
            if count == 0 { break }
            guard bytes.count + count <= mostBytes else { throw .tooLarge(path: path, limit: mostBytes) }
            bytes += chunk[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(path: path) }
        return text
    }

    /// Puts a text in the place of what is there. A crash leaves the old text or the new, never a part.
    /// - Parameter keepsMode: whether a file that is there keeps its mode and its owner, as one does that the user writes by
    ///   hand; a new one, and any other, is for this user alone.
    static func replace(_ path: String, with text: String, keepsMode: Bool = false) throws(SettingsError) {
        let draft = "\(path).\(getpid()).\(UInt64.random(in: 0 ... .max))"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, code: errno) }
        var code = write(Array(text.utf8), to: descriptor)
        if code == 0, keepsMode { code = takeOver(path, descriptor) }
        if code == 0, fsync(descriptor) != 0 { code = errno }
        close(descriptor)
        if code == 0, rename(draft, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(draft)
            throw .system(path: path, code: code)
        }
        // So that the new name outlasts a loss of power too.
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let folderDescriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folderDescriptor >= 0 {
            fsync(folderDescriptor)
            close(folderDescriptor)
        }
    }

    /// The file that a name leads to, through any links; it need not be there yet.
    static func destination(_ path: String) throws(SettingsError) -> String {
        var path = path
        // As many as the system itself follows.
        for _ in 0..<40 {
            guard isLink(path) else { return path }
            var target = [UInt8](repeating: 0, count: 4096)
            let count = readlink(path, &target, target.count)
            guard count > 0 else { throw .system(path: path, code: errno) }
            guard let name = String(validating: target[..<count], as: UTF8.self), count < target.count else {
                throw .notChanged(path: path, reason: "it is a link to a place whose name cannot be read")
            }
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            path = name.hasPrefix("/") ? name : folder + name
        }
        throw .system(path: path, code: ELOOP)
    }

    /// Refuses a file that its owner has made read-only, which a new one in its place would get round.
    static func requireWritable(_ path: String) throws(SettingsError) {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return }
        // root may write to any file; that is not what the mode says.
        guard facts.st_mode & 0o222 != 0, access(path, W_OK) == 0 else { throw .readOnly(path: path) }
    }

    private static func isLink(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
    }

    /// Gives a draft the mode and, where that may be, the owner of the file that it takes the place of.
    /// - Returns: 0, or the error's number.
    private static func takeOver(_ path: String, _ draft: Int32) -> Int32 {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return errno == ENOENT ? 0 : errno }
        // Only root may give a file away.
        if facts.st_uid != geteuid() || facts.st_gid != getegid() { _ = fchown(draft, facts.st_uid, facts.st_gid) }
        return fchmod(draft, facts.st_mode & 0o777) == 0 ? 0 : errno
    }

    /// 0, or the error's number.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            written += count
        }
        return 0
    }
}
