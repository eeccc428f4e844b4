import TerminalKit
import Themes

/// A style for every role.
package struct Theme: Sendable, Equatable {
    /// The background that a theme is made for.
    package enum Appearance: String, CaseIterable, Sendable {
        case light, dark, any
    }

    package var name: String
    package var appearance: Appearance
    /// By the role's number.
    private var styles: [Style]
    /// The dark modules of a QR code on its light ones: what reads them with a camera has no theme.
    package private(set) var code = Style(foreground: .rgb(0, 0, 0), background: .rgb(255, 255, 255))

    /// No colour and no attribute anywhere.
    package static let plain = Theme(name: "plain", appearance: .any)

    /// The terminal's own sixteen colours; what `theme` is when nothing is said.
    package static let terminal = ThemeFile.parse(Themes.terminal, file: "terminal.toml", over: .plain).theme

    package init(name: String, appearance: Appearance) {
        self.name = name
        self.appearance = appearance
        styles = Array(repeating: .plain, count: Role.allCases.count)
    }

    package subscript(_ role: Role) -> Style {
        get { styles[role.rawValue] }
        set { styles[role.rawValue] = newValue }
    }

    /// A theme with a background of its own has it behind every role that names none.
    mutating func spreadBackground(exceptUnder named: Set<Role>) {
        let background = self[.text].background
        for role in Role.allCases where self[role].background == .default && !named.contains(role) {
            self[role] = self[role].on(background)
        }
    }

    /// For `NO_COLOR`, and for terminals without colours: attributes only. What stood out from the text's background stands
    /// out by being reversed.
    package var withoutColours: Theme {
        var theme = self
        let ground = self[.text].background
        theme.styles = styles.map { style in
            let isMarked = style.background != ground
            return Style(attributes: isMarked ? style.attributes.union(.reverse) : style.attributes)
        }
        // On a dark terminal this is dark on light; most readers take the other as well.
        theme.code = Style(attributes: .reverse)
        return theme
    }

    /// Whether `NO_COLOR` is set and not empty (no-color.org).
    package static func refusesColour(_ environment: [String: String]) -> Bool {
        environment["NO_COLOR"]?.isEmpty == false
    }
}
