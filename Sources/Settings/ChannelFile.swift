import Glibc
import HTTPTransport

/// The channels in `config.toml`, added and taken away without touching a line of what else the user has written there.
package struct ChannelFile: Sendable {
    private let path: String
    private let hostNames: HostNames

    /// Where the file is a link into a collection of dot files, what it leads to is changed.
    package init(_ paths: XDGPaths, hostNames: HostNames = .none) throws(SettingsError) {
        self.hostNames = hostNames
        path = try TextFile.destination(paths.configFile)
        if path == paths.configFile { try XDGPaths.create(paths.config) }
    }

    /// Puts a channel at the end of the file.
    package func add(_ channel: ChannelConfig) throws(SettingsError) {
        try TextFile.requireWritable(path)
        let text = try TextFile.read(path) ?? ""
        var lines = ConfigLines(text)
        lines.append(channel.toml)
        var expected = Config.parse(text, file: path, hostNames: hostNames).config
        expected.channels.append(channel)
        // What stands there may be no TOML at all, or say `channel` in another way.
        guard says(lines.text, expected) else {
            throw .notChanged(path: path, reason: "it has no place for a channel; mend what is wrong in it first")
        }
        try TextFile.replace(path, with: lines.text, keepsMode: true)
    }

    /// Takes the channel of a name away: the lines from its `[[channel]]` to the last one that says something of it. Comments
    /// that follow stay, since they may be about what comes next.
    /// - Returns: whether there was one.
    package func remove(_ name: String) throws(SettingsError) -> Bool {
        guard let text = try TextFile.read(path) else { return false }
        let before = Config.parse(text, file: path, hostNames: hostNames).config
        guard before.channels.contains(where: { $0.name == name }) else { return false }
        try TextFile.requireWritable(path)
        var expected = before
        expected.channels.removeAll { $0.name == name }
        let lines = ConfigLines(text)
        for start in lines.indices where lines.isChannel(start) {
            let shorter = lines.withoutChannel(at: start).text
            guard says(shorter, expected) else { continue }
            try TextFile.replace(path, with: shorter, keepsMode: true)
            return true
        }
        throw .notChanged(path: path, reason: "the channel is written there in a way that has to be changed by hand")
    }

    /// Tells whether a text says that, and nothing else, in whichever lines.
    private func says(_ text: String, _ expected: Config) -> Bool {
        func withoutLines(_ config: Config) -> Config {
            var config = config
            config.keys = config.keys.map { Config.KeyBinding(action: $0.action, keys: $0.keys, line: 0) }
            return config
        }
        return withoutLines(Config.parse(text, file: path, hostNames: hostNames).config) == withoutLines(expected)
    }
}

/// The lines of a config file, with whichever ends they have.
private struct ConfigLines {
    /// Each with its end; the last one may have none.
    private var lines: [String] = []
    /// A byte order mark that the file begins with.
    private let mark: String
    private let end: String

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        mark = rest.starts(with: [0xEF, 0xBB, 0xBF]) ? "\u{FEFF}" : ""
        if !mark.isEmpty { rest = rest.dropFirst(3) }
        while let feed = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(String(decoding: rest[...feed], as: UTF8.self))
            rest = rest[(feed + 1)...]
        }
        if !rest.isEmpty { lines.append(String(decoding: rest, as: UTF8.self)) }
        end = lines.first?.utf8.suffix(2).elementsEqual("\r\n".utf8) == true ? "\r\n" : "\n"
    }

    var text: String { mark + lines.joined() }
    var indices: Range<Int> { lines.indices }

    /// Puts lines at the end, after an empty one.
    mutating func append(_ text: String) {
        if let last = lines.last, last.utf8.last != UInt8(ascii: "\n") { lines[lines.count - 1] += end }
        if let last = lines.last, !Self.content(last).isEmpty { lines.append(end) }
        lines += text.split(separator: "\n").map { $0 + end }
    }

    func isChannel(_ index: Int) -> Bool { Self.heading(lines[index])?.hasPrefix("[[channel]]") == true }

    /// Without a channel and the tables in it, and without the empty lines that set it apart.
    func withoutChannel(at start: Int) -> Self {
        let next = indices.first { index in
            guard index > start, let heading = Self.heading(lines[index]) else { return false }
            return !heading.hasPrefix("[channel.") && !heading.hasPrefix("[[channel.")
        }
        let tail = lines[start..<(next ?? lines.endIndex)].lastIndex { line in
            let content = Self.content(line)
            return !content.isEmpty && !content.hasPrefix("#")
        }
        var stop = (tail ?? start) + 1
        let isApart = start == 0 || Self.content(lines[start - 1]).isEmpty
        while isApart, stop < lines.endIndex, Self.content(lines[stop]).isEmpty { stop += 1 }
        var rest = self
        rest.lines.removeSubrange(start..<stop)
        return rest
    }

    /// Without blanks around it.
    private static func content(_ line: String) -> Substring {
        var content = line[...]
        while let first = content.unicodeScalars.first, first.value <= 0x20 { content.unicodeScalars.removeFirst() }
        while let last = content.unicodeScalars.last, last.value <= 0x20 { content.unicodeScalars.removeLast() }
        return content
    }

    /// Without any blanks; nil where the line begins no table.
    private static func heading(_ line: String) -> String? {
        let content = content(line)
        guard content.hasPrefix("[") else { return nil }
        return String(String.UnicodeScalarView(content.unicodeScalars.filter { $0 != " " && $0 != "\t" }))
    }
}
