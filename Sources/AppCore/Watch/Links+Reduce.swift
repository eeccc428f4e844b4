import Domain
import Text

/// Products that links put on air.
extension AppState {
    /// Asks the shop what stands at the newest link, at the moment that it is on air.
    mutating func askForLink() -> [Effect] {
        guard let watch, let link = watch.pendingLink, link.poller.isDue(at: now) else { return [] }
        self.watch?.pendingLink?.poller.sent(at: now)
        return [.ask(.productAt(address: link.link.address), of: watch.show.channel)]
    }

    /// What a link had put on air leaves it with its message; the one before it is on air again, for its price of now.
    mutating func takeBackLinks(by event: TimelineEvent?, where isGone: (StandingLinks.Link) -> Bool) {
        let pending = watch?.pendingLink?.link
        guard watch?.links.takeBack(pending: pending, where: isGone) == true else { return }
        let before = watch?.timeline?.played.highlight ?? []
        if let title = before.first.flatMap(title(of:)) {
            watch?.ticker.add(.onAir, "no longer on air: " + title)
        }
        if let event, !before.isEmpty {
            let end = TimelineEvent(sequence: event.sequence, at: event.at, kind: .highlight([]))
            watch?.feed?.append(.offAir(before, end))
        }
        watch?.timeline?.clearAir()
        watch?.onAirIndex = 0
        askForNewestLink()
    }

    private mutating func askForNewestLink() {
        let newest = watch?.links.newest
        watch?.pendingLink = newest.map { PendingLink($0, at: now) }
    }

    /// A page of the shop's that sells nothing puts nothing on air; what was linked to before it is so still, or is asked for.
    private mutating func dropLink(_ link: StandingLinks.Link) {
        watch?.links.drop(link)
        watch?.pendingLink = nil
        if watch?.timeline?.played.highlight.isEmpty == true { askForNewestLink() }
    }

    mutating func takeLinked(
        _ address: String, of channel: Channel, _ result: Result<ShopAnswer, ShopFailure>,
        _ circumstances: Circumstances
    ) {
        guard let link = watch?.pendingLink?.link, link.address == address, watch?.show.channel == channel else {
            return
        }
        switch result {
        case .success(.product(let product)):
            watch?.pendingLink = nil
            watch?.takeLinked(product)
            if let feed = watch?.feed {
                let number = feed.snapshot?.sequence ?? 0
                let event = TimelineEvent(sequence: number, at: link.at, kind: .highlight([product.id]))
                watch?.feed?.append(.onAir(product, event))
            }
            notePrices(of: [product])
            announce([product.id], at: link.at)
        case .failure(let failure) where failure.isTransient:
            watch?.pendingLink?.poller.failed(circumstances, interval: .seconds(5), failure)
        case .success, .failure: dropLink(link)
        }
    }
}
