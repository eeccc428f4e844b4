import Glibc
import TerminalKit

/// Colour schemes in the form of base16 (github.com/tinted-theming/home, styling.md): sixteen colours, `base00` the
/// background to `base07` the strongest text, then `base08` red, `09` orange, `0A` yellow, `0B` green, `0C` cyan, `0D`
/// blue, `0E` magenta, `0F` brown.
package enum Base16 {
    package enum Problem: Error, Equatable, CustomStringConvertible {
        case missing(String)
        case notAName(String)

        package var description: String {
            switch self {
            case .missing(let key):
                "no base16 scheme: it has no colour \(key); expected base00 to base0F, such as base00: \"181818\""
            case .notAName(let name): "a theme's name has letters, digits, - and _ only; found \(quoted(name))"
            }
        }
    }

    /// A theme file's text. Colours that would be hard to read on the scheme's background are made lighter or darker.
    package static func theme(from scheme: String, name: String) throws(Problem) -> String {
        guard ThemeFile.isName(name) else { throw .notAName(name) }
        let found = colours(in: scheme)
        var base: [RGB] = []
        for key in keys {
            guard let colour = found[key] else { throw .missing(key) }
            base.append(colour)
        }
        let (paper, ink) = (base[0], base[5])
        let readable = { (colour: RGB) in colour.readable(on: paper, orElse: ink) }
        let inks: KeyValuePairs<String, RGB> = [
            "text": ink, "dim": readable(base[4]), "strong": ink, "accent": readable(base[13]), "rule": base[2],
            "error": readable(base[8]), "ok": readable(base[11]), "stale": readable(base[4]), "input": ink,
            "header": readable(base[4]), "footer": readable(base[4]), "footer_key": ink, "live": readable(base[8]),
            "chat_name": readable(base[12]), "chat_host": readable(base[14]), "chat_moderator": readable(base[11]),
            "chat_own": ink, "chat_time": readable(base[4]), "link": readable(base[13]), "card": ink, "card_title": ink,
            "price": ink,
            "price_was": readable(base[4]), "price_drop": readable(base[11]), "stock_low": readable(base[9]),
            "sold_out": readable(base[8]),
        ]
        let attributes = [
            "strong": ", bold = true", "error": ", bold = true", "live": ", bold = true", "stale": ", italic = true",
            "input": ", underline = true", "link": ", underline = true", "footer_key": ", bold = true",
            "chat_host": ", bold = true",
            "chat_moderator": ", bold = true", "chat_own": ", bold = true", "card_title": ", bold = true",
            "price": ", bold = true", "price_drop": ", bold = true",
        ]
        let marks: KeyValuePairs<String, RGB> = [
            "warning": base[10], "selection": base[13], "header_active": base[13], "badge": base[13], "offer": base[10],
            "mention": base[13], "match": base[10],
        ]
        var lines = [
            "name = \"\(name)\"", "appearance = \"\(paper.luminance < ink.luminance ? "dark" : "light")\"", "",
            "[roles]",
        ]
        for (role, colour) in inks {
            let background = role == "text" ? ", bg = \"\(paper)\"" : ""
            lines.append("\(role) = { fg = \"\(colour)\"\(background)\(attributes[role] ?? "") }")
        }
        for (role, colour) in marks {
            let text = [paper, ink, .black, .white].max { $0.contrast(with: colour) < $1.contrast(with: colour) }
            lines.append("\(role) = { fg = \"\(text ?? .black)\", bg = \"\(colour)\", bold = true }")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let keys = (0..<16).map { "base0" + String($0, radix: 16, uppercase: true) }

    /// The scheme's lines `base0X: "rrggbb"`, at the top (as the format was first) or under `palette:` (as it is now).
    private static func colours(in scheme: String) -> [String: RGB] {
        var colours: [String: RGB] = [:]
        for line in scheme.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].filter { !$0.isWhitespace }
            let digits = line[line.index(after: colon)...].drop { !$0.isHexDigit }
            guard let known = keys.first(where: { $0.lowercased() == key.lowercased() }),
                let colour = RGB(hex: String(digits.prefix(6)))
            else { continue }
            colours[known] = colour
        }
        return colours
    }
}

/// A colour's channels, for reckoning with contrast.
struct RGB: Equatable, CustomStringConvertible {
    var red, green, blue: Double

    static let black = RGB(red: 0, green: 0, blue: 0)
    static let white = RGB(red: 255, green: 255, blue: 255)

    init(red: Double, green: Double, blue: Double) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    init?(hex: String) {
        guard case .rgb(let red, let green, let blue)? = Color(name: "#" + hex) else { return nil }
        self.init(red: Double(red), green: Double(green), blue: Double(blue))
    }

    var description: String {
        let digits = [red, green, blue].map { channel -> String in
            let text = String(Int(channel.rounded()), radix: 16)
            return text.count < 2 ? "0" + text : text
        }
        return "#" + digits.joined()
    }

    /// The relative luminance of WCAG 2.1.
    var luminance: Double {
        func linear(_ channel: Double) -> Double {
            let part = channel / 255
            return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// WCAG 2.1's contrast ratio, 1…21.
    func contrast(with other: RGB) -> Double {
        let (high, low) = (max(luminance, other.luminance), min(luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)
    }

    /// This colour, so much nearer to white or black as makes it legible on `paper` (4.5 to 1): its hue and saturation
    /// stay, since red is what an error is known by. `ink` where no lightness is enough.
    func readable(on paper: RGB, orElse ink: RGB) -> RGB {
        if contrast(with: paper) >= 4.5 { return self }
        let isTowardsWhite = ink.luminance > paper.luminance
        let start = lightness
        for step in 1...100 {
            let part = Double(step) / 100
            let colour = with(lightness: start + ((isTowardsWhite ? 1 : 0) - start) * part)
            if colour.contrast(with: paper) >= 4.5 { return colour }
        }
        return ink
    }

    private var most: Double { max(red, green, blue) / 255 }
    private var least: Double { min(red, green, blue) / 255 }

    /// That of HSL, 0…1.
    private var lightness: Double { (most + least) / 2 }

    /// The same hue and saturation, in HSL's sense, at another lightness: each channel keeps its place between the least
    /// and the most of them.
    private func with(lightness: Double) -> RGB {
        let room = 1 - abs(2 * self.lightness - 1)
        let saturation = room > 0 ? (most - least) / room : 0
        let chroma = saturation * (1 - abs(2 * lightness - 1))
        func moved(_ channel: Double) -> Double {
            let place = most > least ? (channel / 255 - least) / (most - least) : 0.5
            return (lightness + chroma * (place - 0.5)) * 255
        }
        return RGB(red: moved(red), green: moved(green), blue: moved(blue))
    }
}
