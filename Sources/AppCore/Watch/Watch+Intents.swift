import Domain
import Text

extension AppState {
    mutating func actOnWatching(_ intent: UserIntent, _ circumstances: Circumstances) -> [Effect] {
        switch intent {
        case .buy: return buyOnAir()
        case .buySelected: return buySelected()
        case .write: openChatPrompt()
        case .search: openSearch()
        case .nextMatch: goToMatch(older: true)
        case .previousMatch: goToMatch(older: false)
        case .moments: return toggleMoments()
        case .open: return watch?.pane == .moments ? openMoment(circumstances) : openProductPage()
        case .nextPane:
            if watch?.pane == .chat { focusLineUp() } else { watch?.pane = .chat }
        case .left, .right: watch?.turnCard(by: intent == .right ? 1 : -1)
        case .pause, .seekBack, .seekForward: return seek(intent, circumstances)
        case .up, .down, .pageUp, .pageDown, .top, .bottom:
            if watch?.pane == .lineUp {
                let ids = lineUpRows.map(\.id)
                let selected = watch?.selectedProduct
                watch?.select(ids.moved(from: selected, by: intent, page: max(1, rows / 2)), at: now)
            } else if watch?.pane == .moments {
                moveAmongMoments(intent)
            } else {
                scrollChat(intent)
            }
        default: break
        }
        return []
    }

    /// The keys go to the line-up, where a product is chosen from then on.
    mutating func focusLineUp() {
        let selected = watch?.selectedProduct ?? watch?.productOnCard?.id ?? watch?.lineUp.first?.id
        watch?.pane = .lineUp
        watch?.select(selected, at: now)
    }

    private mutating func scrollChat(_ intent: UserIntent) {
        switch intent {
        case .up: watch?.chat.scroll(by: -1)
        case .down: watch?.chat.scroll(by: 1)
        case .pageUp, .pageDown: watch?.chat.scrollPage(up: intent == .pageUp, guess: max(1, rows - 8))
        case .top: watch?.chat.scrollToTop()
        default: watch?.chat.follow()
        }
    }

    private mutating func seek(_ intent: UserIntent, _ circumstances: Circumstances) -> [Effect] {
        guard let watch, case .replay(_, _, let isPaused) = watch.playhead else {
            tell("Only a replay can be moved in.", .information)
            return []
        }
        let position = watch.playhead.position(now: now, serverNow: showNow)
        switch intent {
        case .pause: self.watch?.playhead = .replay(position: position, anchor: now, isPaused: !isPaused)
        case .seekForward:
            let end = watch.summary?.endsAt ?? .distantFuture
            let target = min(position + .seconds(30), max(end, position))
            self.watch?.playhead = .replay(position: target, anchor: now, isPaused: isPaused)
        default:
            let start = watch.startsAt ?? position
            let target = max(position - .seconds(30), min(start, position))
            return move(to: target, from: watch.segmentStarts.keys { $0 <= target }.max(), circumstances)
        }
        return watchOn(circumstances)
    }

    /// Moves a replay to a time that lies in a segment; where none is known, what is between is played to get there.
    mutating func move(to target: Timestamp, from segment: Int?, _ circumstances: Circumstances) -> [Effect] {
        guard let watch, case .replay(let position, _, let isPaused) = watch.playhead else { return [] }
        self.watch?.playhead = .replay(position: target, anchor: now, isPaused: isPaused)
        // One segment earlier than the place, so that there is chat to read above it.
        if segment != nil || target < position { self.watch?.rewindingTo = max(0, (segment ?? 0) - 1) }
        return watchOn(circumstances)
    }
}
