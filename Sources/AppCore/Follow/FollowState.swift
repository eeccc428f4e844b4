import Domain
import Text

/// The hosts that the shopper follows, and the shops that nobody can: they list themselves beside those, so that there is a
/// way to what they sell.
package struct FollowState: Sendable {
    package var hosts: [Host] = []
    package var selected: HostID?
    /// The channels that have told whom the shopper follows.
    package var loaded: Set<Channel> = []
    /// Changes that the server has not confirmed yet: true follows, false unfollows.
    package var changes: [HostID: Bool] = [:]
    /// Hosts that a change is under way for.
    package var inFlight: Set<HostID> = []

    package init() {}

    package func contains(_ id: HostID) -> Bool { changes[id] ?? hosts.contains { $0.id == id } }

    /// The rows: all, or those that are searched for.
    package func rows(_ search: Search) -> [Host] {
        let needle = search.needle(in: .follows)
        return hosts.filter { needle.matches($0.name, $0.bio) }
    }
}

extension FeatureContext {
    /// A shop can be asked for hosts: by somebody who has an account there, and by anybody where it keeps no list and tells
    /// of itself.
    package func canTellFollows(_ channel: Channel) -> Bool {
        shops[channel].accountID != nil
            || (shops[channel].isServiceKnown && !shops[channel].capabilities.contains(.follows))
    }
}

// MARK: Following and unfollowing

extension FollowState {
    package enum Event: Sendable {
        /// Follows a host, or no longer.
        case toggle(Host)
        /// The shop has confirmed a change, or not. `known`: the host, where anybody knows more of it than its name.
        case confirmed(Answer, known: Host?)
    }

    package mutating func handle(_ event: Event, _ context: FeatureContext) -> [Outcome] {
        switch event {
        case .toggle(let host): return toggle(host, context)
        case .confirmed(let answer, let known):
            switch answer.query {
            case .follow(let id): return settle(id, true, known, answer, context)
            case .unfollow(let id): return settle(id, false, known, answer, context)
            default: return []
            }
        }
    }

    /// Shown at once, and taken back should the server refuse.
    private mutating func toggle(_ host: Host, _ context: FeatureContext) -> [Outcome] {
        guard context.shops[host.id.channel].capabilities.contains(.follows) else {
            return [.tell("This shop keeps no list of hosts to follow.", .warning)]
        }
        let wanted = !contains(host.id)
        changes[host.id] = wanted
        // One question at a time for a host: two might overtake each other, and the older wish would stay.
        guard inFlight.insert(host.id).inserted else { return [] }
        return [.ask(wanted ? .follow(host.id) : .unfollow(host.id))]
    }

    private mutating func settle(
        _ id: HostID, _ isFollowed: Bool, _ known: Host?, _ answer: Answer, _ context: FeatureContext
    ) -> [Outcome] {
        if case .failure(let failure) = answer.result {
            inFlight.remove(id)
            changes[id] = nil
            return [.tell("Not changed: " + failure.explanation, .problem)]
        }
        let more = confirm(id, isFollowed)
        guard let host = known else { return more + [.ask(.follows, of: answer.channel)] }
        let words: SafeText = isFollowed ? "Following " : "No longer following "
        let news: [Outcome] = more.isEmpty ? [.tell(words + host.name + ".", isFollowed ? .success : .information)] : []
        if isFollowed {
            if !hosts.contains(where: { $0.id == id }) { hosts.append(host) }
        } else {
            // The selection stays among the rows that are seen.
            let index = rows(context.search).firstIndex { $0.id == id } ?? 0
            hosts.removeAll { $0.id == id }
            let rows = rows(context.search)
            if selected == id { selected = rows.isEmpty ? nil : rows[min(index, rows.count - 1)].id }
        }
        return news + [.store(.follow(host, isFollowed))] + more
    }

    /// The shop has what was asked for; asks again where the shopper has changed their mind meanwhile.
    private mutating func confirm(_ id: HostID, _ isFollowed: Bool) -> [Outcome] {
        inFlight.remove(id)
        guard let wanted = changes[id], wanted != isFollowed else {
            changes[id] = nil
            return []
        }
        inFlight.insert(id)
        return [.ask(wanted ? .follow(id) : .unfollow(id))]
    }

    package mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome] {
        guard case .follows = answer.query, case .success(.follows(let told)) = answer.result else { return [] }
        let channel = answer.channel
        hosts =
            hosts.filter { $0.id.channel < channel } + told + hosts.filter { $0.id.channel > channel }
        loaded.insert(channel)
        keepSelection(context)
        return [.store(.follows(told, of: channel, fetchedAt: context.now))]
    }

    package mutating func comeBack(_ channel: Channel, _ context: FeatureContext) -> [Outcome] {
        guard context.asksByItself, context.shops[channel].accountID != nil, !loaded.contains(channel) else {
            return []
        }
        return [.ask(.follows, of: channel)]
    }
}

// MARK: Its page

extension FollowState: PageFeature {
    package var channel: Channel? { selected?.channel }
    package var searchPlace: SearchPlace? { .follows }

    package func hostInFocus(_ context: FeatureContext) -> Host? { hosts.first { $0.id == selected } }

    package mutating func appear(_ context: FeatureContext) -> [Outcome] {
        context.channels.filter(context.canTellFollows).map { .ask(.follows, of: $0) }
    }

    package mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] {
        if intent == .open { return hostInFocus(context).map { [.message(.openHost($0))] } ?? [] }
        selected = rows(context.search).map(\.id).moved(from: selected, by: intent, page: context.listPage)
        return []
    }

    package mutating func click(_ target: Target, _ context: FeatureContext) -> [Outcome] {
        guard case .host(let id) = target else { return [] }
        if selected == id { return hostInFocus(context).map { [.message(.openHost($0))] } ?? [] }
        selected = id
        return []
    }

    package func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool? {
        switch intent {
        case .open: selected != nil
        // Enter does.
        case .hostPage: false
        default: nil
        }
    }

    package func hasWhatToSearch(_ context: FeatureContext) -> Bool { !hosts.isEmpty }

    package mutating func keepSelection(_ context: FeatureContext) {
        let rows = rows(context.search).map(\.id)
        if selected.map(rows.contains) != true { selected = rows.first }
    }
}
