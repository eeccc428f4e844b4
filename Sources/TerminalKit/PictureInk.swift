/// The colours that a picture has where a theme leaves them to the terminal: a dark one's, each readable on its background.
struct PictureInk {
    private static let (foreground, background) = ("#d8dee9", "#16191f")

    private static let sixteen = [
        "#1d2129", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9",
        "#7f8a9e", "#ff7b86", "#b5e08d", "#ffd68a", "#82c4ff", "#dd9af0", "#7bd5e0", "#ffffff",
    ]

    /// What is behind the text: where reversed, its foreground. `.default` for the text's own colour would be mistaken
    /// for the background's, so a reversed default is the terminal's white.
    static func background(of style: Style) -> Color {
        guard style.attributes.contains(.reverse) else { return style.background }
        return style.foreground == .default ? .ansi(7) : style.foreground
    }

    func background(_ color: Color) -> String { color == .default ? Self.background : hex(color) }

    /// The rules of style for text: its colour and its weight.
    func rules(for style: Style) -> String {
        let isReversed = style.attributes.contains(.reverse)
        let color = isReversed ? background(style.background) : hex(style.foreground)
        var rules = "fill:" + color
        if style.attributes.contains(.bold) { rules += ";font-weight:bold" }
        if style.attributes.contains(.dim) { rules += ";opacity:.65" }
        if style.attributes.contains(.italic) { rules += ";font-style:italic" }
        if style.attributes.contains(.underline) { rules += ";text-decoration:underline" }
        return rules
    }

    private func hex(_ color: Color) -> String {
        switch color {
        case .default: return Self.foreground
        case .ansi(let number): return Self.sixteen[Int(number & 15)]
        case .indexed(let number) where number < 16: return Self.sixteen[Int(number)]
        case .indexed(let number):
            let found = XtermPalette.color(number)
            return Self.hex(found.red, found.green, found.blue)
        case .rgb(let red, let green, let blue): return Self.hex(red, green, blue)
        }
    }

    private static func hex(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
