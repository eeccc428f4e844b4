import Foundation
import LiveAPI
import Testing

/// The kinds of texts in which parsers of JSON differ: what every one has to take, what none may, and what is left to
/// each, which is settled here.
@Suite struct JSONKindsTests {
    private func read(_ bytes: some Sequence<UInt8>) throws -> AnyJSON {
        try WireJSON.decode(AnyJSON.self, from: Data(bytes))
    }

    /// As what somebody asks for is read.
    private func readStrictly(_ bytes: some Sequence<UInt8>) throws -> AnyJSON {
        try WireJSON.decodeRequest(AnyJSON.self, from: Data(bytes))
    }

    @Test(
        "Has to be taken",
        arguments: [
            ("[ ]", .list([])), ("[\n]", .list([])),
            ("[null, 1, \"\", false]", .list([.null, .integer(1), .text(""), .bool(false)])),
            ("[1,null,null,2]", .list([.integer(1), .null, .null, .integer(2)])), ("[-0]", .list([.integer(0)])),
            ("[-1]", .list([.integer(-1)])), ("[1E22]", .list([.fraction(1e22)])), ("[1e-2]", .list([.fraction(0.01)])),
            ("[0e+1]", .list([.fraction(0)])), ("[123.456e78]", .list([.fraction(123.456e78)])),
            ("{}", .object([:])), ("{\"\":0}", .object(["": .integer(0)])),
            ("{\"a\":[]}", .object(["a": .list([])])), ("{\"foo\\u0000bar\":42}", .object(["foo\0bar": .integer(42)])),
            ("{\n\"a\"\t:\r\"b\"\n}", .object(["a": .text("b")])),
            (#"["\u0000"]"#, .list([.text("\0")])), (#"["\u0012"]"#, .list([.text("\u{12}")])),
            (#"["\uFFFF"]"#, .list([.text("\u{FFFF}")])), (#"["\uD83F\uDFFE"]"#, .list([.text("\u{1FFFE}")])),
            (#"["\uDBFF\uDFFF"]"#, .list([.text("\u{10FFFF}")])),
            (#"["\u200B\u2064"]"#, .list([.text("\u{200B}\u{2064}")])),
            (#"["\uFEFF"]"#, .list([.text("\u{FEFF}")])), (#"["\\u0000"]"#, .list([.text("\\u0000")])),
            (#"["\\\\n"]"#, .list([.text("\\\\n")])), (#"["a/*b*/c"]"#, .list([.text("a/*b*/c")])),
            ("[\"\u{7F}\u{2028}\u{2029}\"]", .list([.text("\u{7F}\u{2028}\u{2029}")])),
            ("[\"\u{10FFFF}\u{1B}\"]".replacing("\u{1B}", with: ""), .list([.text("\u{10FFFF}")])),
            ("\"\"", .text("")), ("-0.1", .fraction(-0.1)), (" true\n", .bool(true)),
        ] as [(String, AnyJSON)])
    func isTaken(text: String, value: AnyJSON) throws {
        #expect(try read(text.utf8) == value)
    }

    @Test(
        "May not be taken",
        arguments: [
            // Numbers.
            "[++1]", "[+1]", "[-01]", "[-012]", "[012]", "[-2.]", "[2.]", "[2.e3]", "[2.e-3]", "[.2e-3]", "[-.1]",
            "[0.e1]",
            "[0e]", "[0E+]", "[0.3e]", "[0.3e+]", "[1eE2]", "[1.0e]", "[1.0e-]", "[9.e+]", "[1 000]", "[1+2]", "[1ea]",
            "[-1x]", "[1.2a-3]", "[1.8011670033376514H-308]", "[0x1]", "[0x42]", "[Inf]", "[-Infinity]", "[nan]",
            "[-NaN]",
            "[- 1]", "[-foo]", "[\u{FF11}]", "[1_000]", "[1,5.]",
            // Lists.
            "[1 true]", "[a\n]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"",
            "[x", "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,\n1\n,1", "[{}",
            "[\"\u{B}a\"\\f]", "[*]", "[\"\"", "[1}", "[1]x", "[\"a\"\u{0}]",
            // Objects.
            "[\"x\", truth]", "{\"x\", null}", "{\"x\"::\"b\"}", "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"a\" b}",
            "{:\"b\"}",
            "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}",
            "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//", "{\"a\":\"b\"}/",
            "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }", "{\"a\":\"b\"}#",
            "{[: \"x\"}",
            "{\u{1F600}}", "{\"a\":1,\"b\"}", "{\"a\":-}",
            // Texts.
            #"["\uD800\"]"#, #"["\uD800\u"]"#, #"["\uD800\u1"]"#, #"["\uD800\u1x"]"#, "[\u{E9}]", #"["\x00"]"#,
            #"["\\\"]"#,
            "[\"\\\t\"]", "[\"\\\u{1F300}\"]", #"["\"]"#, #"["\u00A"]"#, #"["\uD834\uDd"]"#, #"["\uD800\uD800\x"]"#,
            #"["\a"]"#,
            #"["\uqqqq"]"#, "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']", "abc", "[\"\\", "[\"a\u{0}a\"]",
            "[\"new\nline\"]",
            "[\"\t\"]", "\"\\UA66D\"", "\"\"x",
            // What stands around.
            "<.>", "[<null>]", "[a", "aå", "[True]", "1]", "{\"x\": true,", "[][]", "]", "\u{FEFF}{}", "\u{FEFF}", "[",
            "{", "}",
            "[\u{0}]", "2@", "{}}", "{\"\":{\"a\":", "{,", "{[", "{\"a", "{'a'", "[\"a", "[\"\\{[\"\\{",
            "{\"a\":\"b\"}#{}", "å",
            "\u{2060}", "*", "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,", "[{", "[\u{C}]", "\u{A0}[]",
            "[1\u{85}]",
            "\u{2028}[]", " ", "", "[\"asd]", "[1,2,3", "\u{0}", "#", "{\"asd\":\"asd\"", "-", "[\u{200B}1]",
        ])
    func isNotTaken(text: String) {
        #expect(throws: (any Error).self) { try read(text.utf8) }
    }

    @Test(
        "May not be taken: bytes that are no text",
        arguments: [
            [0x5B, 0xFF, 0x5D], [0x5B, 0x31, 0xE5, 0x5D], [0x5B, 0x30, 0xE5, 0x5D], [0x5B, 0x2D, 0xE5, 0x5D],
            [0x5B, 0x22, 0x5C, 0x75, 0xE5, 0x22, 0x5D], [0x5B, 0x22, 0x5C, 0xE5, 0x22, 0x5D], [0xEF, 0xBB],
            [0xEF, 0xBB, 0xBF],
            [0x5B, 0x61, 0xE5, 0x5D], [0x7B, 0x22, 0xB9, 0x22, 0x3A, 0x22, 0x30, 0x22, 0x2C, 0x7D], [0x22, 0xE9, 0x22],
            [0x5B, 0x22, 0xF4, 0xBF, 0xBF, 0xBF, 0x22, 0x5D], [0x5B, 0x22, 0xE0, 0x80, 0xAF, 0x22, 0x5D],
            [0x5B, 0x22, 0xC0, 0xAF, 0x22, 0x5D], [0x5B, 0x22, 0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF, 0x22, 0x5D],
            [0x5B, 0x22, 0x81, 0x22, 0x5D], [0x5B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x5D],
            // UTF-16, with a mark and without.
            [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], [0x00, 0x5B, 0x00, 0x5D], [0x5B, 0x00, 0x5D, 0x00],
        ] as [[UInt8]])
    func bytesAreNotTaken(bytes: [UInt8]) {
        #expect(throws: (any Error).self) { try readStrictly(bytes) }
    }

    @Test(
        "Left to each, and refused in a request: half of a pair is no character, nothing is made up in its place",
        arguments: [
            #"["\uDADA"]"#, #"["\uDd1ea"]"#, #"["\uD888\u1234"]"#, #"["\uD800\n"]"#, #"["\uD800\uD800\n"]"#,
            #"["\uD800"]"#,
            #"["\uD800abc"]"#, #"["\uDd1e\uD834"]"#, #"["\uDFAA"]"#,
        ])
    func halvesOfPairs(text: String) {
        #expect(throws: (any Error).self) { try readStrictly(text.utf8) }
        #expect(throws: Never.self) { try read(text.utf8) }
    }

    @Test(
        "Left to each, and repaired in a reply: what is no Unicode spoils a letter, and not the text around it",
        arguments: [
            (#"["Lamp \ud83d"]"#, "Lamp \u{FFFD}"), (#"["\uDADA"]"#, "\u{FFFD}"), (#"["\udc41x"]"#, "\u{FFFD}x"),
            (#"["\ud83d\u0041"]"#, "\u{FFFD}A"), (#"["\ud83d\ud83d\udd25"]"#, "\u{FFFD}🔥"),
            (#"["\uD800\n"]"#, "\u{FFFD}\n"), (#"["\ud83d\udd25"]"#, "🔥"),
        ])
    func spoiltLetters(text: String, value: String) throws {
        #expect(try read(text.utf8) == .list([.text(value)]))
    }

    @Test("Left to each, and repaired in a reply: bytes of another charset")
    func lettersOfAnotherCharset() throws {
        let latin = Array("[\"f".utf8) + [0xFC] + Array("r Lampen\"]".utf8)
        #expect(try read(latin) == .list([.text("f\u{FFFD}r Lampen")]))
    }

    @Test("Left to each: a member whose name is no text cannot be asked for, and hides no other")
    func aNameThatIsNoText() throws {
        #expect(try read(#"{"\uDFAA":0,"a":1}"#.utf8) == .object(["a": .integer(1)]))
    }

    @Test(
        "Left to each: a number that does not fit is never a whole one",
        arguments: [
            "1e400", "-1e9999", "123e65", "-123123e100000", "0.4e006699999999999999999999999999999999", "1.5e+9999",
            "-237462374673276894279832749832423479823246327846",
            "100000000000000000000", "-9223372036854775809",
        ])
    func numbersThatDoNotFit(text: String) {
        #expect(throws: DecodingError.self) { try WireJSON.decode(Int64.self, from: Data(text.utf8)) }
        #expect(throws: DecodingError.self) { try WireJSON.decode(Int.self, from: Data(text.utf8)) }
    }

    @Test("Left to each: 500 deep is too deep, as a list, as objects, open or closed", arguments: [500, 100_000])
    func deep(depth: Int) {
        let lists = String(repeating: "[", count: depth)
        let objects = String(repeating: "{\"a\":", count: depth)
        for text in [
            lists, lists + String(repeating: "]", count: depth), objects,
            objects + "1" + String(repeating: "}", count: depth), String(repeating: "[{\"\":", count: depth),
        ] { #expect(throws: JSONSyntaxError.self) { try read(text.utf8) } }
    }
}
