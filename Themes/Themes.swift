/// The theme files that every copy of the program carries inside: TOML, in the format of the files that a user writes.
package enum Themes {
    /// The one that is used when nothing else is said.
    package static var terminal: String { text(PackageResources.terminal_toml) }

    /// By the names that a user gives in `theme = "…"`, in the order in which a key goes through them.
    package static let all: [(name: String, text: String)] = [
        ("terminal", terminal), ("midnight", text(PackageResources.midnight_toml)),
        ("paper", text(PackageResources.paper_toml)), ("ember", text(PackageResources.ember_toml)),
        ("fjord", text(PackageResources.fjord_toml)), ("high-contrast", text(PackageResources.high_contrast_toml)),
        ("colour-blind", text(PackageResources.colour_blind_toml)),
        ("monochrome", text(PackageResources.monochrome_toml)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
