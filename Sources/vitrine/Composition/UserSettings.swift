import AppCore
import CurlTransport
import Lines
import Settings
import Viewer
import ViewerUI

/// What the user's files say, as they are at one moment, with all that is wrong in them.
struct UserSettings {
    let config: Config
    let problems: [ConfigProblem]
    private let paths: XDGPaths
    private let keyBindings: KeyBindings

    init(_ paths: XDGPaths) {
        self.paths = paths
        let (config, problems) = Config.load(
            paths, actions: Set(UserIntent.allCases.map(\.rawValue)), hostNames: .curl)
        self.config = config
        keyBindings = KeyBindings(config.keys, file: paths.configFile)
        self.problems = problems + keyBindings.problems
    }

    /// Those of the viewer's screen; the theme's file is read as well.
    var viewer: ViewerSettings {
        let catalogue = ThemeCatalogue(paths)
        let refusesColour = Theme.refusesColour(Surroundings.environment)
        return ViewerSettings(
            themes: catalogue.names, theme: config.theme,
            themeNamed: { name in
                let theme = catalogue.theme(named: name).theme
                return refusesColour ? theme.withoutColours : theme
            }, reduceMotion: config.reduceMotion, keymap: Keymap(keyBindings), mouse: config.mouse, mutes: config.mute,
            budget: config.budget, problems: problems + catalogue.theme(named: config.theme).problems)
    }
}
