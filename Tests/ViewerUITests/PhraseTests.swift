import Testing
import Text
import ViewerUI

@Suite struct PhraseTests {
    @Test("Never longer than the truth, and no odd second is read aloud")
    func validity() {
        let cases: [(Int, SafeText)] = [
            (301, "5 minutes"), (299, "4 minutes"), (119, "1 minute"), (60, "1 minute"), (59, "50 seconds"),
            (10, "10 seconds"), (9, "9 seconds"), (1, "1 second"), (0, "0 seconds"), (-5, "0 seconds"),
        ]
        for (seconds, words) in cases { #expect(Phrase.validity(.seconds(seconds)) == words, "\(seconds)") }
    }
}
