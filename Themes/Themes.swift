/// The theme files that every copy of the program carries inside.
package enum Themes {
    /// The one that is used when nothing else is said: TOML, in the format of the files that a user writes.
    package static var terminal: String { String(decoding: PackageResources.terminal_toml, as: UTF8.self) }

    /// By the name that a user gives in `theme = "…"`.
    package static func text(named name: String) -> String? {
        name == "terminal" ? terminal : nil
    }

    package static let names = ["terminal"]
}
