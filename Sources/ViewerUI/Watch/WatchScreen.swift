import AppCore
import Domain
import Settings
import TerminalKit
import Text

extension Canvas {
    mutating func drawWatch(_ watch: WatchState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
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
            drawLineUp(watch, in: body.inset(left: 1, right: 1))
        } else {
            let (card, chat) = body.split(top: min(6, body.height / 2))
            drawCompactCard(watch, state, keymap, in: card.inset(left: 1, right: 1))
            drawChat(watch, state, in: chat)
        }
    }

    /// The card and the line-up, or the buy pane over both.
    private mutating func drawSide(_ watch: WatchState, _ state: AppState, _ keymap: Keymap, in area: Rect) {
        if let buy = state.buy {
            drawBuyPane(buy, state, keymap, in: area)
            return
        }
        let used = drawCard(watch, state, keymap, in: area)
        drawLineUp(watch, in: area.inset(top: min(used + 1, area.height)))
    }

    /// `Late-night lamps with Ana Lopez ✓      1 284 watching · on air 0:42:10 · picture 8 s behind`
    private mutating func drawShowLine(_ watch: WatchState, _ state: AppState, in area: Rect) {
        let facts = showFacts(watch, state)
        let isOld = !state.connection.isLive
        let factsAt = putRight(facts, isOld ? .stale : .dim, right: area.width - 1, row: 0, in: area)
        let room = factsAt - 3
        let host = watch.hosts.first
        let hostWidth = (host?.name.width ?? 0) + 12
        let titleRoom = room - hostWidth >= 16 ? room - hostWidth : room
        var x = put(watch.title, .strong, x: 1, row: 0, in: area, width: max(0, titleRoom))
        guard let host, titleRoom < room else { return }
        x = put(" with " + host.name, .text, x: x, row: 0, in: area, width: max(0, factsAt - x - 5))
        if host.isVerified { x = put(" ✓", .accent, x: x, row: 0, in: area) }
        if state.follows.contains(host.id) { put(" ♥", .accent, x: x, row: 0, in: area) }
    }

    private func showFacts(_ watch: WatchState, _ state: AppState) -> SafeText {
        let isWide = state.columns >= 100
        guard let startsAt = watch.startsAt else { return "" }
        if watch.playhead.isReplay {
            let position = watch.playhead.position(now: state.now, serverNow: state.serverNow)
            let end = watch.summary?.endsAt.map { " of " + Phrase.clock($0 - startsAt) } ?? ""
            if case .replay(_, _, true) = watch.playhead {
                return "replay stopped at " + Phrase.clock(position - startsAt) + end
            }
            return "replay " + Phrase.clock(position - startsAt) + end
        }
        switch watch.state {
        case .scheduled: return "starts in " + Phrase.clock(startsAt - state.serverNow)
        case .ended: return "the show has ended"
        case .cancelled: return "called off"
        case .live, nil: break
        }
        let viewers = Phrase.count(watch.timeline?.played.viewers ?? watch.summary?.viewers) + " watching"
        guard state.connection.isLive else { return viewers + " · not now" }
        let onAir = " · on air " + Phrase.clock(state.serverNow - startsAt)
        let delay = watch.detail?.show.delayMilliseconds ?? 0
        return viewers + onAir + (isWide && delay > 0 ? SafeText(" · picture \(delay / 1000) s behind") : "")
    }
}
