import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    /// What was on air and when, with the moment that the playhead is in marked.
    mutating func drawMoments(_ watch: WatchState, _ state: AppState, in area: Rect) {
        heading("MOMENTS", row: 0, in: area)
        let place = area.inset(top: 1)
        let position = state.playheadPosition
        let moments = watch.momentsShown(at: position)
        guard let chosen = watch.chosenMoment(at: position), let index = moments.firstIndex(of: chosen) else {
            let words: SafeText =
                if let failure = watch.momentsFailure {
                    "They could not be loaded: " + failure.explanation
                } else {
                    watch.moments == nil ? "Loading…" : "Nothing was on air yet."
                }
            for (row, line) in words.wrapped(width: place.width, maxLines: 3).enumerated() {
                put(line, .dim, x: 0, row: row, in: place)
            }
            return
        }
        putRight(
            " " + Phrase.count(index + 1) + " of " + Phrase.count(moments.count), .dim, right: area.width, row: 0,
            in: area)
        let current = watch.currentMoment(at: position)
        let timeWidth = moments.last.map { Phrase.clock($0.offset).width } ?? 0
        let first = firstVisible(selected: index, count: moments.count, height: place.height)
        for (row, moment) in moments.dropFirst(first).prefix(place.height).enumerated() {
            if moment == current { put("●", .live, x: 0, row: row, in: place) }
            putRight(Phrase.clock(moment.offset), .dim, right: 2 + timeWidth, row: row, in: place)
            put(moment.title, .text, x: 4 + timeWidth, row: row, in: place)
            clickable(.moment(moment.at), place.row(row))
            if first + row == index { select(row: row, in: place) }
        }
    }
}
