import Glibc

/// The channels in `config.toml`, added and taken away without touching a line of what else the user has written there.
package struct ChannelFile: Sendable {
    private let path: String

    /// Where the file is a link into a collection of dot files, what it leads to is changed.
    package init(_ paths: XDGPaths) throws(SettingsError) {
        let file = paths.configFile
        if let target = realpath(file, nil) {
            defer { free(target) }
            path = String(cString: target)
        } else {
            try XDGPaths.create(paths.config)
            path = file
        }
    }

    /// Puts a channel at the end of the file.
    package func add(_ channel: ChannelConfig) throws(SettingsError) {
        let text = try TextFile.read(path) ?? ""
        let gap = text.isEmpty ? "" : text.hasSuffix("\n\n") ? "" : text.hasSuffix("\n") ? "\n" : "\n\n"
        let wanted = text + gap + channel.toml
        // What stands there may be no TOML at all, or say `channel` in another way.
        guard Config.parse(wanted, file: path).config.channels.contains(channel) else {
            throw .notChanged(path: path, reason: "it has no place for a channel; mend what is wrong in it first")
        }
        try TextFile.replace(path, with: wanted)
    }

    /// Takes the channel of a name away, with the lines from its `[[channel]]` to the next heading.
    /// - Returns: whether there was one.
    package func remove(_ name: String) throws(SettingsError) -> Bool {
        guard let text = try TextFile.read(path) else { return false }
        let before = Config.parse(text, file: path).config
        guard before.channels.contains(where: { $0.name == name }) else { return false }
        var expected = before.channels
        expected.removeAll { $0.name == name }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let headings = lines.indices.filter { lines[$0].drop { $0 == " " || $0 == "\t" }.hasPrefix("[") }
        for start in headings where lines[start].filter({ $0 != " " && $0 != "\t" }).hasPrefix("[[channel]]") {
            let end = headings.first { $0 > start } ?? lines.endIndex
            var rest = lines
            rest.removeSubrange(start..<end)
            let shorter = rest.joined(separator: "\n")
            guard Config.parse(shorter, file: path).config.channels == expected else { continue }
            lines = rest
            try TextFile.replace(path, with: shorter)
            return true
        }
        throw .notChanged(path: path, reason: "the channel is written there in a way that has to be changed by hand")
    }
}
