import TerminalKit

/// The key sequences of the terminal's own description; what every terminal shares is known to `KeyDecoder` already.
struct KeyTable {
    struct Entry {
        let bytes: [UInt8]
        let key: KeyPress
    }

    enum Match {
        case none
        /// The bytes begin a sequence that has not wholly arrived.
        case partial
        case key(KeyPress, length: Int)
    }

    private let entries: [Entry]

    init(_ entries: [Entry] = []) { self.entries = entries }

    /// The longest sequence that `bytes` begin with.
    func match(_ bytes: ArraySlice<UInt8>) -> Match {
        var best = Match.none
        var bestLength = 0
        for entry in entries where entry.bytes.count > bestLength {
            if bytes.starts(with: entry.bytes) {
                best = .key(entry.key, length: entry.bytes.count)
                bestLength = entry.bytes.count
            } else if bestLength == 0, entry.bytes.starts(with: bytes) {
                best = .partial
            }
        }
        return best
    }

    /// The table of the terminal that curses was started for.
    static func ofTerminal() -> KeyTable {
        var capabilities: [(String, KeyPress)] = [
            ("kcuu1", KeyPress(.up)), ("kcud1", KeyPress(.down)), ("kcub1", KeyPress(.left)),
            ("kcuf1", KeyPress(.right)), ("khome", KeyPress(.home)), ("kend", KeyPress(.end)),
            ("kpp", KeyPress(.pageUp)), ("knp", KeyPress(.pageDown)), ("kich1", KeyPress(.insert)),
            ("kdch1", KeyPress(.delete)), ("kcbt", .backTab), ("kent", .enter),
            ("kri", KeyPress(.up, .shift)), ("kind", KeyPress(.down, .shift)), ("kLFT", KeyPress(.left, .shift)),
            ("kRIT", KeyPress(.right, .shift)),
        ]
        for number in 1...12 { capabilities.append(("kf\(number)", KeyPress(.function(number)))) }
        return KeyTable(
            capabilities.compactMap { name, key in
                guard let bytes = Terminfo.string(name), bytes.count > 1, bytes[0] == 0x1B else { return nil }
                return Entry(bytes: bytes, key: key)
            })
    }
}
