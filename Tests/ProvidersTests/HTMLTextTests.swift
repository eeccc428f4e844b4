import Providers
import SeededRandom
import Testing

/// A stranger's HTML, as a person reads it.
@Suite struct HTMLTextTests {
    @Test(arguments: [
        ("<p>Soft &amp; warm.</p>", "Soft & warm."), ("one<br>two<br/>three", "one two three"),
        ("<ul><li>96 pages</li><li>dotted</li></ul>", "96 pages dotted"), ("a <b>b</b>c", "a bc"),
        ("1 < 2 &lt; 3 > 0", "1 < 2 < 3 > 0"), ("&#8220;x&#x201d;", "“x”"), ("AT&T &unknown; &", "AT&T &unknown; &"),
        ("x<script>alert('<p>')</script>y", "xy"), ("x<STYLE>p{}</Style>y", "xy"), ("x<script>never ends", "x"),
        ("x<!-- <b>no</b> -->y", "xy"), ("x<!-- never ends", "x"), ("it's <a href='x'>it</a>'s", "it's it's"),
        ("<img src=x alt=\":wave:\" onerror=y>", ":wave:"), ("<img alt='a &gt; b'>", "a > b"),
        ("<a href=\"https://shop.example/x?a=1&amp;b=2\">cup</a>!", "cup https://shop.example/x?a=1&b=2!"),
        ("<a href=\"https://shop.example/\">https://shop.example/</a>", "https://shop.example/"),
        ("<a href=\"javascript:alert(1)\">cup</a>", "cup"), ("<div", ""), ("<a href=\"x", ""), ("</", ""),
        ("&#0;&#xD800;&#99999999999;", "\u{FFFD}\u{FFFD}&#99999999999;"), ("", ""), ("  a \n\t b  ", "a b"),
        ("&nbsp;a", " a"), ("Kühe<p>über</p>日本", "Kühe über 日本"),
    ])
    func isText(_ html: String, _ text: String) { #expect(HTMLText.plain(html) == text) }

    @Test func endsWhateverItIsGiven() {
        for seed in 0..<400 as Range<UInt64> {
            var random = Seeded(seed)
            let pieces = [
                "<", ">", "&", ";", "a", "\"", "'", "=", "/", "!", "--", "script", "#x", "é", " ", "img alt", "\0",
            ]
            let html = (0..<200).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let text = HTMLText.plain(html)
            #expect(text.utf8.count <= html.utf8.count * 3, "\(html)")
            _ = HTMLText.safe(html, limit: 20)
        }
    }

    @Test func aPageOfMarkupIsReadInOnePass() {
        #expect(HTMLText.plain(String(repeating: "<a href='", count: 50_000)).utf8.count < 10)
        #expect(HTMLText.plain(String(repeating: "&", count: 100_000)).utf8.count <= 65_536)
        #expect(HTMLText.safe(String(repeating: "<p>ab</p>", count: 9), limit: 5).string == "ab ab")
    }
}

@Suite struct HTMLLinkTests {
    @Test(arguments: [
        ("<a href='https://a.example/x?y=1&amp;z=2'>here</a>", ["https://a.example/x?y=1&z=2"]),
        (
            "<a href=\"https://a.example\">https://a.example</a> <a href=https://b.example>b</a>",
            ["https://a.example", "https://b.example"]
        ),
        ("see (https://a.example/x). And http://b.example/!", ["https://a.example/x", "http://b.example/"]),
        ("<a href='javascript:alert(1)'>https://a.example</a>", []), ("<a>https://</a>", []), ("nothing", []),
        ("<a href='https://a.example/\u{202e}x'>x</a>", []),
    ])
    func areFound(_ html: String, _ links: [String]) { #expect(HTMLText.links(html) == links) }
}
