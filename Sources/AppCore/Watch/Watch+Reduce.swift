import Domain
import Text

extension AppState {
    /// Chat is played so far behind the server that it flows evenly between two polls, and with the picture.
    func liveLag(delayMilliseconds: Int, poll: Duration) -> Duration {
        max(.milliseconds(Int64(delayMilliseconds)), poll * 2)
    }

    mutating func leaveWatching() {
        watch = nil
        buy = nil
        search[.chat] = ""
        search[.lineUp] = ""
    }

    /// What the Watch page does by itself: polls that are due, and events that the playhead has reached.
    mutating func watchOn(_ circumstances: Circumstances) -> [Effect] {
        guard watch != nil else { return [] }
        var effects: [Effect] = []
        if let id = watch?.show, watch?.detailPoller.isDue(at: now) == true {
            watch?.detailPoller.sent(at: now)
            effects.append(.ask(.show(id)))
        }
        if let id = watch?.show, let due = watch?.headDueAt, due <= now {
            watch?.head.sent(at: now)
            effects.append(.ask(.head(id)))
        }
        if watch?.segmentsBackoff.takeEnd(at: now) == true { effects += advance() }
        play()
        return effects + readAhead() + askForLink()
    }

    mutating func takeShow(
        _ id: ShowID, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) {
        guard watch?.show == id else { return }
        switch result {
        case .success(.show(let detail)):
            watch?.detail = detail
            watch?.detailFailure = nil
            notePrices(of: detail.lineUp)
            watch?.detailPoller.stopAfterAnswer()
            if case .live? = watch?.playhead {
                let lag = liveLag(
                    delayMilliseconds: detail.show.delayMilliseconds, poll: watch?.pollInterval ?? .seconds(1))
                watch?.playhead = .live(lag: lag)
            }
        case .success: watch?.detailPoller.stopAfterAnswer()
        case .failure(let failure):
            // A front end that tells the show has it, and asks for it again for reasons of its own.
            guard watch?.feed == nil else { return }
            watch?.detailFailure = failure
            watch?.detailPoller.failed(circumstances, interval: .seconds(5), failure)
        }
    }

    mutating func takeHead(
        _ id: ShowID, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        guard watch?.show == id else { return takeDeals(of: id, result, circumstances) }
        defer { applyDeal() }
        let interval = watch?.pollInterval ?? .seconds(1)
        switch result {
        case .success(.head(let head)):
            let asked = Duration.milliseconds(Int64(min(max(head.pollAfterMilliseconds, 500), 60_000)))
            if shops[id.channel].liveClock != nil {
                shops[id.channel].liveClock?.observe(notBefore: head.serverTime, at: now)
            } else {
                shops[id.channel].clock.observe(notBefore: head.serverTime, at: now)
            }
            watch?.pollInterval = asked
            watch?.heldHead = head
            watch?.lastSegment = head.open.number
            watch?.headFailure = nil
            if case .live? = watch?.playhead {
                let delay = (watch?.detail?.show ?? watch?.summary)?.delayMilliseconds ?? 0
                let lag = liveLag(delayMilliseconds: delay, poll: asked)
                watch?.playhead = .live(lag: lag)
            }
            if isLast(head) {
                watch?.head.stopAfterAnswer()
            } else {
                watch?.head.answered(circumstances, interval: asked)
            }
        case .success:
            watch?.head.answered(circumstances, interval: interval)
        case .failure(let failure):
            watch?.headFailure = failure
            watch?.head.failed(circumstances, interval: interval, failure)
            return []
        }
        return advance()
    }

    /// Nothing happens after this head: in a replay, or where a front end tells a show to its end.
    private func isLast(_ head: ShowHead) -> Bool {
        switch watch?.playhead {
        case .replay: true
        case .newest: head.snapshot.state.isOver
        case .live, nil: false
        }
    }

