/// The zones of one file, each found once: as the file describes it, and as this machine knows it where the file says
/// nothing.
struct ZoneTable {
    private let described: [String: Component]
    private let likenesses: [String: String]
    private let database: ZoneDatabase
    private var indices: [String: Int?] = [:]
    private(set) var zones: [CalendarZone] = []
    private let most: Int

    init(_ components: [Component], database: ZoneDatabase, most: Int) {
        let named = components.prefix(most).compactMap { zone in zone.first("TZID").map { ($0.value, zone) } }
        described = Dictionary(named) { first, _ in first }
        likenesses = described.compactMapValues { $0.first("X-LIC-LOCATION")?.value }
        self.database = database
        self.most = most
    }

    /// Nil when nobody knows the zone.
    mutating func index(of name: String) -> Int? {
        if let known = indices[name] { return known }
        // The names come from outside, and each may mean reading a file.
        guard indices.count < 4 * most else { return nil }
        let zone = zone(named: name)
        let index = zone.map { _ in zones.count }
        if let zone { zones.append(zone) }
        indices[name] = .some(index)
        return index
    }

    private func zone(named name: String) -> CalendarZone? {
        func known() -> CalendarZone? {
            database.zone(named: name) ?? likenesses[name].flatMap { database.zone(named: $0) }
        }
        if let component = described[name], let zone = DescribedZone.zone(component, known: known) { return zone }
        return known()
    }
}
