import AppCore
import Domain
import ICalendar
import Lines
import LiveAPI
import ShopAccess
import Text
import ViewerUI

/// Form in which a list is printed.
package enum ListForm: Sendable { case lines, json, calendar }

extension Session {
    /// Prints the shows, live ones first.
    /// - Parameter host: as lists print a host's id; nil for all.
    package func printShows(_ filter: ShowFilter, host: String?, as form: ListForm) async throws {
        let chosen = try host.map { try choose($0) }
        var filter = filter
        filter.host = chosen.map { HostID($0.id) }
        guard form != .json else {
            let channel = try chosen?.channel ?? onlyChannel(for: "--json")
            return try Output.json(Page(items: try await collect(.shows(filter), from: channel, while: "the shows")))
        }
        var shows: [(channel: ChannelAccess, show: Show)] = []
        if let channel = chosen?.channel {
            shows = try await collect(.shows(filter), from: channel, while: "the shows").map { (channel, $0) }
        } else {
            try await forEachReachable(asking: .shows(filter, cursor: nil), while: "the shows") { channel, first in
                try await forEachPage(of: .shows(filter), from: channel, first: first, while: "the shows") { page in
                    shows += page.map { (channel, $0) }
                }
            }
        }
        guard form != .calendar else {
            let events = shows.sorted { $0.show.startsAt < $1.show.startsAt }.map {
                CalendarEvent($0.show, of: $0.channel)
            }
            return Output.calendar(CalendarWriter.calendar(of: events, stamp: now))
        }
        for (channel, show) in shows.sorted(by: { Show.isListedFirst($0.show, $1.show) }) {
            let start = LocalTime(show.startsAt)
            let called = show.state == .cancelled ? ", called off" : ""
            let when = show.state == .live ? "● live" : "\(Phrase.shortDay(start)) \(Phrase.time(start))\(called)"
            let hosts = LineText.names(show.hosts)
            Output.line("\(prefix(of: channel))\(show.id)  \(when)  \(show.title)  –  \(hosts)")
        }
        if shows.isEmpty { Output.line("No shows.") }
    }

    /// Prints one show with its line-up, or the deals that run in it alone.
    package func printShow(_ name: String, deals: Bool, json: Bool) async throws {
        let (channel, id) = try choose(name)
        let detail = try await answer(to: Question.show(ShowID(id)), from: channel, while: "show \(name)")
        guard !json || deals else { return try Output.json(detail) }
        let offers = await runningOffers(in: detail.show, at: channel)
        let lines = offers.map { offer in
            let title = detail.lineUp.first { $0.id == offer.product }?.title ?? SafeText(offer.product.rawValue)
            return "Deal: \(title) \(Phrase.deal(offer, in: nil, now: now))"
        }
        guard !deals else {
            return try LineText.deals(offers.map { Deal(show: detail.show.id, offer: $0) }, lines, json: json)
        }
        let start = LocalTime(detail.show.startsAt)
        Output.line("\(detail.show.id)  \(detail.show.title)  –  \(LineText.names(detail.show.hosts))")
        Output.line("\(detail.show.state.rawValue), \(Phrase.day(start)) \(Phrase.time(start))")
        if !detail.show.summary.isEmpty { Output.quote(detail.show.summary) }
        for line in lines { Output.line(line) }
        for product in detail.lineUp { LineText.product(product, prefix: prefix(of: channel)) }
    }

    /// Prints the hosts.
    package func printHosts(find search: String?, json: Bool) async throws {
        let list = ListQuestion<Host>.hosts(search: search)
        guard !json else {
            let channel = try onlyChannel(for: "--json")
            return try Output.json(Page(items: try await collect(list, from: channel, while: "the hosts")))
        }
        try await forEachReachable(asking: .hosts(search: search, cursor: nil), while: "the hosts") { channel, first in
            try await forEachPage(of: list, from: channel, first: first, while: "the hosts") { page in
                for host in page {
                    let followers = host.followers == nil ? "" : "  \(Phrase.count(host.followers)) followers"
                    let mark = host.isVerified ? " ✓" : ""
                    Output.line("\(prefix(of: channel))\(host.id)  \(host.name)\(mark)\(followers)")
                }
            }
        }
    }
}