    mutating func takeSegment(
        _ id: ShowID, _ number: Int, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        guard watch?.show == id else { return [] }
        watch?.segmentsInFlight.remove(number)
        // A segment before the open one is closed, or the server contradicts itself: it is asked again, later.
        let openNumber = watch?.heldHead?.open.number ?? watch?.lastSegment ?? 0
        guard case .success(.segment(let segment)) = result, segment.isClosed || number >= openNumber else {
            return doWithout(number, result, circumstances)
        }
        watch?.segmentsBackoff.succeeded()
        watch?.segmentsFailure = nil
        watch?.segmentStarts[number] = segment.opening.at
        let isLast = number == watch?.lastSegment
        if isLast { watch?.isComplete = true }
        if watch?.rewindingTo == number {
            watch?.rewindingTo = nil
            watch?.isComplete = isLast
            watch?.timeline = nil
            watch?.chat.clear()
            watch?.ticker = Ticker()
            watch?.removed.removeAll()
        }
        if watch?.timeline == nil {
            // Live, one that was asked for before a long absence may still come: it is news no more.
            if watch?.playhead.isLive == false || number >= openNumber - 1 { begin(with: segment) }
        } else if let events = watch?.timeline?.receive(segment) {
            absorb(events)
        }
        return advance()
    }

    /// A segment that did not come: it is asked for once more. Live, what is on now is shown without it after that,
    /// or at once where the shop keeps no such part of the past or wants to be left alone for long. A feed has no gaps.
    private mutating func doWithout(
        _ number: Int, _ result: Result<ShopAnswer, ShopFailure>, _ circumstances: Circumstances
    ) -> [Effect] {
        let failure: ShopFailure =
            switch result {
            case .failure(let failure): failure
            case .success(.segment): .notUnderstood("a part of the show's timeline is not there yet")
            case .success: .notUnderstood("the shop's reply is about something else")
            }
        watch?.segmentsFailure = failure
        let isLasting =
            failure == .notFound || failure.retryAfterSeconds != nil || watch?.segmentsBackoff.failures ?? 0 > 0
        if watch?.playhead.isLive == true, let open = watch?.heldHead?.open,
            watch?.timeline.map({ failure == .notFound && $0.nextSegment < open.number }) ?? isLasting
        {
            watch?.segmentsBackoff.succeeded()
            watch?.segmentsFailure = nil
            begin(with: open)
            return advance()
        }
        watch?.segmentsBackoff.failed(circumstances, cap: .seconds(5), failure)
        return []
    }

    private mutating func begin(with segment: TimelineSegment) {
        var timeline = ShowTimeline(startingWith: segment)
        // A replay shows the prices of its time; live, the line-up's are newer than those that the segment opened with.
        if watch?.playhead.isReplay == true { segment.opening.onAir.forEach { timeline.setFacts($0) } }
        let events = timeline.receive(segment)
        watch?.timeline = timeline
        absorb(events)
    }

    /// Brings the timeline up to the newest head, asking for the segments between where there are any.
    mutating func advance() -> [Effect] {
        guard let watch, let head = watch.heldHead else { return [] }
        if case .replay = watch.playhead { return readAhead() }
        guard let timeline = watch.timeline else {
            if let earlier = segmentToBegin(before: head.open) { return askForSegments([earlier]) }
            begin(with: head.open)
            return letGo(of: head)
        }
        if watch.playhead.isLive, head.open.number - timeline.nextSegment > 100 {
            // Away for so long that what was missed is no longer news: begin anew, what was read stays.
            self.watch?.timeline = nil
            return advance()
        }
        let missing = timeline.missing(before: head.open, limit: watch.feed == nil ? 4 : 1)
        if !missing.isEmpty || !watch.segmentsInFlight.isEmpty { return askForSegments(missing) }
        if let events = self.watch?.timeline?.receive(head.open) { absorb(events) }
        if head.retells {
            if watch.feed == nil { forgetUnpublished(RetoldStretch(head)) }
            self.watch?.timeline?.setState(head.snapshot.state)
        }
        return letGo(of: head)
    }

    /// The segment to begin with; nil for the open one.
    private func segmentToBegin(before open: TimelineSegment) -> Int? {
        guard let playhead = watch?.playhead, open.number > 0 else { return nil }
        // A chat that begins with the open segment's first line looks empty: begin one segment earlier.
        if playhead.isLive { return open.events.count < 50 ? open.number - 1 : nil }
        return playhead.isReplay ? 0 : nil
    }

