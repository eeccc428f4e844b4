import Providers
import Testing

/// Long pages of nothing but markup.
@Suite struct HTMLTimeSlowTests {
    /// A minute is a thousand times what they take where each byte is looked at once, and less than they took before.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "<a href='https://shop.example/x'>y", "<a href='https://a.example'>x</a>", "[a=\"", "[a='[a=\"", "&lt;!--",
            "<a href='https://https://https://https://'>https://", "<li><ul>", "<td><table>", "[vc_raw_html]", "<!--",
        ])
    func readingTakesTimeByTheByte(_ piece: String) {
        for tail in ["", "</a>", "]"] {
            let count = HTMLText.mostBytes / (piece.utf8.count + tail.utf8.count) / (tail.isEmpty ? 1 : 2)
            let html = String(repeating: piece, count: count) + String(repeating: tail, count: tail.isEmpty ? 0 : count)
            _ = HTMLText.lines(html, limit: 2000)
            _ = HTMLText.links(html)
        }
    }
}
