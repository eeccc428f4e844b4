import Domain
import Settings
import ViewerUI

/// What the user's settings decide about the viewer, as they were read; they may be read again while it runs.
package struct ViewerSettings {
    package var themes: [String]
    /// The theme that the settings name.
    package var theme: String
    package var themeNamed: (String) -> Theme
    /// No movement that carries no information.
    package var reduceMotion: Bool
    package var keymap: Keymap
    /// Whether the mouse means anything.
    package var mouse: Bool
    /// Words, and people as `@name`, whose chat messages are not shown.
    package var mutes: [String]
    package var budget: Budget
    package var problems: [ConfigProblem]

    package init(
        themes: [String], theme: String, themeNamed: @escaping (String) -> Theme, reduceMotion: Bool, keymap: Keymap,
        mouse: Bool, mutes: [String], budget: Budget, problems: [ConfigProblem]
    ) {
        self.themes = themes
        self.theme = theme
        self.themeNamed = themeNamed
        self.reduceMotion = reduceMotion
        self.keymap = keymap
        self.mouse = mouse
        self.mutes = mutes
        self.budget = budget
        self.problems = problems
    }
}
