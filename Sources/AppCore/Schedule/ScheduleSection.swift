import Domain
import Text

/// A run of shows under one heading.
package struct ScheduleSection: Hashable, Sendable {
    package enum Heading: Hashable, Sendable {
        case live
        /// The local day of the shows.
        case day(LocalTime)
        case earlier
    }

    package var heading: Heading
    package var shows: [Show]
}

extension ScheduleState {
    /// The shows of a tab, under their headings, filtered by what is searched for: live first, then by day, then the past.
    package func sections(_ context: FeatureContext) -> [ScheduleSection] {
        let needle = context.search.needle(in: .shows)
        let matching = shows.filter { needle.isEmpty || $0.matches(needle) }
        var sections: [ScheduleSection] = []
        let live = matching.filter { $0.state == .live }.sorted { ($0.viewers ?? 0, $1.id) > ($1.viewers ?? 0, $0.id) }
        if !live.isEmpty { sections.append(ScheduleSection(heading: .live, shows: live)) }
        if context.tab == .live { return sections }
        let coming = matching.filter(context.isStillToCome)
        for show in coming.sorted(by: { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }) {
            let day = LocalTime(show.startsAt)
            if let last = sections.indices.last, case .day(let lastDay) = sections[last].heading,
                lastDay.isSameDay(as: day)
            {
                sections[last].shows.append(show)
            } else {
                sections.append(ScheduleSection(heading: .day(day), shows: [show]))
            }
        }
        let past = matching.filter { $0.state == .ended || $0.state == .cancelled && !context.isStillToCome($0) }
        if !past.isEmpty {
            sections.append(ScheduleSection(heading: .earlier, shows: past.sorted { $0.startsAt > $1.startsAt }))
        }
        return sections
    }

    /// The products that a search has found, of all channels.
    package func foundProducts(_ context: FeatureContext) -> [Product] { found?.products(of: context.channels) ?? [] }

    /// The rows in their order: shows, then products where something is searched for.
    package func targets(_ context: FeatureContext) -> [ShowOrProduct] {
        sections(context).flatMap(\.shows).map { .show($0.id) } + foundProducts(context).map { .product($0.id) }
    }
}

extension Show {
    fileprivate func matches(_ needle: Needle) -> Bool {
        needle.matches(title) || hosts.contains { needle.matches($0.name) } || tags.contains { needle.matches($0) }
    }
}
