import Domain
import Text

/// Commands that a person can paste into a shell, about the channel that is asked.
extension Session {
    /// Such as `vitrine address --ask --channel 'Ana’s lamps'`.
    func hint(_ words: String...) -> String {
        (["vitrine"] + words.map { Self.shellWord($0) }).joined(separator: " ") + pointing
    }

    /// How a form is bought, one of several or the only one.
    func hintToBuy(_ sku: SKU, of product: Product) -> String {
        "To buy \(product.variants.count > 1 ? "one" : "it"): " + hint("buy", sku.rawValue) + " --max-total AMOUNT"
    }

    /// As a shell reads it as one word, with nothing in it that means something to the shell.
    static func shellWord(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_./:@%+=,".unicodeScalars.contains(scalar)
            }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
