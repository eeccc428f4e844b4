import Domain
import Foundation
import HTTPTransport
import Providers
import Testing
import Text

@Suite struct AnswerTests {
    @Test func serviceListsWhatThisProgramKnows() throws {
        guard case .service(let info) = try answer(.service, "service") else { throw Unexpected() }
        #expect(info.name == "Vitrine demo")
        #expect(info.capabilities == .all)
        #expect(info.serverTime == Timestamp(milliseconds: 1_795_444_265_120))
    }

    @Test func aShowOfAnUnknownKindHidesNoOthers() throws {
        guard case .shows(let shows, let cursor) = try answer(.shows(ShowFilter(), cursor: nil), "shows") else {
            throw Unexpected()
        }
        #expect(shows.map(\.id) == ["autumn-bags", "quiet"])
        #expect(cursor == "page-2")
        let first = try #require(shows.first)
        #expect(first.hosts.map(\.name) == ["Mira 陳"])
        #expect(first.endsAt.map { $0 - first.startsAt } == .seconds(3600))
        #expect(first.viewers == 1284 && first.delayMilliseconds == 9000)
        #expect(shows.last?.viewers == nil)
    }

    /// Fractions, text, overflow, an exponent or a currency that does not exist: none of it becomes a price.
    @Test func onlyExactMoneyIsAPrice() throws {
        guard case .show(let detail) = try answer(.show("autumn-bags"), "show") else { throw Unexpected() }
        let product = try #require(detail.lineUp.first)
        #expect(product.variants.map(\.sku) == ["BAG-01-TAN"])
        #expect(product.variants.first?.price == (try francs(14_500)))
        #expect(product.variants.first?.was == (try francs(18_900)))
        #expect(product.optionNames == ["Colour", "Size", "Smell"])
    }

