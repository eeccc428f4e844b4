import Domain

/// A step of a front end that tells a show's events one after the other.
package enum FeedAction: Sendable {
    /// Watches a show: from now on, or from its beginning where it is over.
    case join(ShowDetail)
    /// The entries before this ordinal have been told.
    case told(upTo: Int)
    /// Asks now and not when it is due, where the server does not want to be left alone.
    case tryNow
    case leave
}

extension AppState {
    mutating func act(on action: FeedAction, _ circumstances: Circumstances) -> [Effect] {
        switch action {
        case .join(let detail): return join(detail, circumstances)
        case .told(let ordinal):
            watch?.feed?.forget(upTo: ordinal)
            return watchOn(circumstances) + advance()
        case .tryNow:
            watch?.head.hurry(at: now)
            watch?.segmentsBackoff.endWait(at: now)
            watch?.pendingLink?.poller.hurry(at: now)
            return watchOn(circumstances)
        case .leave:
            leaveFeed()
            return []
        }
    }

    private mutating func join(_ detail: ShowDetail, _ circumstances: Circumstances) -> [Effect] {
        leaveFeed()
        let show = detail.show
        pages.append(WatchPage(show: show.id))
        watch = WatchState(show: show.id, summary: show, playhead: .newest(isOver: show.state == .ended))
        watch?.detail = detail
        watch?.feed = ShowFeed()
        watch?.head.start(at: now)
        return watchOn(circumstances)
    }

    /// A purchase that is under way goes on.
    private mutating func leaveFeed() {
        pages.removeAll { $0 is WatchPage }
        watch = nil
    }

    /// What a chat that is told anew does not tell as events: what is gone from it, and where the show stands.
    mutating func feedRetold(_ head: ShowHead) {
        let before = watch?.feed?.snapshot?.state
        guard let gone = watch?.feed?.takeUnpublished(RetoldStretch(head)) else { return }
        var kinds = gone.map { TimelineEvent.Kind.chatRemoved($0) }
        if let before, before != head.snapshot.state { kinds.append(.state(head.snapshot.state)) }
        for kind in kinds {
            let event = TimelineEvent(sequence: head.lastSequence, at: head.serverTime, kind: kind)
            tellAndApply(event)
            watch?.timeline?.foldFact(event)
        }
    }
}
