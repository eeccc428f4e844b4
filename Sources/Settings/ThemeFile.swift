import TerminalKit
import Themes

/// Theme files: `name`, `appearance` and a table `[roles]` in which each role has
/// `{ fg = COLOUR, bg = COLOUR, bold = true, … }`.
package enum ThemeFile {
    /// The theme of that name: the user's own in `themes/NAME.toml` of the config folder, else one that is built in.
    /// With problems, what is right in the file still counts, over the terminal theme.
    package static func load(named name: String, paths: XDGPaths) -> (theme: Theme, problems: [ConfigProblem]) {
        let file = "\(paths.config)/themes/\(name).toml"
        guard isName(name) else {
            let message = "a theme's name has letters, digits, - and _ only; found \(quoted(name))"
            return (.terminal, [ConfigProblem(file: paths.configFile, line: nil, message: message)])
        }
        do {
            if let text = try TextFile.read(file) { return parse(text, file: file) }
        } catch {
            return (.terminal, [ConfigProblem(file: file, line: nil, message: error.reason)])
        }
        if let text = Themes.all.first(where: { $0.name == name })?.text { return parse(text, file: "\(name).toml") }
        let known = Themes.all.map(\.name).joined(separator: ", ")
        let message = "there is no such theme; built in: \(known)"
        return (.terminal, [ConfigProblem(file: file, line: nil, message: message)])
    }

    /// - Parameter base: gives the roles that the text does not name.
    package static func parse(
        _ text: String, file: String, over base: Theme = .terminal
    ) -> (theme: Theme, problems: [ConfigProblem]) {
        var theme = base
        var reader: TOMLReader
        switch TOMLReader.open(text, file: file) {
        case .success(let opened): reader = opened
        case .failure(let problem): return (theme, [problem])
        }
        var named: Set<Role> = []
        for (key, value) in reader.root.entries {
            switch key {
            case "name": if let name = reader.string(value, at: [key]) { theme.name = name }
            case "appearance":
                let choices = Theme.Appearance.allCases.map(\.rawValue)
                if let word = reader.string(value, at: [key], oneOf: choices),
                    let appearance = Theme.Appearance(rawValue: word)
                {
                    theme.appearance = appearance
                }
            case "roles":
                guard let roles = reader.table(value, at: [key]) else { continue }
                for (key, value) in roles.entries {
                    guard let role = Role(name: key) else {
                        reader.unknown(key, value, known: Role.allCases.map(\.name))
                        continue
                    }
                    guard let table = reader.table(value, at: ["roles", key]) else { continue }
                    theme[role] = style(table, at: ["roles", key], &reader)
                    if table.entries.contains(where: { $0.key == "bg" }) { named.insert(role) }
                }
            default: reader.unknown(key, value, known: ["name", "appearance", "roles"])
            }
        }
        theme.spreadBackground(exceptUnder: named)
        return (theme, reader.problems)
    }

    private static let attributes: KeyValuePairs<String, Attributes> = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]

    private static func style(_ table: TOMLTable, at path: [String], _ reader: inout TOMLReader) -> Style {
        var foreground = Color.default
        var background = Color.default
        var attributes: Attributes = []
        for (key, value) in table.entries {
            let path = path + [key]
            switch key {
            case "fg": foreground = color(value, at: path, &reader) ?? .default
            case "bg": background = color(value, at: path, &reader) ?? .default
            default:
                guard let attribute = Self.attributes.first(where: { $0.key == key })?.value else {
                    reader.unknown(key, value, known: ["fg", "bg"] + Self.attributes.map(\.key))
                    continue
                }
                if reader.bool(value, at: path) == true { attributes.insert(attribute) }
            }
        }
        return Style(foreground: foreground, background: background, attributes: attributes)
    }

    private static func color(
        _ value: TOMLNode, at path: [String], _ reader: inout TOMLReader
    ) -> Color? {
        switch value.value {
        case .string(let name): if let color = Color(name: name) { return color }
        case .integer(let number): if let index = UInt8(exactly: number) { return .indexed(index) }
        default: break
        }
        reader.mismatch(
            value, at: path, expected: "a colour: \"cyan\", \"bright-cyan\", \"#30a0ff\", \"default\" or 0-255")
        return nil
    }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}

extension Color {
    private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    /// `red`, `bright-red`, `default` or `#rrggbb`.
    package init?(name: String) {
        if name == "default" {
            self = .default
        } else if name.hasPrefix("#") {
            let digits = name.dropFirst()
            guard digits.utf8.count == 6, digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
                let value = UInt32(digits, radix: 16)
            else { return nil }
            self = .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
        } else if name == "gray" || name == "grey" {
            self = .ansi(8)
        } else {
            let isBright = name.hasPrefix("bright-")
            let plain = isBright ? String(name.dropFirst(7)) : name
            guard let index = Self.names.firstIndex(of: plain) else { return nil }
            self = .ansi(UInt8(index + (isBright ? 8 : 0)))
        }
    }
}
