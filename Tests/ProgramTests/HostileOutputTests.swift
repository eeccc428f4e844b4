import FoundationEssentials
import HTTPTransport
import ProgramTesting
import TestThreads
import Testing
import Text

/// Everything that is written by any command, while a server says what would act on a terminal, hide or reorder text.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct HostileOutputTests {
    /// C1 with a string that ends nowhere, bidi, tags, invisible letters, marks without end, DEL.
    private static let hostile =
        "\u{9B}2J\u{90}\u{202E}\u{2066}\u{E0041}\u{200B}\u{7F}\u{85}\u{FEFF}e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}"

    /// A server of our own API, all of whose texts and ids are hostile; `~` stands for what is.
    private let server: PlainServer

    init() throws {
        server = try PlainServer { request in
            let text = Self.reply(request.path.removingPercents)
            let body = text.replacing("~", with: Self.hostile)
            return text.isEmpty ? .json("{\"code\":\"not_found~\",\"title\":\"~\"}", status: 404) : .json(body)
        }
    }

    private static let product =
        #"{"id":"p~","title":"Lamp ~","brand":"~","summary":"one ~\ntwo ~","optionNames":["Size~"],"variants":[{"sku":"S~","options":["L~"],"price":{"amount":100,"exponent":2,"currency":"USD"},"stock":3}]}"#
    private static let plain =
        #"{"id":"plain","title":"Plain ~","brand":"","summary":"~","optionNames":[],"variants":[{"sku":"PLAIN","options":[],"price":{"amount":100,"exponent":2,"currency":"USD"},"stock":3}]}"#
    private static let host = #"{"id":"h","name":"Ana ~","verified":true,"bio":"~","followers":3}"#

    private static func show(_ id: String) -> String {
        #"{"id":"\#(id)","title":"Show ~","summary":"~","state":"live","hosts":[\#(host)],"tags":["~"],"startsAt":"2026-11-23T14:00:00Z","viewers":3}"#
    }

    private static func reply(_ path: String) -> String {
        switch path {
        case "/v1":
            #"{"name":"Shop ~","capabilities":["chat","orders","follows","replay"],"currencies":["USD"],"serverTime":"2026-11-23T14:31:05Z","limits":{"chatCharacters":500,"nameCharacters":40,"bodyBytes":2097152,"orderQuantity":20}}"#
        case "/v1/shows": #"{"items":[\#(show("s~")),\#(show("s"))]}"#
        case "/v1/shows/s", "/v1/shows/s" + hostile:
            show(String(path.dropFirst("/v1/shows/".count)).replacing(hostile, with: "~")).dropLast()
                + #","lineUp":[\#(product),\#(plain)]}"#
        case "/v1/shows/s/head":
            #"{"show":"s","lastSequence":2,"pollAfterMs":500,"serverTime":"2026-11-23T14:31:05Z","snapshot":{"sequence":2,"at":"2026-11-23T14:31:05Z","state":"live","highlight":["plain"],"offers":[],"onAir":[],"viewers":1},"open":{"segment":0,"closed":false,"opening":{"sequence":0,"at":"2026-11-23T14:30:00Z","state":"live"},"events":[{"sequence":1,"at":"2026-11-23T14:31:01Z","kind":"chat","message":{"id":"m1","author":"lea~","role":"viewer","text":"hello ~","at":"2026-11-23T14:31:01Z"}},{"sequence":2,"at":"2026-11-23T14:31:02Z","kind":"highlight","products":["plain"]}]}}"#
        case "/v1/hosts": #"{"items":[\#(host)]}"#
        case "/v1/products": #"{"items":[\#(product),\#(plain)]}"#
        case "/v1/products/plain": plain
        default: ""
        }
    }

    private func isSafe(_ output: String) -> Bool {
        output.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { line in
            let line = line.hasSuffix("\r") ? line.dropLast() : line
            return SafeText(keepingSpaces: String(line)).string == line || SafeJSON.escaped(String(line)) == line
        }
    }

    @Test func noCommandWritesThemRaw() throws {
        let shopper = try Shopper(server: server.origin)
        let (h, recording) = (Self.hostile, shopper.home.path + "/seen.ndjson")
        let commands: [[String]] = [
            ["shows"], ["shows", "--json"], ["shows", "--ics"], ["show", "s"], ["show", "s", "--json"], ["hosts"],
            ["hosts", "--json"], ["products"], ["products", "--json"], ["product", "plain"],
            ["product", "plain", "--json"], ["watch", "s", "--plain", "--for", "2"],
            ["watch", "s", "--json", "--for", "2"], ["doctor"], ["doctor", "--json"], ["channel", "test"],
            ["channel", "list"], ["channel", "list", "--json"], ["orders"], ["orders", "--json"],
            ["shows", "--record", recording], ["show", "s" + h], ["show", h], ["product", h], ["order", h],
            ["buy", h], ["pay", h], ["follow", h], [h], ["shows", h], ["channel", "add", h], ["channel", "remove", h],
            ["shows", "--channel", h], ["shows", "--server", "https://" + h],
        ]
        var said: [String: String] = [:]
        for command in commands {
            let outcome = try shopper.run(command)
            #expect(isSafe(outcome.output), "\(command): \(outcome.output)")
            #expect(isSafe(outcome.errors), "\(command): \(outcome.errors)")
            said[command.joined(separator: " ")] = outcome.output
        }
        let dialogue = try shopper.run(
            ["--plain"], input: "shows\nwatch s\nproducts\nhosts\nshow \(h)\nbuy \(h)\n\(h)\nquit\n")
        #expect(isSafe(dialogue.output) && isSafe(dialogue.errors), "\(dialogue)")
        // They did have something to say.
        for command in ["shows", "shows --json", "shows --ics", "show s", "hosts", "watch s --json --for 2"] {
            let isThere = said[command]?.contains("Show ") == true || said[command]?.contains("Ana ") == true
            #expect(isThere || said[command]?.contains("hello ") == true, "\(command): \(said[command] ?? "")")
        }
        #expect(said["products"]?.contains("Plain ") == true && dialogue.output.contains("Show "))
        for file in [recording, shopper.home.path + "/state/vitrine/vitrine.log"] {
            let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
            #expect(isSafe(text), "\(file): \(text)")
        }
        #expect(FileManager.default.fileExists(atPath: recording))
    }
}

extension String {
    fileprivate var removingPercents: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"),
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            rest = rest.dropFirst(2)
            bytes.append(code)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
