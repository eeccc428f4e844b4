import Foundation
import LiveAPI
import Testing

/// Any JSON, to compare two decoders by.
indirect enum AnyJSON: Decodable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case fraction(Double)
    case text(String)
    case list([AnyJSON])
    case object([String: AnyJSON])

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Name.self) {
            self = .object(
                try object.allKeys.reduce(into: [:]) {
                    $0[$1.stringValue] = try object.decode(AnyJSON.self, forKey: $1)
                })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var elements: [AnyJSON] = []
            while !list.isAtEnd { elements.append(try list.decode(AnyJSON.self)) }
            self = .list(elements)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let fraction = try? value.decode(Double.self) {
            self = .fraction(fraction)
        } else {
            self = .text(try value.decode(String.self))
        }
    }
}

@Suite struct WireJSONTests {
    private func read(_ text: String) throws -> AnyJSON { try WireJSON.decode(AnyJSON.self, from: Data(text.utf8)) }

    @Test(arguments: [
        "null", "true", " false ", "0", "-0", "-12", "9223372036854775807", "-9223372036854775808", "1.5", "-0.25e-3",
        "2.55E+1", "18446744073709551616", #""""#, #""text""#, #""Grüße 陳 🔥 مرحبا""#, #""\"\\\/\b\f\n\r\t""#,
        #""\u0041\u00e9\u4E2D\ud83d\udd25""#, "[]", "{}", "[1, [2, [3]], {}]", "\r\n\t [ ] ",
        #"{"a": 1, "b": [true, null], "c": {"d": "e"}}"#, #"{"": {"\u0061": "escaped name"}}"#, "[[[[[[[[[[]]]]]]]]]]",
        #"{"a":{"b":[{"c":[]},{"c":[1]}]},"d":"e"}"#, #"["a", 1, null, {"x": []}]"#,
    ])
    func readsWhatFoundationReads(text: String) throws {
        #expect(try read(text) == JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8)))
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "tru", "True", "01", "-", "+1", "1.", ".5", "1e", "1e+", "--1", "0x10", "1 2", "NaN",
        "Infinity", "\"", "\"a", "\"a\nb\"", "\"\t\"", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{]",
        "[}",
        #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, #"{"a":1 "b":2}"#, #"{1:2}"#, #"{"a":1}}"#, "'a'", "// x\n1",
        "\u{FEFF}1", "[1]\u{0}", #""\"#, #"{"a\"#,
    ])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try read(text) }
    }

    @Test(arguments: [
        #""\x41""#, #""\u12""#, #""\u12G4""#, #""\U0041""#, #""\ud83d\u12""#,
    ])
    func anEscapeThatDoesNotExistIsNoText(text: String) {
        #expect(throws: (any Error).self) { try read(text) }
    }

    @Test(arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func bytesThatAreNoUnicodeAreNoText(bytes: [UInt8]) {
        let data = Data([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
        #expect(throws: (any Error).self) { try WireJSON.decodeRequest(String.self, from: data) }
    }

    /// Foundation takes the first four for integers.
    @Test(arguments: [
        "1.0", "1e3", "-0.0", "1E0", "9223372036854775808", "-9223372036854775809", "\"1\"", "true", "[1]",
    ])
    func onlyWrittenIntegersAreIntegers(text: String) {
        #expect(throws: DecodingError.self) { try WireJSON.decode(Int64.self, from: Data(text.utf8)) }
    }

    @Test func smallIntegersMustFit() throws {
        #expect(try WireJSON.decode(UInt8.self, from: Data("255".utf8)) == 255)
        #expect(try WireJSON.decode(Int8.self, from: Data("-128".utf8)) == -128)
        #expect(throws: DecodingError.self) { try WireJSON.decode(UInt8.self, from: Data("256".utf8)) }
        #expect(throws: DecodingError.self) { try WireJSON.decode(UInt8.self, from: Data("-1".utf8)) }
        #expect(throws: DecodingError.self) { try WireJSON.decode(Int8.self, from: Data("-129".utf8)) }
    }

    @Test func depthIsBounded() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try read(nested(128))
        #expect(throws: JSONSyntaxError.self) { try read(nested(129)) }
        #expect(throws: JSONSyntaxError.self) { try read(nested(500_000)) }
        #expect(throws: JSONSyntaxError.self) { try read(String(repeating: "{\"a\":", count: 200_000)) }
    }

    @Test func theFirstOfTwoMembersCounts() throws {
        struct Named: Decodable { let name: String }
        let twice = Data(#"{"n\u0061me": "first", "name": "second"}"#.utf8)
        #expect(try WireJSON.decode(Named.self, from: twice).name == "first")
    }

    /// No prefix and no single changed byte of a reply may do more harm than not being read.
    @Test func damagedRepliesAreOnlyRefused() throws {
        let whole = Data(
            #"{"items":[{"id":"a","title":"Ü \ud83d\udd25","n":-12.5e1,"ok":true,"no":null,"l":[1,[2],{}]}]}"#.utf8)
        let intact = try WireJSON.decode(AnyJSON.self, from: whole)
        for length in 0..<whole.count {
            #expect(throws: JSONSyntaxError.self) { try WireJSON.decode(AnyJSON.self, from: whole.prefix(length)) }
        }
        for index in whole.indices {
            var damaged = whole
            damaged[index] = 0
            #expect(throws: (any Error).self) { try WireJSON.decode(AnyJSON.self, from: damaged) }
            for byte in [0x22, 0x5C, 0x7B, 0x5D, 0x2C, 0x30, 0xFF] as [UInt8] {
                damaged[index] = byte
                // Some of these are other JSON, and some are none; all come back.
                _ = try? WireJSON.decode(AnyJSON.self, from: damaged)
            }
        }
        let sliced = (Data("xx".utf8) + whole).dropFirst(2)
        #expect(try WireJSON.decode(AnyJSON.self, from: sliced) == intact)
    }
}
