import Glibc

/// The accounts of this user, one for each server, in a file that nobody else may read. Its calls read and write the
/// disk and may ask the Secret Service, so they are not for the main loop.
///
///     https://shop.example a-17 TOKEN Ana Lopez
///      signed-in REFRESH-TOKEN 1795443065120
///      formerly a-12 a-9
///
/// A line each: the scope (the server's origin, or `demo`), the account's id, its bearer token and perhaps its name,
/// with spaces between; below it, indented, what a guest's account has not. Where the Secret Service has the tokens,
/// `@secret-service` stands in their place.
package struct AccountFile: Sendable {
    private let path: String
    private let service: SecretService?
    private static let longestWord = 4096
    /// No token has this sign.
    private static let elsewhere = "@secret-service"

    /// - Parameter service: where the accounts of those who sign in are kept, as long as it takes them.
    package init(path: String, service: SecretService? = nil) {
        self.path = path
        self.service = service
    }

    /// `nil` when there is none for this server. A file that others could have read is refused, not mended: the token
    /// in it may be known already.
    package func account(for scope: String) throws(SettingsError) -> SavedAccount? {
        guard let entry = try entries().last(where: { $0.scope == scope }) else { return nil }
        return try resolved(entry)
    }

    /// Whether the Secret Service has to be asked for this server's account.
    package func isElsewhere(_ scope: String) throws(SettingsError) -> Bool {
        try entries().last { $0.scope == scope }?.isElsewhere == true
    }

    /// Puts `new` in the place of `old`, nil being none; accounts of other servers stay. The folder must exist.
    /// - Parameter isPersonal: whether what `new` holds is for the Secret Service, as the account of somebody who has signed
    ///   in always is.
    /// - Returns: what is kept now: another copy of the program's, where that was faster, else `new`.
    package func exchange(
        _ old: SavedAccount?, for new: SavedAccount?, scope: String, isPersonal: Bool = false
    ) throws(SettingsError) -> SavedAccount? {
        var new = new
        if let new, !new.isSound { throw .illegalToken }
        // It stands last on its line, and is no more than that.
        new?.name.removeAll { $0.isNewline }
        let lock = try lock(".lock")
        // Closing is what gives the lock back.
        defer { close(lock) }
        var entries = try entries()
        let entry = entries.last { $0.scope == scope }
        if let entry, let current = try resolved(entry), current != old { return current }
        entries.removeAll { $0.scope == scope }
        let replacement = new.map { kept($0, scope, isPersonal: isPersonal || $0.signIn != nil) }
        if let replacement { entries.append(replacement) }
        try TextFile.replace(path, with: entries.map(\.lines).joined())
        // What stays behind there is no account of ours any more, and is not missed in the file.
        if entry?.isElsewhere == true, replacement?.isElsewhere != true { try service?.forget(scope) }
        return new
    }

    /// Holds the right to renew accounts, against other copies of the program, until `body` has ended.
    package func renewing<Value>(_ body: () throws -> Value) throws -> Value {
        let lock = try lock(".renewal")
        defer { close(lock) }
        return try body()
    }

    // MARK: Entries

    private struct Entry {
        var scope: String
        var account: SavedAccount
        var isElsewhere = false

        var lines: String {
            let name = account.name.isEmpty ? "" : " " + account.name
            var lines = "\(scope) \(account.id) \(isElsewhere ? elsewhere : account.token)\(name)\n"
            if account.signIn != nil {
                let renewal = isElsewhere ? "" : account.secret.dropFirst(account.token.count)
                lines += " signed-in\(renewal)\n"
            }
            if !account.formerly.isEmpty { lines += " formerly \(account.formerly.joined(separator: " "))\n" }
            return lines
        }
    }

    /// The Secret Service has those who sign in, and where somebody lives; what it does not take is in the file, which is no
    /// less than before.
    private func kept(_ account: SavedAccount, _ scope: String, isPersonal: Bool) -> Entry {
        guard isPersonal, let service, (try? service.keep(account.secret, for: scope)) != nil else {
            return Entry(scope: scope, account: account)
        }
        return Entry(scope: scope, account: account, isElsewhere: true)
    }

    /// - Returns: nil where the Secret Service has forgotten it.
    private func resolved(_ entry: Entry) throws(SettingsError) -> SavedAccount? {
        guard entry.isElsewhere else { return entry.account }
        guard let service else {
            throw .secretService(reason: "it keeps this account, but there is none here (secret-tool and a desktop)")
        }
        guard let secret = try service.secret(for: entry.scope) else { return nil }
        var account = entry.account
        guard account.take(secret: secret) else {
            throw .secretService(reason: "what it keeps for this server is no account")
        }
        return account
    }

    private func entries() throws(SettingsError) -> [Entry] {
        guard let text = try TextFile.read(path, isSecret: true) else { return [] }
        var entries: [Entry] = []
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            if line.isEmpty { continue }
            let isRead = line.first == " " ? Self.read(detail: line, into: &entries) : Self.read(line, into: &entries)
            guard isRead else { throw .damaged(path: path, line: number) }
        }
        return entries
    }

    private static func read(_ line: Substring, into entries: inout [Entry]) -> Bool {
        let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts.prefix(2).allSatisfy(isWord) else { return false }
        let isElsewhere = parts[2] == elsewhere
        guard isElsewhere || isToken(parts[2]) else { return false }
        let account = SavedAccount(
            id: parts[1], token: isElsewhere ? "" : parts[2], name: parts.dropFirst(3).first ?? "")
        entries.append(Entry(scope: parts[0], account: account, isElsewhere: isElsewhere))
        return true
    }

    private static func read(detail line: Substring, into entries: inout [Entry]) -> Bool {
        let words = line.split(separator: " ").map(String.init)
        guard var entry = entries.popLast(), let kind = words.first else { return false }
        defer { entries.append(entry) }
        switch kind {
        case "signed-in":
            entry.account.signIn = .init()
            if entry.isElsewhere || words.count == 1 { return words.count == 1 }
            return entry.account.take(secret: ([entry.account.token] + words.dropFirst()).joined(separator: " "))
        case "formerly":
            entry.account.formerly = Array(words.dropFirst())
            return words.dropFirst().allSatisfy(isWord)
        default: return false
        }
    }

    // MARK: Words and locks

    /// Two copies of the program may add a token each at the same time. The lock is a file of its own, because the
    /// other one is replaced.
    private func lock(_ suffix: String) throws(SettingsError) -> Int32 {
        let descriptor = open(path + suffix, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .system(path: path + suffix, code: errno) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile(path: path + suffix)
        }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(descriptor)
                throw .system(path: path + suffix, code: code)
            }
        }
        return descriptor
    }

    /// Visible ASCII.
    static func isWord(_ word: String) -> Bool {
        (1...longestWord).contains(word.utf8.count) && word.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }

    /// What a bearer token may be made of (`b64token` of RFC 6750).
    package static func isToken(_ word: String) -> Bool {
        guard (1...longestWord).contains(word.utf8.count) else { return false }
        return word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~+/=".utf8.contains(byte)
            }
        }
    }
}
