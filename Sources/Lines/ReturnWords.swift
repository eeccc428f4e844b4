import AppCore
import Domain
import ViewerUI

extension ReturnReason {
    /// The reason as one word: `does-not-fit`.
    package var word: String { rawValue.replacing("_", with: "-") }

    package init?(word: String) { self.init(rawValue: word.replacing("-", with: "_")) }
}

extension Order {
    /// Why the shop would not take it back; nil where it can be asked.
    package var reasonAgainstReturn: String? {
        if course.canReturn { return nil }
        if course.returning != nil { return "a return of order \(id) has been asked for already" }
        return status == .delivered || status == .completed
            ? "the time to send order \(id) back is over"
            : "order \(id) is \(Phrase.status(status)); only what has been delivered can be sent back"
    }
}
