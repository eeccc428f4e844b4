import Domain

extension AppState {
    /// When something happens by itself next: the loop sleeps until then. Nothing to do means no wake-up.
    package var nextDeadline: Timestamp? {
        var deadlines: [Timestamp?] = [
            channels.compactMap { shops[$0].service.dueAt }.min(),
            notice?.until, asksByItself ? nextMinute : nil,
            watch?.ticker.nextRowAt, nextChatSecond,
        ]
        deadlines += featureDeadlines
        if let watch {
            deadlines += [watch.headDueAt, watch.detailPoller.dueAt, watch.pendingLink?.poller.dueAt]
            deadlines.append(watch.segmentsBackoff.retryAt)
            if let event = watch.timeline?.nextWaitingAt {
                deadlines.append(watch.playhead.localTime(reaching: event, now: now, serverNow: showNow))
            }
            // The time on air, an offer's end and a replay's position are shown to the second.
            if showsSeconds { deadlines.append(nextSecond) }
            deadlines.append(selectionFollowsAt)
        }
        deadlines += [ordersDueAt, resolutionDueAt, paymentDueAt, paymentEndsAt]
        deadlines += [dealsDueAt, restockDueAt, buy?.dealsAwaitedUntil]
        if let buy {
            let settles = buy.figuresAt + BuyState.deliberation
            if settles > now { deadlines.append(settles) }
            if case .ready(let quote) = buy.quote, buy.stage == .choosing {
                deadlines.append(quote.expiresAt - clock.offset)
            }
        }
        deadlines.append(shops[connectionInSight].connection.nextChange(after: now))
        return deadlines.compactMap { $0 }.min()
    }

    /// When the header's clock and the schedule's "in 28 min" change.
    private var nextMinute: Timestamp { next(60_000, of: now) }

    /// The local time at which the server's clock shows another second.
    private var nextSecond: Timestamp { next(1000, of: showNow) - shop.showClock.offset }

    private func next(_ step: Int64, of time: Timestamp) -> Timestamp {
        Timestamp(milliseconds: (time.milliseconds / step + 1) * step)
    }

    private var showsSeconds: Bool {
        guard let watch else { return false }
        if case .replay(_, _, let isPaused) = watch.playhead { return !isPaused }
        return watch.feed == nil && (watch.state == .live || watch.state == .scheduled)
    }
}
