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

    @Test(arguments: [
        ("<h2>Care</h2><p>Wash <b>cold</b>.</p>", ["Care", "Wash cold."]), ("one<br>two", ["one", "two"]),
        ("<ul><li>96 pages</li><li><p>dotted</p></li></ul>after", ["• 96 pages", "• dotted", "after"]),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", ["1. a", "◦ b", "2. c"]),
        (
            "<table><tr><th>Size<th>Chest</tr><tr><td>S</td><td><p>88 cm</p></td></tr></table>x",
            ["Size | Chest", "S | 88 cm", "x"]
        ),
        ("a\n b <div>\n\n</div>  c", ["a b", "c"]), ("<dl><dt>Fibre<dd>Wool</dl>", ["Fibre", "Wool"]), ("", []),
        ("<td>a<td>b", ["a | b"]),
    ])
    func keepsItsLines(_ html: String, _ lines: [String]) {
        #expect(HTMLText.lines(html, limit: 2000).lines.map(\.string) == lines)
    }

    @Test(arguments: [
        "<style media=\"a>b\">.x{color:red}</style>", "<script type=x>if (a < b) { c() }</script>",
        "<!-- wp:paragraph {\"a\":1} -->", "<!--[if mso]><p>x</p><![endif]-->", "&lt;!-- wp:list --&gt;",
        "<![CDATA[ a { } > b ]]>", "<svg><title>t</title><path d='M0'/></svg>", "<iframe>x</iframe>",
        "<template><p>x</p></template>", "[vc_row css=\".vc_custom_1{margin: 0 !important;}\"]", "[/vc_row]",
        "[gallery ids=&#8221;1,2&#8243;]", "[vc_raw_html]JTNDZGl2JTNF[/vc_raw_html]",
        "[contact-form-7 id='5' title=\"[x]\"]",
        "[products limit=4 /]", "[gallery]", "[et_pb_text admin_label=\"Text\"]", "[my_code]",
    ])
    func codeIsNoText(_ code: String) {
        #expect(HTMLText.plain("before \(code) after").split(separator: " ") == ["before", "after"])
        #expect(HTMLText.lines("before \(code) after", limit: 2000).oneLine.string == "before after")
    }

    /// What shops leave of styles and scripts whose tags they take away.
    @Test func strayCodeIsNoText() {
        let html = """
            <p>.a{color:red}</p><p>Short <strong>text</strong>.</p>
            <p>.x &gt; p { color: red; }<br />
            var a = 1 &lt; 2; document.write(&#039;<b>hi</b>&#8216;);</p>
            <p>@media (max-width: 3px) { .b{margin:0} }<br />.c, #d {<br />margin: 0;<br />padding: 1px<br />}</p>
            <p>[vc_row][vc_column width=&#8221;1/2&#8243;]In a column.[/vc_column][/vc_row]</p><p>Fits [S] and [M]; 5 &lt; 6.</p>
            """
        #expect(HTMLText.lines(html, limit: 2000).lines == ["Short text.", "In a column.", "Fits [S] and [M]; 5 < 6."])
    }

    @Test(arguments: [
        "Set {small: 1, large: 2} of bowls", "let it cool (5 min)", "Size: 3; colour: red", "if (and only if) it fits",
        "{}", "}", "a {", "M {fits: 38}", "Use: wash, dry;", "var. alba (white)",
    ])
    func whatMightBeCodeStays(_ text: String) {
        #expect(HTMLText.lines("<p>\(text)</p>", limit: 2000).lines.map(\.string) == [text])
    }

    @Test(arguments: ["[new]", "[2 pieces]", "[sic]", "size [S]", "[a", "a]", "[]", "[Lamp one]", "[the one below]"])
    func wordsInBracketsAreText(_ text: String) { #expect(HTMLText.plain(text) == text) }

    @Test func whatAShortcodeFramesStays() {
        #expect(HTMLText.plain("[caption id=\"a\" width=\"3\"]<img alt=''> A lamp[/caption]") == "A lamp")
        #expect(
            HTMLText.lines("[vc_column_text]One[/vc_column_text][vc_column_text]Two[/vc_column_text]", limit: 99).lines
                == ["One", "Two"])
    }

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
