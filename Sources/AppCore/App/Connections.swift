import Domain
import Text

extension AppState {
    /// What is asked of a channel by itself, of that which everybody may ask for.
    private func openPollers(of channel: Channel) -> [QuestionKind: Poller] {
        var pollers = featurePollers(of: channel)
        pollers[.service] = shops[channel].service
        if let watch, watch.show.channel == channel {
            pollers[.head] = watch.head
            pollers[.detail] = watch.detailPoller
        }
        return pollers.filter(\.value.isActive)
    }

    /// Parts of a timeline are asked for, or will be again.
    private func wantsSegments(of channel: Channel) -> Bool {
        guard let watch, watch.show.channel == channel else { return false }
        return !watch.segmentsInFlight.isEmpty || watch.segmentsBackoff.retryAt != nil
    }

    /// Tells each connection what is going to be asked, after each thing that happens.
    mutating func planConnections() {
        for channel in channels {
            let pollers = openPollers(of: channel)
            let kinds = Set(pollers.keys).union(wantsSegments(of: channel) ? [.segments] : [])
            // That a shop has not said yet what it can do keeps nobody waiting.
            let shown = pollers.filter { $0 != .service || $1.backoff.failures > 0 }.values
            shops[channel].connection.plan(kinds, Array(shown), isUpToDate: !isBehind(channel), at: now)
        }
    }

    /// What is on the screen is a list of several channels.
    package var isOfAllChannels: Bool { hasSeveralChannels && page == nil && buy == nil && payment == nil }

    /// The channel whose connection is told of: on a list of all of them, the first that is away.
    package var connectionInSight: Channel {
        isOfAllChannels ? channels.first { shops[$0].connection.isAway } ?? focus : focus
    }

    /// Something in sight could not be had while the server was away, and has not come since.
    private func isBehind(_ channel: Channel) -> Bool {
        if case .watch(let id) = page, id.channel == channel {
            return watch?.failure?.isTransient == true || isBehindTheShow
        }
        return pages.last?.isBehind(channel)
            ?? (schedule[channel].failure?.isTransient == true || schedule[channel].fetchedAt == nil)
    }

    /// Parts of the timeline lie between what is there and what is on now.
    private var isBehindTheShow: Bool {
        guard let watch, !watch.playhead.isReplay, let head = watch.heldHead, let timeline = watch.timeline else {
            return false
        }
        return !timeline.missing(before: head.open, limit: 1).isEmpty
    }

    /// A server is there again: what could not be found out before is asked now.
    mutating func comeBack(_ channel: Channel) -> [Effect] {
        if asksByItself {
            if orders.unresolved.contains(where: { $0.channel == channel }) {
                orders.resolver[channel].resume(at: now)
            }
            payments.poller.resume(at: now)
        } else {
            orders.resolver[channel].hurry(at: now)
            payments.poller.hurry(at: now)
        }
        if watch?.show.channel == channel {
            if watch?.headFailure != nil { watch?.head.resume(at: now) }
            if watch?.detailFailure != nil { watch?.detailPoller.resume(at: now) }
            watch?.segmentsBackoff.endWait(at: now)
        }
        let effects = onPages(.comeBack(channel)) + onFeatures(.comeBack(channel))
        guard asksByItself else { return effects }
        resumeService(of: channel)
        guard shops[channel].accountID != nil, !orders.loaded.contains(channel) else { return effects }
        return effects + [.ask(.orders(cursor: nil), of: channel)]
    }

    private mutating func resumeService(of channel: Channel) {
        if !shops[channel].isServiceKnown { shops[channel].service.resume(at: now) }
    }

    /// Asks each shop what it is and can do, until it has said so.
    mutating func askForServices() -> [Effect] {
        channels.compactMap { channel in
            guard shops[channel].service.isDue(at: now) else { return nil }
            shops[channel].service.sent(at: now)
            return .ask(.service, of: channel)
        }
    }

    mutating func takeService(
        _ result: Result<ShopAnswer, ShopFailure>, of channel: Channel, _ circumstances: Circumstances
    ) -> [Effect] {
        guard case .success(.service(let info)) = result else {
            if case .failure(let failure) = result, failure.isTransient {
                shops[channel].service.failed(circumstances, interval: .seconds(30), failure)
            } else {
                shops[channel].service.stopAfterAnswer()
            }
            return []
        }
        shops[channel].service.stopAfterAnswer()
        shops[channel].isServiceKnown = true
        shops[channel].capabilities = info.capabilities
        shops[channel].chatCharacters = info.chatCharacters
        if let serverTime = info.serverTime { shops[channel].clock.observe(notBefore: serverTime, at: now) }
        guard !follows.loaded.contains(channel), shops[channel].accountID == nil, surroundings.canTellFollows(channel)
        else {
            return []
        }
        return [.ask(.follows, of: channel)]
    }

    /// Somebody does not want to wait: all that is in sight is asked for now, but no sooner than the server wants, and
    /// a key that is held down does not ask again and again.
    mutating func refresh(_ circumstances: Circumstances) -> [Effect] {
        if let until = connection.heldUntil {
            tell("The server wants to be left alone for " + Self.seconds(until: until, from: now) + ".", .warning)
        }
        guard refreshedAt.map({ now - $0 >= .seconds(1) }) ?? true else { return [] }
        refreshedAt = now
        for channel in channels { resumeService(of: channel) }
        var effects = onFeatures(.refresh) + onPages(.refresh)
        watch?.head.resume(at: now)
        if watch?.detailFailure != nil { watch?.detailPoller.resume(at: now) }
        watch?.segmentsBackoff.endWait(at: now)
        resumeWatchingOrders()
        for channel in Set(orders.unresolved.map(\.channel)) { orders.resolver[channel].resume(at: now) }
        effects += askForTab()
        return effects + reduce(&self, .timePassed, circumstances)
    }

    private static func seconds(until end: Timestamp, from now: Timestamp) -> SafeText {
        SafeText("\((end - now).milliseconds.advanced(by: 999) / 1000) s")
    }
}
