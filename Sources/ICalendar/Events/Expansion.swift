import Domain

/// The occurrences of one series in a span of time.
struct Expansion {
    let clocks: Clocks
    /// Instants, in seconds.
    let span: Range<Int>
    /// More of one series are of no interest.
    let most: Int
    /// Later and earlier occurrences that may still be in the span: clocks differ by less than two days.
    private static let margin = 2 * Civil.secondsInDay
    /// A whole series is not moved by more.
    private static let largestShift = 366 * Civil.secondsInDay

    /// Tells one occurrence from another: times by the instant, days by the day.
    private enum Mark: Hashable {
        case instant(Int)
        case day(Int)
    }

    private struct Template {
        var record: EventRecord
        var start: CalendarTime
        var from: Int
        var shift: Int
        /// What ends at a time takes the same each time, measured at the event that says it.
        var duration: CalendarDuration?

        var length: Int { duration.map { $0.days * Civil.secondsInDay + $0.seconds } ?? 0 }
    }

    func events(of series: Series, work: inout Work, _ found: (CalendarEvent) -> Void) {
        for record in series.changed {
            guard let start = record.start, let recurrence = record.recurrence else { continue }
            let duration = clocks.duration(record.length, from: start)
            offer(record, start, duration, original: clocks.instant(of: recurrence), found)
        }
        let changed = Set(series.changed.compactMap { $0.recurrence.map(mark) })
        var told: Set<Int> = []
        for main in series.mains {
            guard let start = main.start else { continue }
            guard !main.repeats else {
                repetitions(of: main, from: start, series, changed, &told, work: &work, found)
                continue
            }
            // A change of one that no longer repeats, and was that one, has told already what it is.
            guard !isIn(changed, start) else { continue }
            // Of several events with one name each is called by its start.
            let original = series.isShared ? clocks.instant(of: start) : nil
            if let original, !told.insert(original).inserted { continue }
            offer(main, start, clocks.duration(main.length, from: start), original: original, found)
        }
    }

    // MARK: What repeats

    private func repetitions(
        of main: EventRecord, from start: CalendarTime, _ series: Series, _ changed: Set<Mark>, _ told: inout Set<Int>,
        work: inout Work, _ found: (CalendarEvent) -> Void
    ) {
        let left = Set(main.exceptions.map(mark))
        let templates = templates(main, start, series.changed)
        let longest = templates.map(\.length).max() ?? 0
        let farthest = templates.map { abs($0.shift) }.max() ?? 0
        let zone = clocks.zone(of: start.clock)
        let since = zone.wall(at: span.lowerBound) - longest - farthest - Self.margin
        let until = zone.wall(at: span.upperBound) + farthest + Self.margin
        /// Whether it is in the span.
        @discardableResult func tell(_ time: CalendarTime, _ length: EventRecord.Length?) -> Bool {
            let original = clocks.instant(of: time)
            guard !isIn(left, time), !isIn(changed, time), told.insert(original).inserted else { return false }
            let template = Self.template(at: original, of: templates)
            var moved = time
            moved.wall += template.shift
            let duration = length.map { clocks.duration($0, from: time) } ?? template.duration
            return offer(template.record, moved, duration, original: original, found)
        }
        for date in main.dates where since..<until ~= date.start.wall || date.length != nil {
            tell(date.start, date.length)
        }
        if main.rules.isEmpty, since..<until ~= start.wall { tell(start, nil) }
        for rule in main.rules {
            var count = 0
            Recurrence(rule, first: start.wall).forEach(since: since, work: &work) { wall in
                var time = start
                time.wall = wall
                guard wall < until, wall == start.wall || isBefore(rule.end, time) else { return false }
                if tell(time, nil) { count += 1 }
                // They come in order, unless some of them were moved.
                return count < most || farthest > 0
            }
        }
    }

    private func isBefore(_ end: RecurrenceRule.End?, _ time: CalendarTime) -> Bool {
        switch end {
        case nil: true
        // Of a day the last one counts, whatever time of day is said with it.
        case .instant(let last) where time.isDay: time.day <= Civil.day(ofWall: last)
        case .instant(let last): clocks.instant(of: time) <= last
        case .wall(let last): time.wall <= last
        case .day(let day): time.day <= day
        }
    }

    /// What holds from when on: the event, then each change that is about all later ones.
    private func templates(_ main: EventRecord, _ start: CalendarTime, _ changed: [EventRecord]) -> [Template] {
        let zone = clocks.zone(of: start.clock)
        let duration = clocks.duration(main.length, from: start)
        var templates = [Template(record: main, start: start, from: .min, shift: 0, duration: duration)]
        for record in changed where record.concernsLater {
            guard let moved = record.start, let recurrence = record.recurrence else { continue }
            let from = clocks.instant(of: recurrence)
            let shift = zone.wall(at: clocks.instant(of: moved)) - zone.wall(at: from)
            guard abs(shift) <= Self.largestShift else { continue }
            let duration = clocks.duration(record.length, from: moved)
            templates.append(Template(record: record, start: moved, from: from, shift: shift, duration: duration))
        }
        return templates.sorted { $0.from < $1.from }
    }

    /// The last one from an instant or before; the first is from the beginning of time.
    private static func template(at instant: Int, of templates: [Template]) -> Template {
        var (low, high) = (1, templates.count)
        while low < high {
            let middle = (low + high) / 2
            if templates[middle].from <= instant { low = middle + 1 } else { high = middle }
        }
        return templates[low - 1]
    }

    // MARK: Telling

    private func mark(_ time: CalendarTime) -> Mark {
        time.isDay ? .day(time.day) : .instant(clocks.instant(of: time))
    }

    /// Whether a mark is this time's, or the day's that it is on: programs mix the two.
    private func isIn(_ marks: Set<Mark>, _ time: CalendarTime) -> Bool {
        guard !marks.isEmpty else { return false }
        return marks.contains(.day(time.day)) || marks.contains(.instant(clocks.instant(of: time)))
    }

    /// Tells of an occurrence if some of it is in the span.
    @discardableResult private func offer(
        _ record: EventRecord, _ start: CalendarTime, _ duration: CalendarDuration?, original: Int?,
        _ found: (CalendarEvent) -> Void
    ) -> Bool {
        let begins = clocks.instant(of: start)
        let ends = clocks.end(duration, from: start)
        guard begins < span.upperBound, begins >= span.lowerBound || ends ?? begins > span.lowerBound else {
            return false
        }
        found(
            CalendarEvent(
                uid: record.uid, originalStart: original.map { Timestamp(seconds: Int64($0)) }, title: record.title,
                summary: record.summary, startsAt: Timestamp(seconds: Int64(begins)),
                endsAt: ends.map { Timestamp(seconds: Int64($0)) }, isAllDay: start.isDay,
                isCancelled: record.isCancelled, url: record.url, location: record.location,
                categories: record.categories, sequence: record.revision.sequence))
        return true
    }
}
