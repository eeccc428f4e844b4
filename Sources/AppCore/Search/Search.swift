import Domain
import Text

/// What a search looks through.
package enum SearchPlace: Hashable, Sendable {
    case shows, follows, hostPage, wishes, orders, lineUp, chat
    /// A page's, by a name that no other has.
    case page(String)
}

/// What is searched for, place by place; nothing where no search is on.
package struct Search: Sendable {
    /// Pause in the typing after which shops are asked for what they find.
    package static let pause = Duration.milliseconds(400)

    private var texts: [SearchPlace: SafeText] = [:]

    package init() {}

    package subscript(place: SearchPlace) -> SafeText {
        get { texts[place] ?? "" }
        set { texts[place] = newValue.isEmpty ? nil : newValue }
    }

    /// Words that are searched for, as shops are asked for them: one space between each two.
    package func words(in place: SearchPlace) -> String {
        self[place].string.split(separator: " ").joined(separator: " ")
    }

    package func needle(in place: SearchPlace) -> Needle { Needle(self[place]) }
    package func isOn(in place: SearchPlace) -> Bool { texts[place] != nil }
}