    /// Takes in what a head says about now, once all before it is there.
    private mutating func letGo(of head: ShowHead) -> [Effect] {
        if head.retells, watch?.feed != nil { feedRetold(head) }
        setNow(head.snapshot)
        watch?.heldHead = nil
        watch?.feed?.snapshot = head.snapshot
        let isComplete = isLast(head)
        watch?.feed?.isComplete = isComplete
        return askForLink()
    }

    /// What is gone from a stretch of the chat that is told anew.
    private mutating func forgetUnpublished(_ stretch: RetoldStretch) {
        watch?.timeline?.forget(stretch.lacks)
        takeBackLinks(by: nil) { stretch.lacks($0.message, at: $0.at) }
        var gone: [MessageID] = []
        // What is older than the stretch is not looked at: a chat may be long.
        for entry in (watch?.chat.entries ?? []).reversed() where !entry.isPending {
            guard entry.message.at > stretch.start else { break }
            gone += ([entry.message.id] + entry.repeats).filter { stretch.lacks($0, at: entry.message.at) }
        }
        for id in gone { watch?.chat.remove(id) }
    }

    private mutating func setNow(_ snapshot: ShowSnapshot) {
        watch?.timeline?.setNow(snapshot)
        for facts in snapshot.onAir { seenPrices.see(facts.sku, at: facts.price) }
    }

    private mutating func askForSegments(_ numbers: [Int]) -> [Effect] {
        guard let watch, watch.segmentsBackoff.retryAt == nil, watch.feed?.isFull != true else { return [] }
        let wanted = numbers.filter { !watch.segmentsInFlight.contains($0) }
        self.watch?.segmentsInFlight.formUnion(wanted)
        return wanted.map { .ask(.segment(watch.show, $0)) }
    }

    /// A replay fetches the next segment a minute before the playhead needs it.
    private mutating func readAhead() -> [Effect] {
        guard let watch, case .replay = watch.playhead, watch.segmentsInFlight.isEmpty, let last = watch.lastSegment
        else { return [] }
        if let target = watch.rewindingTo { return askForSegments([target]) }
        guard let timeline = watch.timeline else { return askForSegments([0]) }
        let position = watch.playhead.position(now: now, serverNow: showNow)
        guard !watch.isComplete, timeline.nextSegment <= last, timeline.lastKnownAt - position < .seconds(60) else {
            return []
        }
        return askForSegments([timeline.nextSegment])
    }

    /// Sorts new events: facts hold at once when live, the rest waits for the playhead.
    private mutating func absorb(_ events: [TimelineEvent]) {
        guard let isLive = watch?.playhead.isLive else { return }
        for event in events {
            if event.isFact, isLive {
                apply(event)
                watch?.timeline?.foldFact(event)
            } else {
                watch?.timeline?.wait(CollectionOfOne(event))
            }
        }
        play()
    }

    /// Plays what the playhead has reached.
    private mutating func play() {
        guard let position = watch?.playhead.position(now: now, serverNow: showNow) else { return }
        while let event = watch?.timeline?.next(upTo: position) { tellAndApply(event) }
        stopAtTheEnd(position)
    }

    /// A link is told when it is known what it leads to.
    mutating func tellAndApply(_ event: TimelineEvent) {
        if case .link = event.kind {} else { watch?.feed?.append(.event(event)) }
        apply(event)
    }

    /// A replay that has played everything stands still, instead of counting on.
    private mutating func stopAtTheEnd(_ position: Timestamp) {
        guard let watch, case .replay(_, _, isPaused: false) = watch.playhead, watch.isComplete,
            watch.rewindingTo == nil, let timeline = watch.timeline, !timeline.hasWaiting
        else { return }
        let end = max(watch.summary?.endsAt ?? timeline.lastKnownAt, timeline.lastKnownAt)
        if position >= end { self.watch?.playhead = .replay(position: end, anchor: now, isPaused: true) }
    }
}
