import Domain
import Text

/// One line that tells the user what just happened; it goes by itself.
package struct Notice: Hashable, Sendable {
    package enum Tone: Sendable { case information, success, warning, problem }

    package var text: SafeText
    package var tone: Tone
    package var until: Timestamp
    /// Key that does something about it; stands after the text.
    package var key: KeyHint?

    package init(text: SafeText, tone: Tone, until: Timestamp, key: KeyHint? = nil) {
        self.text = text
        self.tone = tone
        self.until = until
        self.key = key
    }
}

/// A key by its meaning, which drawing knows the name of, and the words after it: `B` and `buys it.`
package struct KeyHint: Hashable, Sendable {
    package let intent: UserIntent
    package let words: SafeText

    package init(_ intent: UserIntent, _ words: SafeText) {
        self.intent = intent
        self.words = words
    }
}
