import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawWatch(_ watch: WatchState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        // On the smallest screens the pane needs every row: the show's own line gives way to the total.
        if let buy = state.buy, area.width < 76, area.height < 10 {
            drawBuyPane(buy, state, keymap, in: area.inset(left: 1, right: 1))
            return
        }
        drawShowLine(watch, state, in: area.row(0))
        let body = area.inset(top: area.height >= 16 ? 2 : 1)
        if let failure = watch.failure, watch.detail == nil, watch.timeline == nil {
            drawEmpty(
                ["The show could not be loaded: " + failure.explanation, "It is tried again by itself."], in: body)
            return
        }
        if body.width >= 76 {
            let sideWidth = min(56, max(36, body.width * 2 / 5))
            let (chat, side) = body.split(right: sideWidth)
            drawChat(watch, state, in: chat.inset(right: 2))
            drawSide(watch, state, keymap, in: side.inset(right: 1))
        } else if let buy = state.buy {
            drawBuyPane(buy, state, keymap, in: body.inset(left: 1, right: 1))
        } else if watch.pane == .lineUp {
            drawLineUp(watch, state, in: body.inset(left: 1, right: 1))
        } else if watch.pane == .moments {
            drawMoments(watch, state, in: body.inset(left: 1, right: 1))
        } else {
            let (card, chat) = body.split(top: min(5, body.height / 2))
            _ = drawCard(watch, state, in: card.inset(left: 1, right: 1))
            drawChat(watch, state, in: chat)
        }
    }

    /// The card and the line-up, or the buy pane over both.
    private mutating func drawSide(_ watch: WatchState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        if let buy = state.buy {
            drawBuyPane(buy, state, keymap, in: area)
            return
        }
        let used = drawCard(watch, state, in: area)
        let below = area.inset(top: min(used + 1, area.height))
        if watch.pane == .moments {
            drawMoments(watch, state, in: below)
        } else {
            drawLineUp(watch, state, in: below)
        }
    }

    /// `Late-night lamps with Ana Lopez ✓      1 284 watching · on air 0:42:10 · picture 8 s behind`
    private mutating func drawShowLine(_ watch: WatchState, _ state: AppState, in area: Rect) {
        let host = watch.hosts.first
        // What the show is and whose is worth more than a fact about it, up to half of the row.
        let name = watch.title.width + (host?.name.width ?? 0) + 10
        let facts = Phrase.fullest(showFacts(watch, state), room: area.width - 5 - min(name, area.width * 45 / 100))
        let isOld = state.age != nil
        let factsAt = putRight(facts, isOld ? .stale : .dim, right: area.width - 1, row: 0, in: area)
        let room = factsAt - 3
        let hostWidth = (host?.name.width ?? 0) + 12
        let titleRoom = room - hostWidth >= 16 ? room - hostWidth : room
        var x = put(watch.title, .strong, x: 1, row: 0, in: area, width: max(0, titleRoom))
        guard let host, titleRoom < room else { return }
        x = put(" with " + host.name, .text, x: x, row: 0, in: area, width: max(0, factsAt - x - 5))
        if host.isVerified { x = put(" ✓", .accent, x: x, row: 0, in: area) }
        if state.isFollowed(host.id) { put(" ♥", .accent, x: x, row: 0, in: area) }
    }

    /// Where the show stands, from the fullest wording to the shortest.
    private func showFacts(_ watch: WatchState, _ state: AppState) -> [SafeText] {
        guard let startsAt = watch.startsAt else { return [] }
        if watch.playhead.isReplay {
            let position = Phrase.clock(watch.playhead.position(now: state.now, serverNow: state.showNow) - startsAt)
            let end = watch.summary?.endsAt.map { " of " + Phrase.clock($0 - startsAt) } ?? ""
            let word: SafeText = if case .replay(_, _, true) = watch.playhead { "stopped at " } else { "replay " }
            let start = LocalTime(startsAt)
            // The chat beside it has times of that day.
            let day = start.isSameDay(as: LocalTime(state.now)) ? "" : " · " + Phrase.shortDay(start)
            return [word + position + end + day, word + position + end, word + position]
        }
        switch watch.state {
        case .scheduled: return ["starts in " + Phrase.clock(startsAt - state.showNow)]
        case .ended: return ["the show has ended", "ended"]
        case .cancelled: return ["called off"]
        case .live, nil: break
        }
        let viewers = Phrase.count(watch.timeline?.played.viewers ?? watch.summary?.viewers) + " watching"
        if let age = state.age { return [viewers + " " + age] }
        let onAir = viewers + " · on air " + Phrase.clock(state.showNow - startsAt)
        let delay = watch.detail?.show.delayMilliseconds ?? 0
        let behind: [SafeText] = delay > 0 ? [onAir + SafeText(" · picture \(delay / 1000) s behind")] : []
        return behind + [onAir, viewers]
    }
}
