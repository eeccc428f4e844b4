/// All that a calendar says under one name, its newest revision: an event and what became of single occurrences; or several
/// events, where the calendar gives them all the same name.
struct Series {
    private(set) var mains: [EventRecord] = []
    private(set) var changed: [EventRecord] = []
    /// Changes of all later dates that count for one date alone, because several events could be meant.
    private(set) var narrowed = 0

    /// Tells whether the name alone does not say which event is meant.
    var isShared: Bool { mains.count > 1 }

    /// Of records with one name, the newest for each occurrence: `clocks` say which of them are about the same.
    init(_ records: [EventRecord], clocks: Clocks) {
        mains = Self.mains(records.filter { $0.recurrence == nil }, clocks)
        let parent = mains.first { $0.repeats } ?? mains.first
        var places: [CalendarTime: Int] = [:]
        for var record in records {
            guard let named = record.recurrence?.beside(parent?.start ?? record.start) else { continue }
            record.recurrence = named
            record.start = record.start ?? named
            // The same occurrence may be named by another clock.
            let recurrence = CalendarTime(wall: clocks.instant(of: named), clock: .utc, isDay: named.isDay)
            if let place = places[recurrence] {
                changed[place] = Self.newer(changed[place], record)
            } else {
                places[recurrence] = changed.count
                changed.append(record)
            }
        }
        if var parent {
            parent.isCancelled = mains.allSatisfy(\.isCancelled)
            changed = changed.map { [parent] in Self.finished($0, by: parent) }
        }
        mains.removeAll { $0.start == nil }
        guard mains.count(where: \.repeats) > 1 else { return }
        for place in changed.indices where changed[place].concernsLater {
            changed[place].concernsLater = false
            narrowed += 1
        }
    }

    /// An event that is moved counts its revisions (RFC 5545, 3.8.7.4): two starts in one revision are two events.
    private static func mains(_ records: [EventRecord], _ clocks: Clocks) -> [EventRecord] {
        guard areSeveral(records, clocks) else {
            return records.reduce(nil as EventRecord?, newer).map { [$0] } ?? []
        }
        var (mains, places): ([EventRecord], [Int: Int]) = ([], [:])
        for record in records {
            guard let start = record.start.map(clocks.instant) else { continue }
            if let place = places[start] {
                mains[place] = newer(mains[place], record)
            } else {
                places[start] = mains.count
                mains.append(record)
            }
        }
        // What calls the name off says nothing of a start, and means them all.
        let off = records.filter { $0.start == nil && $0.isCancelled }.map(\.revision).max()
        for place in mains.indices where off.map({ $0 >= mains[place].revision }) == true {
            mains[place].isCancelled = true
        }
        return mains
    }

    private static func areSeveral(_ records: [EventRecord], _ clocks: Clocks) -> Bool {
        var starts: [EventRecord.Revision: Int] = [:]
        for record in records {
            guard let start = record.start.map(clocks.instant) else { continue }
            var revision = record.revision
            // A file that counts no revisions has a stamp of its own for each event.
            if revision.sequence == 0 { revision.stamp = 0 }
            if let other = starts.updateValue(start, forKey: revision), other != start { return true }
        }
        return false
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
