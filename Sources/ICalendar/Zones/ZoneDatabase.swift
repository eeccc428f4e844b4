import Glibc

/// The zones that this machine knows: the folder of the IANA database, read file by file.
package struct ZoneDatabase: Hashable, Sendable {
    /// Where it may be, the first first.
    package var folders: [String]

    package init(folders: [String]) { self.folders = folders }

    /// `$TZDIR`, else where systems keep it.
    package static var system: ZoneDatabase {
        let usual = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]
        return ZoneDatabase(folders: (getenv("TZDIR").map { [String(cString: $0)] } ?? []) + usual)
    }

    /// What a calendar names: an IANA name, one with a maker's prefix (`/example.org/2026a/Europe/Zurich`, and as
    /// Twitch writes them `/Europe/Paris`), or a name of Windows'. Nil when it is none of them: no zone is guessed.
    func zone(named name: String) -> CalendarZone? {
        if ["UTC", "GMT", "Z", "Etc/UTC"].contains(name) { return .utc }
        if let zone = file(named: name) { return zone }
        if let windows = WindowsZones.names[name] { return file(named: windows) }
        guard name.hasPrefix("/") else { return nil }
        let parts = name.split(separator: "/")
        if parts.last == "UTC" { return .utc }
        let isWhole = parts.count <= 3
        let tails = [isWhole ? parts.count : 3, 3, 2].filter { $0 <= parts.count }
        for count in tails {
            if let zone = file(named: parts.suffix(count).joined(separator: "/")) { return zone }
        }
        return nil
    }

    /// The zone of this machine's clock: `$TZ`, else `/etc/localtime`; UTC where neither is understood, as the C library has
    /// it.
    package var local: CalendarZone {
        guard let value = getenv("TZ").map({ String(cString: $0) }) else {
            return Self.read("/etc/localtime", name: "local time") ?? .utc
        }
        let name = value.hasPrefix(":") ? String(value.dropFirst()) : value
        if name.hasPrefix("/") { return Self.read(name, name: "local time") ?? .utc }
        if let zone = file(named: name) { return zone }
        guard let rule = YearlyRule(name) else { return .utc }
        return CalendarZone(name, offset: rule.standardOffset, changes: [], rule: rule)
    }

    private func file(named name: String) -> CalendarZone? {
        // A name comes from outside: it stays within the folder.
        let isName = name.utf8.count <= 128 && !name.isEmpty && !name.utf8.contains(0)
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard isName, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else { return nil }
        for folder in folders {
            if let zone = Self.read("\(folder)/\(name)", name: name) { return zone }
        }
        return nil
    }

    private static func read(_ path: String, name: String) -> CalendarZone? {
        // Not waiting: a name may lead to a pipe.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= ZoneFile.largest
        else { return nil }
        let size = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Glibc.read(file, buffer.baseAddress.map { $0 + count }, size - count)
                guard got > 0 else { return }
                count += got
            }
        }
        return ZoneFile.zone(name, bytes)
    }
}
