import Domain
import Text

/// E-mail addresses as shops give them back: some set them as they would set a text, so that `48x17` comes back as `48×17`
/// and `o'neil` as `o’neil`, both perhaps as entities.
enum EmailAddress {
    private static let plain: [Character: String] = [
        "×": "x", "’": "'", "‘": "'", "′": "'", "“": "\"", "”": "\"", "″": "\"", "–": "--", "—": "---", "…": "...",
        "™": "(tm)",
    ]

    /// Tells whether both name one mailbox, whatever was made of their letters on the way.
    static func isSame(_ a: String, _ b: String) -> Bool { a == b || folded(a) == folded(b) }

    private static func folded(_ address: String) -> String {
        HTMLText.plain(address).lowercased().reduce(into: "") { $0 += plain[$1] ?? String($1) }
    }
}
