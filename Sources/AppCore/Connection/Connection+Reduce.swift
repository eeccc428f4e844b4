import Domain
import Text

extension AppState {
    /// What is polled on the pages that are open, of that which everybody may ask for.
    private var openPollers: [Poller] {
        [schedule.poller, watch?.head, watch?.detailPoller, productPage?.poller].compactMap { $0 }
    }

    /// Tells the connection what is going to be asked, after each thing that happens.
    mutating func planConnection() {
        connection.plan(openPollers, isUpToDate: !isBehind, at: now)
    }

    /// Something in sight could not be had while the server was away, and has not come since.
    private var isBehind: Bool {
        switch page {
        case .watch: watch?.failure?.isTransient == true || isBehindTheShow
        case .product: productPage?.failure?.isTransient == true
        case .host, .order, nil: schedule.failure?.isTransient == true || schedule.fetchedAt == nil
        }
    }

    /// Parts of the timeline lie between what is there and what is on now.
    private var isBehindTheShow: Bool {
        guard let watch, !watch.playhead.isReplay, let head = watch.heldHead, let timeline = watch.timeline else {
            return false
        }
        return !timeline.missing(before: head.open, limit: 1).isEmpty
    }

    /// The server is there again: what could not be found out before is asked now.
    mutating func comeBack() -> [Effect] {
        if !orders.unresolved.isEmpty { orders.resolver.resume(at: now) }
        payments.poller.resume(at: now)
        if watch?.headFailure != nil { watch?.head.resume(at: now) }
        if watch?.detailFailure != nil { watch?.detailPoller.resume(at: now) }
        watch?.segmentsBackoff.endWait(at: now)
        if productPage?.failure != nil { productPage?.poller.resume(at: now) }
        if schedule.fetchedAt == nil || schedule.failure != nil { schedule.poller.resume(at: now) }
        let service: [Effect] = isServiceKnown ? [] : [.ask(.service)]
        guard accountID != nil else { return service }
        return service + (follows.isLoaded ? [] : [.ask(.follows)])
            + (orders.isLoaded ? [] : [.ask(.orders(cursor: nil))])
    }

    /// Somebody does not want to wait: all that is in sight is asked for now, but no sooner than the server wants, and
    /// a key that is held down does not ask again and again.
    mutating func refresh(_ circumstances: Circumstances) -> [Effect] {
        if let until = connection.heldUntil {
            tell("The server wants to be left alone for " + Self.seconds(until: until, from: now) + ".", .warning)
        }
        guard refreshedAt.map({ now - $0 >= .seconds(1) }) ?? true else { return [] }
        refreshedAt = now
        schedule.poller.resume(at: now)
        watch?.head.resume(at: now)
        if watch?.detailFailure != nil { watch?.detailPoller.resume(at: now) }
        watch?.segmentsBackoff.endWait(at: now)
        productPage?.poller.resume(at: now)
        if areOrdersInSight { orders.watcher.resume(at: now) }
        if !orders.unresolved.isEmpty { orders.resolver.resume(at: now) }
        return askForTab() + reduce(&self, .timePassed, circumstances)
    }

    private static func seconds(until end: Timestamp, from now: Timestamp) -> SafeText {
        SafeText("\((end - now).milliseconds.advanced(by: 999) / 1000) s")
    }
}
