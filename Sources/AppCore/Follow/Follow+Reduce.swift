import Domain
import Text

extension AppState {
    /// The host that the cursor or the page is about.
    package var hostInFocus: Host? {
        switch page {
        case .host: return hostPage?.host
        case .watch: return watch?.hosts.first
        case .product: return watch?.hosts.first ?? hostPage?.host
        case .order: return nil
        case nil: break
        }
        switch tab {
        case .schedule, .live: return schedule.selected.flatMap(show)?.hosts.first ?? onlyShop
        case .following: return follows.hosts.first { $0.id == follows.selected }
        case .orders, .wishList: return nil
        }
    }

    /// Whether somebody follows a host, at a shop that knows of it. Other shops list themselves beside those, so that there is
    /// a way to what they sell.
    package func isFollowed(_ host: HostID) -> Bool {
        follows.contains(host) && shops[host.channel].capabilities.contains(.follows)
    }

    /// The shops and streams that nobody can follow.
    package var unfollowed: [Host] { follows.hosts.filter { !isFollowed($0.id) } }

    /// The shop that is all there is, where there are no shows.
    private var onlyShop: Host? {
        schedule.shows.isEmpty && unfollowed.count == 1 && follows.hosts.count == 1 ? unfollowed.first : nil
    }

    /// Whether a shop can be asked for hosts: by somebody who has an account there, and by anybody where it keeps no list
    /// and tells of itself.
    func canTellFollows(_ channel: Channel) -> Bool {
        shops[channel].accountID != nil
            || (shops[channel].isServiceKnown && !shops[channel].capabilities.contains(.follows))
    }

    /// Shown at once, and taken back should the server refuse.
    mutating func toggleFollow() -> [Effect] {
        guard let host = hostInFocus else { return [] }
        guard capabilities.contains(.follows) else {
            tell("This shop keeps no list of hosts to follow.", .warning)
            return []
        }
        let wanted = !follows.contains(host.id)
        follows.changes[host.id] = wanted
        // One question at a time for a host: two might overtake each other, and the older wish would stay.
        guard follows.inFlight.insert(host.id).inserted else { return [] }
        return [.ask(wanted ? .follow(host.id) : .unfollow(host.id))]
    }

    /// The shop has what was asked for; asks again where the shopper has changed their mind meanwhile.
    private mutating func confirmFollow(of id: HostID, _ isFollowed: Bool) -> [Effect] {
        follows.inFlight.remove(id)
        guard let wanted = follows.changes[id], wanted != isFollowed else {
            follows.changes[id] = nil
            return []
        }
        follows.inFlight.insert(id)
        return [.ask(wanted ? .follow(id) : .unfollow(id))]
    }

    mutating func takeFollows(
        _ query: ShopQuery, of channel: Channel, _ result: Result<ShopAnswer, ShopFailure>
    ) -> [Effect] {
        switch (query, result) {
        case (.follows, .success(.follows(let hosts))):
            follows.hosts =
                follows.hosts.filter { $0.id.channel < channel } + hosts
                + follows.hosts.filter { $0.id.channel > channel }
            follows.loaded.insert(channel)
            let rows = followRows
            if !rows.contains(where: { $0.id == follows.selected }) { follows.selected = rows.first?.id }
            return [.store(.follows(hosts, of: channel, fetchedAt: now))]
        case (.follow(let id), .success):
            let more = confirmFollow(of: id, true)
            guard let host = knownHost(id) else { return more + [.ask(.follows, of: channel)] }
            if !follows.hosts.contains(where: { $0.id == id }) { follows.hosts.append(host) }
            if more.isEmpty { tell("Following " + host.name + ".", .success) }
            return [.store(.follow(host, true))] + more
        case (.unfollow(let id), .success):
            let more = confirmFollow(of: id, false)
            guard let host = knownHost(id) else { return more + [.ask(.follows, of: channel)] }
            if more.isEmpty { tell("No longer following " + host.name + ".") }
            // The selection stays among the rows that are seen.
            let index = followRows.firstIndex { $0.id == id } ?? 0
            follows.hosts.removeAll { $0.id == id }
            let rows = followRows
            if follows.selected == id { follows.selected = rows.isEmpty ? nil : rows[min(index, rows.count - 1)].id }
            return [.store(.follow(host, false))] + more
        case (.follow(let id), .failure(let failure)), (.unfollow(let id), .failure(let failure)):
            follows.inFlight.remove(id)
            follows.changes[id] = nil
            tell("Not changed: " + failure.explanation, .problem)
            return []
        default: return []
        }
    }

    private func knownHost(_ id: HostID) -> Host? {
        follows.hosts.first { $0.id == id } ?? schedule.shows.lazy.flatMap(\.hosts).first { $0.id == id }
            ?? watch?.hosts.first { $0.id == id } ?? (hostPage?.host.id == id ? hostPage?.host : nil)
    }
}
