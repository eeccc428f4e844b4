import FoundationEssentials
import HTTPTransport
import OwncastStandIn
import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// What stands in the way of a shop that is there: said once, in a line, by `channel add` and by `doctor`.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct ChannelHindranceTests {
    /// A shop whose replies to programs are changed on their way.
    private func shop(_ change: @escaping @Sendable (HTTPResponse) -> HTTPResponse) throws -> (PlainServer, StandInShop)
    {
        let shop = StandInShop(StandInShop.Rules())
        let server = try PlainServer { request in
            let reply = shop.answer(request) ?? HTTPResponse(status: 500)
            return request.path.hasPrefix("/wp-json") ? change(reply) : reply
        }
        shop.change { rules, _ in rules.address = server.origin }
        return (server, shop)
    }

    private func changed(_ reply: HTTPResponse, before: String = "", after: String = "", type: String? = nil)
        -> HTTPResponse
    {
        var reply = reply
        reply.body = Data(before.utf8) + reply.body + Data(after.utf8)
        if let type { reply.headers.set("Content-Type", type) }
        return reply
    }

    private func config(_ shopper: Shopper) -> String {
        let file = shopper.home.path + "/config/vitrine/config.toml"
        return FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static let cloudflare =
        "<!DOCTYPE html><title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b'></script>"
    private static let notice =
        "<br />\n<b>Deprecated</b>:  Optional parameter before required in <b>/srv/a.php</b> on line <b>9</b><br />\n"

    @Test func eachIsSaidOnceAndNothingIsAdded() throws {
        let closed = "{\"code\":\"rest_login_required\",\"message\":\"Members only.\",\"data\":{\"status\":401}}"
        let (noticed, _) = try shop { changed($0, before: Self.notice) }
        let (members, _) = try shop { _ in .json(closed, status: 401) }
        let walled = try PlainServer { _ in .page(Self.cloudflare, status: 403) }
        let locked = try PlainServer { _ in .page("", status: 401, [("WWW-Authenticate", "Basic realm=\"shop\"")]) }
        let captive = try PlainServer { _ in
            .page("<html>HotelNet Wi-Fi<form action='/in'><input type=\"password\"></form>")
        }
        let expected = [
            (noticed, "the server writes a notice (Deprecated) before its reply"),
            (members, "the shop has closed its Store API, by which programs ask (“Members only.”)"),
            (walled, "a firewall (Cloudflare) lets no programs through"),
            (locked, "it asks for a password before it shows anything"),
            (captive, "the reply is a web page: it looks like a sign-in page of the network, not the shop"),
        ]
        for (server, words) in expected {
            let shopper = try Shopper()
            let added = try shopper.run("channel", "add", server.origin)
            #expect(added.status == 1 && added.output.isEmpty, "\(added)")
            #expect(added.complaint.hasPrefix("vitrine: \(server.origin): \(words)"), "\(added)")
            #expect(!added.complaint.contains("\n"), "\(added)")
            #expect(config(shopper).isEmpty)
        }
    }

    @Test func whatIsJSONAllTheSameIsAdded() throws {
        let (marked, _) = try shop { changed($0, before: "\u{FEFF}") }
        let (cached, _) = try shop { changed($0, after: "\n<!-- cached -->", type: "text/html") }
        for server in [marked, cached] {
            let shopper = try Shopper()
            let added = try shopper.run("channel", "add", server.origin, "--name", "Lamps")
            #expect(added.status == 0, "\(added)")
            #expect(try shopper.run("products").output.contains("Wool scarf"))
        }
    }

    /// It says what it is, and lists nothing.
    @Test func aShopThatListsNothingIsNotAdded() throws {
        let shop = StandInShop(StandInShop.Rules())
        let server = try PlainServer { request in
            guard request.path.hasSuffix("/products") else { return shop.answer(request) ?? HTTPResponse(status: 500) }
            return .json("{\"code\":\"rest_forbidden\",\"message\":\"No.\"}", status: 403)
        }
        shop.change { rules, _ in rules.address = server.origin }
        let shopper = try Shopper()
        let added = try shopper.run("channel", "add", server.origin)
        #expect(added.status == 1 && added.complaint.contains("has closed its Store API"), "\(added)")
        #expect(config(shopper).isEmpty)
    }

    @Test func eachOfSeveralAddressesIsSaid() throws {
        let walled = try PlainServer { _ in .page(Self.cloudflare, status: 403) }
        let locked = try PlainServer { _ in .page("", status: 401, [("WWW-Authenticate", "Basic realm=\"shop\"")]) }
        let shopper = try Shopper()
        let added = try shopper.run("channel", "add", walled.origin, locked.origin)
        let lines = added.complaint.split(separator: "\n")
        #expect(added.status == 1 && lines.count == 2, "\(added)")
        #expect(lines.first?.contains("\(walled.origin): a firewall") == true)
        #expect(lines.last?.contains("\(locked.origin): it asks for a password") == true)
    }

    private static let calendar = """
        BEGIN:VCALENDAR\r
        VERSION:2.0\r
        PRODID:-//x//EN\r
        BEGIN:VEVENT\r
        UID:a\r
        DTSTART:20991126T200000Z\r
        SUMMARY:Lamps\r
        END:VEVENT\r
        BEGIN:VEVENT\r
        UID:b\r
        DTSTART:on Friday\r
        SUMMARY:Paper\r
        END:VEVENT\r
        END:VCALENDAR\r

        """

    @Test func theDoctorAsksAllThatAChannelIsMadeOf() throws {
        let calendar = try PlainServer { _ in
            HTTPResponse(
                status: 200, headers: ["Content-Type": "text/calendar"], body: Data(Self.calendar.utf8))
        }
        let (walled, live) = (try PlainServer { _ in .page(Self.cloudflare, status: 403) }, try StreamServer())
        let place = try WooShop(StandInShop.Rules())
        let shopper = try Shopper()
        _ = try shopper.write(
            """
            [[channel]]
            name = "Ana"
            live = { kind = "owncast", url = "\(live.origin)" }
            shop = { kind = "woocommerce", url = "\(place.origin)" }
            schedule = "\(calendar.origin)/shows.ics"
            [[channel]]
            name = "Walled"
            shop = { kind = "woocommerce", url = "\(walled.origin)" }

            """, to: "config/vitrine/config.toml")
        let report = try shopper.run("doctor")
        #expect(report.status == 1)
        for words in [
            "the shows: ", "the products: 7", "the ways to pay: 3", "the schedule at \(calendar.origin)/shows.ics: ",
        ] {
            #expect(report.output.contains(words), "\(words) \(report.output)")
        }
        let problems = report.output.split(separator: "\n").filter { $0.hasPrefix("! channels: ") }
        #expect(problems.count == 2, "\(report.output)")
        #expect(
            problems.first?.hasPrefix("! channels: Ana: the schedule at \(calendar.origin)/shows.ics: ") == true,
            "\(report.output)")
        #expect(
            problems.last
                == "! channels: Walled: a firewall (Cloudflare) lets no programs through: its owner has to let them in")
    }
}