    @Test(
        arguments: [
            ("14500", 14_500), ("0", 0), ("9223372036854775807", .max), ("-1", nil), ("-9223372036854775808", nil),
            ("9223372036854775808", nil), ("145.0", nil), ("1.45e4", nil), ("\"14500\"", nil), ("null", nil),
            ("[1]", nil),
            ("true", nil),
        ] as [(String, Int64?)])
    func onlyAWholeNumberNotBelowNothingIsAPrice(amount: String, price: Int64?) throws {
        func money(_ amount: String) -> String { #"{"amount":\#(amount),"exponent":2,"currency":"CHF"}"# }
        let body =
            #"{"id":"p","title":"T","variants":[{"sku":"S","price":\#(money(amount)),"was":\#(money("15000"))}]}"#
        let answer = try? provider().decode(reply(200, Data(body.utf8)), for: .product("p"))
        guard case .product(let product)? = answer else {
            return #expect(price == nil, "\(String(describing: answer))")
        }
        #expect(product.variants.first?.price.amount == price)
    }

    @Test func theSequenceStaysWholeAroundWhatIsNotKnown() throws {
        guard case .head(let head) = try answer(.head("autumn-bags"), "head") else { throw Unexpected() }
        #expect(head.open.events.map(\.sequence) == [4, 5, 6, 7])
        #expect(head.open.events[1].kind == .unknown)
        #expect(head.open.events[2].kind == .unknown)
        #expect(head.open.events[3].kind == .highlight(["a", "b", "c"]))
        #expect(head.snapshot.highlight.count == 3)
        #expect(head.snapshot.onAir.first?.stock == 3)
        #expect(head.pollAfterMilliseconds == 1000)
    }

    @Test func noTextOfTheirsCommandsTheTerminal() throws {
        guard case .head(let head) = try answer(.head("autumn-bags"), "head"),
            case .chat(let message)? = head.open.events.first?.kind
        else { throw Unexpected() }
        for text in [message.author.string, message.text.string] {
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        }
        #expect(message.text.string.hasPrefix("pretty evil"))
    }

    @Test func listsLeaveOutWhatIsNone() throws {
        guard case .hosts(let hosts, nil) = try answer(.hosts(search: nil, cursor: nil), "hosts"),
            case .products(let products, nil) = try answer(.products(search: nil, show: nil, cursor: nil), "products"),
            case .paymentMethods(let methods) = try answer(.paymentMethods, "payment-methods"),
            case .addresses(let addresses) = try answer(.addresses, "addresses"),
            case .follows(let follows) = try answer(.follows, "hosts"),
            case .moments(let moments) = try answer(.moments("autumn-bags"), "moments")
        else { throw Unexpected() }
        #expect(hosts.map(\.id) == ["mira"])
        #expect(follows == hosts)
        #expect(products.map(\.id) == ["bag-01", "belt"])
        #expect(methods.map(\.kind) == [.card, .hosted])
        #expect(addresses.map(\.country) == ["CH"])
        #expect(moments.first?.offset == .seconds(600))
    }

    @Test func singleThings() throws {
        guard case .segment(let segment) = try answer(.segment("autumn-bags", 2), "segment"),
            case .guestAccount(let account) = try answer(.openGuestAccount, "guest", status: 201),
            case .message(let message, nil) = try answer(.postMessage("autumn-bags", text: "?"), "message", status: 201)
        else { throw Unexpected() }
        #expect(segment.isClosed && segment.events.map(\.kind) == [.viewers(nil)])
        #expect(account == guest)
        #expect(message.id == "m9")
        #expect(try provider().decode(reply(204, type: nil), for: .follow("mira")) == .done)
        #expect(try provider().decode(reply(204, type: nil), for: .unfollow("mira")) == .done)
    }

    /// What the shop says of its slow mode with a message that it took, in the terms of the IETF's draft.
    @Test(arguments: [
        ("\"chat\";r=0;t=4", Duration.seconds(4)), ("\"chat\"; r=0; t=30", .seconds(30)), ("\"chat\";r=3;t=4", nil),
        ("\"chat\";r=0;t=0", nil), ("\"chat\";r=0", nil), ("r=0;t=99999", nil), ("", nil),
    ]) func aPauseBetweenMessages(field: String, pause: Duration?) throws {
        let reply = reply(201, try fixture("message"), headers: [("RateLimit", field)])
        guard case .message(_, let found) = try provider().decode(reply, for: .postMessage("autumn-bags", text: "?"))
        else { throw Unexpected() }
        #expect(found == pause)
    }

    @Test func aTokenThatCannotTravelIsNoAccount() throws {
        let failure = try failure(.openGuestAccount, reply(201, fixture("guest-with-bad-token")))
        guard case .notUnderstood? = failure else { throw Unexpected() }
    }

    /// `Conversation` ends with the answer before where it has asked whether that has changed.
    @Test func notModifiedIsNoAnswer() throws {
        for query in try everyQuery() {
            guard case .notUnderstood? = try failure(query, reply(304, type: nil)) else { throw Unexpected() }
        }
    }

    @Test(arguments: [
        ("https://pay.example/o/1?x=%20", true), ("http://127.0.0.1:8080/checkout/1", true),
        ("file:///etc/passwd", false), ("--script=evil", false), ("javascript:alert(1)", false), ("", false),
        ("https://pay.example/\u{1B}]52;c;x\u{7}", false), ("https://pay.example/a b", false),
        ("https://pay.example/\u{202E}", false), ("https://" + String(repeating: "x", count: 2048), false),
    ])
    func onlyLinksAreFollowed(link: String, isOne: Bool) throws {
        var order = try JSONSerialization.jsonObject(with: fixture("order")) as? [String: Any] ?? [:]
        order["checkoutUrl"] = link
        let body = try JSONSerialization.data(withJSONObject: order)
        guard case .order(let read) = try provider().decode(reply(200, body), for: .order("order-1")) else {
            throw Unexpected()
        }
        #expect(read.checkoutURL == (isOne ? link : nil))
    }

    /// Two members of one name must at least not give a mixture.
    @Test func theFirstOfTwoKeysCounts() throws {
        guard case .host(let host) = try answer(.host("mira"), "duplicate-keys") else { throw Unexpected() }
        #expect(host.name == "First" && host.id == "mira")
    }
}

/// The answer is of another kind than the question.
struct Unexpected: Error {}
