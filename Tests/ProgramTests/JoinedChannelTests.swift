import Foundation
import OwncastStandIn
import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// A stream and a shop that are one channel, and a stream with its schedule.
@Suite(.ownThread, .timeLimit(.minutes(5))) struct JoinedChannelTests {
    private let live: StreamServer
    private let place: WooShop
    private let shopper: Shopper

    init() throws {
        live = try StreamServer()
        place = try WooShop(StandInShop.Rules())
        shopper = try Shopper()
        _ = live.stream.join("Ana", isAuthenticated: true)
        live.stream.start("Late-night lamps")
        live.stream.set(viewers: 7)
        let added = try shopper.run(
            "channel", "add", live.origin, place.origin, "--name", "Ana", "--host", "Ana")
        #expect(added.status == 0, "\(added)")
    }

    @Test func twoAddressesAreOneChannel() throws {
        let line = "Ana  an Owncast stream at \(live.origin), with a WooCommerce shop at \(place.origin)\n"
        #expect(try shopper.run("channel", "list").output == line)
        let tried = try shopper.run("channel", "test")
        #expect(
            tried.status == 0 && tried.output.contains("buying") && tried.output.contains("chat to read"), "\(tried)")
        #expect(tried.output.contains("shows: 1 ") && tried.output.contains("products: "))
        let again = try shopper.run("channel", "add", live.origin, place.origin)
        #expect(again.status == 1 && again.complaint.contains("already"))
        let two = try shopper.run("channel", "add", place.origin, place.origin)
        #expect(two.status == 2, "\(two)")
        #expect(try shopper.run("shows").output.contains("Late-night lamps"))
        #expect(try shopper.run("products", "--find", "scarf").output.contains("31  USD 18.00"))
        #expect(try shopper.run("channel", "remove", "Ana").status == 0)
    }

    @Test func theDoctorLooksAtBoth() throws {
        let well = try shopper.run("doctor")
        #expect(well.output.contains("Ana, an Owncast stream at \(live.origin): answers in "), "\(well)")
        #expect(well.output.contains("Ana, a WooCommerce shop at \(place.origin): answers in "), "\(well)")
        #expect(!well.output.contains("none is named"))
        place.stop()
        let ill = try shopper.run("doctor")
        #expect(ill.status == 1 && ill.output.contains("at \(place.origin): no answer"), "\(ill)")
    }
}

/// A stream with its schedule in a file on another server.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct StreamScheduleTests {
    @Test func aFileIsTheSchedule() throws {
        let live = try StreamServer()
        let tomorrow = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 86_400))
        let start = tomorrow.filter { !"-:".contains($0) }
        let text = """
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            UID:a@b
            DTSTAMP:20261101T000000Z
            DTSTART:\(start)
            SUMMARY:Tomorrow's lamps
            END:VEVENT
            END:VCALENDAR
            """
        let files = try LoopbackServer.answering(
            text.replacing("\n", with: "\r\n") + "\r\n", type: "text/calendar; charset=utf-8")
        let shopper = try Shopper()
        let page = files.origin + "/shows.ics"
        let added = try shopper.run("channel", "add", live.origin, page)
        #expect(added.status == 0, "\(added)")
        #expect(try shopper.run("shows").output.contains("Tomorrow's lamps"))
        let wrong = try shopper.run("channel", "add", live.origin, live.origin + "/shows.ics", "--name", "B")
        #expect(wrong.status == 1 && wrong.complaint.contains("no schedule (.ics)"), "\(wrong)")
        let alone = try shopper.run("channel", "add", page)
        #expect(alone.status == 2 && alone.complaint.contains("live source"), "\(alone)")
    }
}
