import Domain
import Testing
import Text

@testable import ShowServer

@Suite struct ToolTests {
    /// The examples of FIPS 180-4, and the lengths at which the padding changes its shape.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    ])
    func sha256(_ text: String, _ hash: String) {
        #expect(SHA256.hex(text.utf8) == hash)
    }

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
