/// One connection to a host for as long as it answers: what is asked meanwhile waits for its turn on it, and need not open
/// another. Whoever has waited for `patience` is let go, so that one slow answer holds nobody up for longer. A host
/// that takes several requests at once on one connection (HTTP/2) keeps nobody waiting.
///
/// Times are milliseconds of one clock that never goes back.
struct HostLanes<Host: Hashable, Item> {
    static var patience: Int64 { 1000 }

    private struct Waiting {
        let id: UInt64
        let item: Item
        let until: Int64
    }

    private struct Lane {
        var isShared = false
        var busy: Set<UInt64> = []
        var waiting: [Waiting] = []
    }

    private var lanes: [Host: Lane] = [:]
    private var hosts: [UInt64: Host] = [:]

    /// - Returns: whether it may go now; else it waits here.
    mutating func enter(_ host: Host, _ id: UInt64, _ item: Item, at now: Int64) -> Bool {
        hosts[id] = host
        let mayGo = lanes[host].map { $0.isShared || $0.busy.isEmpty } ?? true
        if mayGo {
            lanes[host, default: Lane()].busy.insert(id)
        } else {
            lanes[host]?.waiting.append(Waiting(id: id, item: item, until: now + Self.patience))
        }
        return mayGo
    }

    /// It has ended.
    /// - Returns: whose turn it is now, nil where nobody waits.
    mutating func leave(_ id: UInt64) -> Item? {
        guard let host = hosts.removeValue(forKey: id), var lane = lanes[host] else { return nil }
        lane.busy.remove(id)
        defer { lanes[host] = lane.isShared || !lane.busy.isEmpty || !lane.waiting.isEmpty ? lane : nil }
        guard lane.busy.isEmpty, !lane.waiting.isEmpty else { return nil }
        let next = lane.waiting.removeFirst()
        lane.busy.insert(next.id)
        return next.item
    }

    /// Somebody who waits goes home.
    mutating func giveUp(_ id: UInt64) -> Item? {
        guard let host = hosts[id], let index = lanes[host]?.waiting.firstIndex(where: { $0.id == id }) else {
            return nil
        }
        hosts[id] = nil
        return lanes[host]?.waiting.remove(at: index).item
    }

    /// The host's connection carries many at once.
    /// - Returns: all who have waited for their turn on it.
    mutating func share(with id: UInt64) -> [Item] {
        guard let host = hosts[id], lanes[host]?.isShared == false else { return [] }
        lanes[host]?.isShared = true
        return release(host) { _ in true }
    }

    /// Who has waited for long enough.
    mutating func overdue(at now: Int64) -> [Item] {
        lanes.keys.filter { host in lanes[host]?.waiting.contains { $0.until <= now } == true }.flatMap { host in
            release(host) { $0.until <= now }
        }
    }

    private mutating func release(_ host: Host, _ isLetGo: (Waiting) -> Bool) -> [Item] {
        guard let waiting = lanes[host]?.waiting else { return [] }
        let going = waiting.filter(isLetGo)
        lanes[host]?.waiting.removeAll(where: isLetGo)
        lanes[host]?.busy.formUnion(going.map(\.id))
        return going.map(\.item)
    }

    /// When somebody will have waited for long enough; nil where nobody waits.
    var nextTime: Int64? { lanes.values.compactMap { $0.waiting.first?.until }.min() }

    /// Forgets everything; what is known of connections goes with them.
    /// - Returns: all who wait, the first first.
    mutating func empty() -> [Item] {
        defer { (lanes, hosts) = ([:], [:]) }
        return lanes.values.flatMap(\.waiting).sorted { $0.id < $1.id }.map(\.item)
    }
}
