import Testing

@testable import Settings

@Suite struct TOMLTests {
    /// A tree as one line, with each key's line.
    private func shown(_ text: String) -> String {
        func show(_ node: TOMLNode) -> String {
            switch node.value {
            case .string(let text): "\"\(text)\""
            case .integer(let number): "\(number)"
            case .float(let number): "\(number)"
            case .bool(let value): "\(value)"
            case .date(let text): "<\(text)>"
            case .array(let nodes, _): "[" + nodes.map(show).joined(separator: " ") + "]"
            case .table(let table): show(table)
            }
        }
        func show(_ table: TOMLTable) -> String {
            "{" + table.entries.map { "\($0.key)@\($0.node.line)=\(show($0.node))" }.joined(separator: " ") + "}"
        }
        do throws(TOMLSyntaxError) {
            return show(try TOMLParser.parse(text))
        } catch {
            return "\(error.line): \(error.message)"
        }
    }

    @Test(
        arguments: [
            ("", "{}"), ("# only\r\n\t\n", "{}"), ("a = 1 # c", "{a@1=1}"),
            ("\n a.b . c = true", "{a@2={b@2={c@2=true}}}"),
            ("\"x.y\".'z' = 0", "{x.y@1={z@1=0}}"), ("1 = 2", "{1@1=2}"), ("\"\" = 0", "{@1=0}"),
            ("[a]\nb=1\n[a.c]\nd=2\n[e]", "{a@1={b@2=1 c@3={d@4=2}} e@5={}}"),
            ("[a.b]\n[a]\nc=1", "{a@1={b@1={} c@3=1}}"),
            ("[[a]]\nb=1\n[[a]]\n[a.c]\nd=1", "{a@1=[{b@2=1} {c@4={d@5=1}}]}"),
            ("a = [1, 2,\n# c\n'x',\n]", "{a@1=[1 2 \"x\"]}"), ("a = [[], [[1]]]", "{a@1=[[] [[1]]]}"),
            ("a = { b = 1, c.d = 'x' }\ne = {}", "{a@1={b@1=1 c@1={d@1=\"x\"}} e@2={}}"),
            ("a = [+1, -0, 1_000, 0xFf, 0o17, 0b10]", "{a@1=[1 0 1000 255 15 2]}"),
            ("a = [1.5, -2e3, 1_0.0_1, 6.0E-2]", "{a@1=[1.5 -2000.0 10.01 0.06]}"),
            ("a = [inf, -inf]", "{a@1=[inf -inf]}"), ("a = 1979-05-27T07:32:00Z", "{a@1=<1979-05-27T07:32:00Z>}"),
            ("a = 07:32:00", "{a@1=<07:32:00>}"), ("a = 9223372036854775807", "{a@1=9223372036854775807}"),
            (#"a = "\t\"\\\u00e9\U0001F600""#, "{a@1=\"\t\"\\é😀\"}"), (#"a = 'c:\x'"#, #"{a@1="c:\x"}"#),
            ("a = \"\"\"\nx\r\ny\"\"\"\nb = 1", "{a@1=\"x\ny\" b@4=1}"),
            ("a = \"\"\"x \\\n\n  y\"\"\"", "{a@1=\"x y\"}"),
            ("a = '''\n'x'\n'''''", "{a@1=\"'x'\n''\"}"), ("a = \"\"", "{a@1=\"\"}"),
        ])
    func isRead(text: String, tree: String) {
        #expect(shown(text) == tree)
    }

    @Test(
        arguments: [
            ("a", "1: expected = after a key"), ("= 1", "1: expected a key"), ("a =", "1: expected a value"),
            ("a = b", "1: \"b\" is no value; a text needs quotes"), ("a = 1 b = 2", "1: expected the end of the line"),
            ("\na = 1\na = 2", "3: \"a\" is already given in line 2"),
            ("[a]\n[a]", "2: \"a\" is already given in line 1"),
            ("a = 1\n[a]", "2: \"a\" is already given in line 1"),
            ("a = {}\na.b = 1", "2: \"a\" is already given in line 1"),
            ("a = {}\n[a.b]", "2: \"a\" is already given in line 1"),
            ("a = []\n[[a]]", "2: \"a\" is already given in line 1"),
            ("[a.b]\n[a]\nb.c = 1", "3: \"b\" is already given in line 1"),
            ("[a", "1: expected ] after a table's name"),
            ("[[a]", "1: expected ] after a table's name"), ("[]", "1: expected a key"),
            ("a. = 1", "1: expected a key"),
            ("a = \"x", "1: expected \" at the end of a text"), ("a = 'x\n'", "1: expected ' at the end of a text"),
            ("a = \"\"\"x\n\n", "3: expected \"\"\" at the end of a text"), ("a = [1", "1: expected , or ] in a list"),
            ("a = {b = 1", "1: expected , or } in a table"), ("a = {b = 1,}", "1: expected a key"),
            ("a = \"\u{1}\"", "1: a control character is not allowed here"),
            ("# \0", "1: a control character is not allowed here"),
            (#"a = "\u12""#, "1: \\u needs the 4 digits of a character"),
            (#"a = "\ud800""#, "1: \\u needs the 4 digits of a character"),
            ("a = 9223372036854775808", "1: \"9223372036854775808\" is no value; a text needs quotes"),
        ])
    func isRefused(text: String, message: String) {
        #expect(shown(text) == message)
    }

    @Test(arguments: [
        "01", "1__0", "_1", "1_", "0x", "+0x1", "1.", ".1", "1.e2", "--1", "+-1", "1e", "True", "0x-1", "1_.5",
    ])
    func isNoNumber(word: String) {
        #expect(shown("a = \(word)") == "1: \"\(word)\" is no value; a text needs quotes")
    }

    @Test func depthIsBounded() {
        for opening in ["[", "{a="] {
            let text = "a = " + String(repeating: opening, count: 100_000)
            #expect(shown(text) == "1: lists and tables are nested too deeply")
        }
        let dotted = String(repeating: "a.", count: 100_000) + "a = 1"
        #expect(shown(dotted) == "1: a key has too many parts")
    }
}
