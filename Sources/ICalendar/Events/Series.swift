/// All that a calendar says under one name, its newest revision: an event and what became of single occurrences.
struct Series {
    private(set) var main: EventRecord?
    private(set) var changed: [EventRecord] = []

    /// Of records with one name, the newest for each occurrence: `clocks` say which of them are about the same.
    init(_ records: [EventRecord], clocks: Clocks) {
        var places: [CalendarTime: Int] = [:]
        for record in records {
            guard let named = record.recurrence else {
                main = Self.newer(main, record)
                continue
            }
            // The same occurrence may be named by another clock.
            let recurrence = CalendarTime(wall: clocks.instant(of: named), clock: .utc, isDay: named.isDay)
            if let place = places[recurrence] {
                changed[place] = Self.newer(changed[place], record)
            } else {
                places[recurrence] = changed.count
                changed.append(record)
            }
        }
        if let main { changed = changed.map { Self.finished($0, by: main) } }
        changed.removeAll { $0.start == nil }
        if main?.start == nil { main = nil }
    }

    /// Of two of the same revision the later in the file. One that is called off need not say what it was.
    private static func newer(_ known: EventRecord?, _ record: EventRecord) -> EventRecord {
        guard let known else { return record }
        var (older, newer) = record.revision >= known.revision ? (known, record) : (record, known)
        guard newer.isCancelled, newer.start == nil || newer.title.isEmpty || older.repeats && !newer.repeats else {
            return newer
        }
        older.isCancelled = true
        older.revision = newer.revision
        return older
    }

    /// An occurrence that is called off says little, and one of an event that is called off need not say it.
    private static func finished(_ record: EventRecord, by main: EventRecord) -> EventRecord {
        var record = record
        if main.isCancelled, main.revision.sequence >= record.revision.sequence { record.isCancelled = true }
        guard record.isCancelled else { return record }
        if record.title.isEmpty { record.title = main.title }
        if record.summary.isEmpty { record.summary = main.summary }
        record.url = record.url ?? main.url
        if record.length == .none, case .lasting = main.length { record.length = main.length }
        return record
    }
}
