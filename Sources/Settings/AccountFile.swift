import Glibc

/// An account as it is kept. The token is a secret.
package struct SavedAccount: Equatable, Sendable {
    package var id: String
    package var token: String
    /// What the shop calls it; empty where it has not said so.
    package var name: String

    package init(id: String, token: String, name: String = "") {
        self.id = id
        self.token = token
        self.name = name
    }
}

/// The accounts of this user, one for each server, in a file that nobody else may read: a line each, the scope (the
/// server's origin, or `demo`), the account's id, its bearer token and perhaps its name, with spaces between. Its calls read and write the
/// disk, so they are not for the main loop.
package struct AccountFile: Sendable {
    private let path: String
    private static let longestWord = 4096

    package init(path: String) {
        self.path = path
    }

    /// `nil` when there is none for this server. A file that others could have read is refused, not mended: the token
    /// in it may be known already.
    package func account(for scope: String) throws(SettingsError) -> SavedAccount? {
        try entries().last { $0.scope == scope }?.account
    }

    /// Puts `new` in the place of `old`, nil being none; accounts of other servers stay. The folder must exist.
    /// - Returns: what is kept now: another copy of the program's, where that was faster, else `new`.
    package func exchange(
        _ old: SavedAccount?, for new: SavedAccount?, scope: String
    ) throws(SettingsError) -> SavedAccount? {
        if let new, !Self.isWord(new.token) || !Self.isWord(new.id) { throw .illegalToken }
        var new = new
        // It stands last on its line, and is no more than that.
        new?.name.removeAll { $0.isNewline }
        let lock = try lock()
        // Closing is what gives the lock back.
        defer { close(lock) }
        var entries = try entries()
        if let current = entries.last(where: { $0.scope == scope })?.account, current != old { return current }
        entries.removeAll { $0.scope == scope }
        if let new { entries.append((scope, new)) }
        try TextFile.replace(
            path,
            with: entries.map { scope, account in
                let name = account.name.isEmpty ? "" : " " + account.name
                return "\(scope) \(account.id) \(account.token)\(name)\n"
            }.joined())
        return new
    }

    private func entries() throws(SettingsError) -> [(scope: String, account: SavedAccount)] {
        guard let text = try TextFile.read(path, isSecret: true) else { return [] }
        var entries: [(scope: String, account: SavedAccount)] = []
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            if line.isEmpty { continue }
            let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 3, parts.prefix(3).allSatisfy(Self.isWord) else {
                throw .damaged(path: path, line: number)
            }
            let account = SavedAccount(id: parts[1], token: parts[2], name: parts.dropFirst(3).first ?? "")
            entries.append((parts[0], account))
        }
        return entries
    }

    /// Two copies of the program may add a token each at the same time. The lock is a file of its own, because the
    /// other one is replaced.
    private func lock() throws(SettingsError) -> Int32 {
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: path + ".lock", code: errno) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(descriptor)
                throw .system(path: path + ".lock", code: code)
            }
        }
        return descriptor
    }

    /// Visible ASCII, which is what a header can carry (RFC 6750 allows a little less).
    private static func isWord(_ word: String) -> Bool {
        (1...longestWord).contains(word.utf8.count) && word.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }
}
