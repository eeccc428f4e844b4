import TerminalKit

/// Brings a colour down to what the terminal has: true colour, 256, 16, 8 or none.
struct ColorQuantizer {
    /// 0 where the terminal has no colours.
    let colors: Int

    struct Found: Equatable {
        /// The terminal's number of the colour, -1 for its default.
        var index: Int32
        /// A bright colour of a terminal that has only eight: bold says it.
        var isBrightened = false

        static let none = Found(index: -1)
    }

    /// Both colours of a style. Two that a theme keeps apart may come down to nearly the same: the text is black or white
    /// then. What a user's terminal makes of its own sixteen is the user's.
    func pair(_ style: Style) -> (foreground: Found, background: Found) {
        var foreground = index(style.foreground)
        let background = index(style.background)
        if colors > 0, !isDirect, background.index >= 0, foreground.index >= 0, !foreground.isBrightened,
            style.foreground.isFixed || style.background.isFixed
        {
            let paper = Self.color(Int(background.index)).brightness
            let ink = Self.color(Int(foreground.index)).brightness
            if abs(ink - paper) < Self.legible {
                // Of 256, those that are the same everywhere.
                let (white, black): (Int32, Int32) = colors >= 256 ? (231, 16) : (7, 0)
                foreground.index = paper < 128 ? white : black
            }
        }
        return (foreground, background)
    }

    /// The least difference of brightness, of 255, at which text is left as it is.
    private static let legible = 100

    init(colors: Int) { self.colors = colors < 8 ? 0 : colors }

    func index(_ color: Color) -> Found {
        guard colors > 0 else { return .none }
        switch color {
        case .default: return .none
        case .ansi(let number): return basic(Int(number & 15))
        case .indexed(let number): return number < 16 ? basic(Int(number)) : indexed(Int(number))
        case .rgb(let red, let green, let blue): return nearest(RGB(red, green, blue))
        }
    }

    private var isDirect: Bool { colors > 256 }

    private func basic(_ number: Int) -> Found {
        if number < 8 || (colors >= 16 && !isDirect) { return Found(index: Int32(number)) }
        if isDirect { return nearest(Self.color(number)) }
        return Found(index: Int32(number - 8), isBrightened: true)
    }

    private func indexed(_ number: Int) -> Found {
        if colors >= 256 && !isDirect { return Found(index: Int32(number)) }
        return nearest(Self.color(number))
    }

    private func nearest(_ color: RGB) -> Found {
        if isDirect {
            // The lowest eight numbers of a direct-colour terminal are the basic colours.
            return Found(index: Int32(max(color.red << 16 | color.green << 8 | color.blue, 8)))
        }
        if colors >= 256 {
            let cube = 16 + 36 * Self.level(color.red) + 6 * Self.level(color.green) + Self.level(color.blue)
            let average = (color.red + color.green + color.blue) / 3
            let grey = 232 + min(max((average - 3) / 10, 0), 23)
            let isGrey = Self.color(grey).distance(to: color) < Self.color(cube).distance(to: color)
            return Found(index: Int32(isGrey ? grey : cube))
        }
        return Found(index: Int32(nearestOfFew(color)))
    }

    /// Of eight or sixteen: by distance alone many a grey would be a red, so greys stay grey and others keep their hue.
    private func nearestOfFew(_ color: RGB) -> Int {
        let choices =
            color.isGrey ? [0, 7, 8, 15] : (1...6).filter { Self.color($0).hue == color.hue }.flatMap { [$0, $0 + 8] }
        let best = choices.filter { $0 < colors }.min {
            Self.color($0).distance(to: color) < Self.color($1).distance(to: color)
        }
        return best ?? 7
    }

    struct RGB {
        var red, green, blue: Int

        init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
            self.red = Int(red)
            self.green = Int(green)
            self.blue = Int(blue)
        }

        /// As W3C's AERT weighs the channels, 0…255.
        var brightness: Int { (299 * red + 587 * green + 114 * blue) / 1000 }

        /// So dark or so pale that no hue is seen.
        var isGrey: Bool {
            let (low, high) = (min(red, green, blue), max(red, green, blue))
            return high - low < 40 || (high - low) * 10 < high * 3
        }

        /// Which channels are strong: that of the nearest of the six pure colours.
        var hue: [Bool] {
            let (low, high) = (min(red, green, blue), max(red, green, blue))
            return [red, green, blue].map { ($0 - low) * 2 > high - low }
        }

        func distance(to other: RGB) -> Int {
            let (r, g, b) = (red - other.red, green - other.green, blue - other.blue)
            return r * r + g * g + b * b
        }
    }

    /// The step of the 6×6×6 cube that is nearest to a channel's value.
    private static func level(_ value: Int) -> Int {
        value < 48 ? 0 : value < 115 ? 1 : min((value - 35) / 40, 5)
    }

    private static func color(_ number: Int) -> RGB {
        let found = XtermPalette.color(UInt8(clamping: number))
        return RGB(found.red, found.green, found.blue)
    }
}

extension Color {
    /// The same on every terminal.
    fileprivate var isFixed: Bool {
        switch self {
        case .rgb: true
        case .indexed(let number): number >= 16
        case .default, .ansi: false
        }
    }
}
