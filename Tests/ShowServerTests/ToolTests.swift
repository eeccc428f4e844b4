import Domain
import Testing
import Text

@testable import ShowServer

@Suite struct ToolTests {
    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false), ("a", false),
        ("", false), (",,,", false),
    ])
    func entityTags(_ header: String, _ matches: Bool) {
        #expect(Answer.matches(header, "\"a\"") == matches)
    }

    /// The short way of writing an event gives the same bytes as the general one.
    @Test(arguments: [
        "plain", "", "🔥 ليلى さくら", "\"quoted\" \\ /slash/", "\u{1}\u{8}\u{1f}\n\r\t\u{c}\u{7f}", "\u{2028}",
    ])
    func eventsAreWrittenAlike(_ text: String) throws {
        let now = Timestamp(milliseconds: 1_795_443_065_120)
        let kinds: [TimelineEvent.Kind] = [
            .chat(
                ChatMessage(
                    id: MessageID("m" + text), author: SafeText(text), role: .host, text: SafeText(text), at: now)),
            .chat(ChatMessage(id: "m", author: "a", text: SafeText(text), at: now, authorID: text)),
            .stock(SKU("S" + text), 3),
            .reactions(12), .chatRemoved(MessageID("m" + text)), .viewers(nil), .highlight(["a"]),
        ]
        for kind in kinds {
            let event = TimelineEvent(sequence: 7, at: now, kind: kind)
            #expect(try EventWriter.bytes(event) == WireCoding.encode(event))
        }
    }
}
