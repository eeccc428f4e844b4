import CNcurses

/// The strings of the terminal's description, of the terminal that curses was started for last.
enum Terminfo {
    /// A capability by its short name, as bytes, without padding.
    static func string(_ name: String) -> [UInt8]? {
        guard let value = curses_string(name) else { return nil }
        var bytes: [UInt8] = []
        var index = 0
        while value[index] != 0 {
            if value[index] == 0x24, value[index + 1] == 0x3C {
                while value[index] != 0, value[index] != 0x3E { index += 1 }
                if value[index] == 0 { break }
            } else {
                bytes.append(UInt8(bitPattern: value[index]))
            }
            index += 1
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Several capabilities after each other; those the terminal lacks are left out.
    static func strings(_ names: String...) -> String {
        names.compactMap { string($0) }.map { String(decoding: $0, as: UTF8.self) }.joined()
    }
}
