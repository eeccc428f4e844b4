import Domain
import ShowServer
import Text

/// A show that is going to be, with everything that its listing says.
struct ShowPlan: Sendable {
    let id: ShowID
    let title: String
    let summary: String
    let hosts: [HostSeed]
    let products: [ProductID]
    let tags: [String]
    let startsAt: Timestamp
    let endsAt: Timestamp
    /// Announced in the schedule; the others begin unannounced, so that something is always on.
    let isPlanned: Bool

    static let dayMilliseconds: Int64 = 24 * 3600 * 1000

    /// The shows announced for one day, counted from 1970-01-01 in UTC: two, in the afternoon and in the evening.
    static func planned(day: Int64, _ cast: Cast, seed: UInt64) -> [ShowPlan] {
        var dice = SplitMix64(seed, UInt64(bitPattern: day), 2)
        let first = dice.pick(0..<cast.hosts.count)
        // Two hosts of a day are never the same, nor is the guest of the first the host of the second.
        let second = (first + dice.pick(2...cast.hosts.count - 2)) % cast.hosts.count
        return [(first, 13...16), (second, 18...21)].enumerated().map { index, slot in
            let minute = dice.pick(slot.1) * 60 + dice.pick(0...3) * 15
            let start = Timestamp(milliseconds: day * dayMilliseconds + Int64(minute) * 60_000)
            return make(
                ShowID("s-\(day)-\(index + 1)"), host: slot.0, guest: dice.once(in: 3) ? (slot.0 + 1) : nil, cast,
                startsAt: start, minutes: dice.pick(6...12) * 5, isPlanned: true, &dice)
        }
    }

    /// A show that nobody announced, by a host who is not on air.
    static func popUp(
        number: Int, _ cast: Cast, seed: UInt64, busy: Set<String>, startsAt: Timestamp, minutes: ClosedRange<Int>
    ) -> ShowPlan {
        var dice = SplitMix64(seed, UInt64(number), 3)
        let start = dice.pick(0..<cast.hosts.count)
        let order = (0..<cast.hosts.count).map { (start + $0) % cast.hosts.count }
        let host = order.first { !busy.contains(cast.hosts[$0].id) } ?? start
        let guest = (host + 1) % cast.hosts.count
        let hasGuest = dice.once(in: 2) && !busy.contains(cast.hosts[guest].id)
        return make(
            ShowID("p-\(number)"), host: host, guest: hasGuest ? guest : nil, cast, startsAt: startsAt,
            minutes: dice.pick(minutes), isPlanned: false, &dice)
    }

    private static func make(
        _ id: ShowID, host: Int, guest: Int?, _ cast: Cast, startsAt: Timestamp, minutes: Int, isPlanned: Bool,
        _ dice: inout SplitMix64
    ) -> ShowPlan {
        let host = cast.hosts[host % cast.hosts.count]
        let guest = guest.map { cast.hosts[$0 % cast.hosts.count] }
        let hosts = [host] + (guest.map { [$0] } ?? [])
        let products = dice.shuffled(cast.products(of: hosts))
        let things = host.products.prefix(3).map(\.title).joined(separator: ", ")
        return ShowPlan(
            id: id, title: dice.pick(host.titles) ?? host.name,
            summary: "\(host.bio) Tonight: \(things)\(guest.map { " · with \($0.name)" } ?? "").", hosts: hosts,
            products: products, tags: Array(Set(hosts.flatMap(\.tags))).sorted(), startsAt: startsAt,
            endsAt: startsAt + .seconds(minutes * 60), isPlanned: isPlanned)
    }

    /// The show as the studio takes it.
    var draft: ShowDraft {
        ShowDraft(
            id: id, title: title, summary: summary, hosts: hosts.map { HostID($0.id) }, products: products, tags: tags,
            startsAt: startsAt, endsAt: endsAt, delay: .seconds(4), hidesViewers: hosts.contains(where: \.hidesViewers),
            isAnnounced: isPlanned)
    }
}
