import Domain
import Text

extension AppState {
    /// Opens a show: live from its head, a past one as a replay.
    mutating func open(_ id: ShowID, _ circumstances: Circumstances) -> [Effect] {
        guard let summary = show(id) else { return [] }
        guard summary.state != .cancelled else {
            tell("This show was called off.", .warning)
            return []
        }
        let playhead: Playhead =
            summary.state == .ended
            ? .replay(position: summary.startsAt, anchor: now, isPaused: false)
            : .live(lag: liveLag(delayMilliseconds: summary.delayMilliseconds, poll: .seconds(1)))
        if watch != nil { pages = [] }
        pages.append(WatchPage(show: id))
        watch = WatchState(show: id, summary: summary, playhead: playhead)
        watch?.detailPoller.start(at: now)
        watch?.head.start(at: now)
        return watchOn(circumstances)
    }
}

extension WatchState {
    /// Product that is chosen in the line-up or among the moments; with the chat in front, the card's.
    func productInFocus(at position: Timestamp) -> Product? {
        switch pane {
        case .chat: productOnCard
        case .lineUp: lineUp.first { $0.id == selectedProduct }.map(current)
        case .moments:
            chosenMoment(at: position)?.products.first.flatMap { id in lineUp.first { $0.id == id } }.map(current)
        }
    }
}
