import Domain
import Text

extension WatchState {
    /// The moments that the viewer may know of: live, none that the playhead has not reached.
    package func momentsShown(at position: Timestamp) -> [Moment] {
        playhead.isReplay ? moments ?? [] : (moments ?? []).filter { $0.at <= position }
    }

    /// The one that the playhead is in.
    package func currentMoment(at position: Timestamp) -> Moment? { moments?.last { $0.at <= position } }

    /// The one that the cursor stands on: it goes with the show until it is moved.
    package func chosenMoment(at position: Timestamp) -> Moment? {
        let shown = momentsShown(at: position)
        return shown.first { $0.at == selectedMoment } ?? currentMoment(at: position) ?? shown.first
    }
}

extension AppState {
    /// Where in the show's time the viewer is.
    package var playheadPosition: Timestamp {
        watch?.playhead.position(now: now, serverNow: showNow) ?? showNow
    }

    mutating func toggleMoments() -> [Effect] {
        guard let watch else { return [] }
        guard watch.pane != .moments else {
            self.watch?.pane = .chat
            return []
        }
        self.watch?.pane = .moments
        self.watch?.selectedMoment = nil
        self.watch?.momentsFailure = nil
        return [.ask(.moments(watch.show))]
    }

    mutating func moveAmongMoments(_ intent: UserIntent) {
        guard let watch else { return }
        let position = playheadPosition
        let times = watch.momentsShown(at: position).map(\.at)
        let current = watch.chosenMoment(at: position)?.at
        self.watch?.selectedMoment = times.moved(from: current, by: intent, page: max(1, rows / 2))
        let product = self.watch?.selection(at: position)
        if watch.shownChoice != nil { self.watch?.shownChoice?.selected = product }
    }

    /// In a replay goes to the chosen moment; live, the past is not played again, so its product is opened.
    mutating func openMoment(_ circumstances: Circumstances) -> [Effect] {
        guard let watch, let moment = watch.chosenMoment(at: playheadPosition) else { return [] }
        guard watch.playhead.isReplay else { return openProductPage() }
        self.watch?.pane = .chat
        return move(to: moment.at, from: moment.segment, circumstances)
    }

    mutating func takeMoments(_ id: ShowID, _ result: Result<ShopAnswer, ShopFailure>) {
        guard watch?.show == id else { return }
        switch result {
        case .success(.moments(let moments)):
            watch?.moments = moments.sorted { $0.at < $1.at }
            watch?.momentsFailure = nil
        case .success: break
        case .failure(let failure): watch?.momentsFailure = failure
        }
    }

    /// More than anybody shows in a day.
    private static let mostMoments = 2000

    /// A highlight that began after the list was asked for.
    mutating func noteMoment(_ products: [ProductID], at time: Timestamp) {
        guard let watch, let last = watch.moments.map({ $0.last?.at ?? .distantPast }), time > last,
            let startsAt = watch.startsAt
        else { return }
        let titles = products.compactMap { id in watch.lineUp.first { $0.id == id }?.title.string }
        guard !titles.isEmpty else { return }
        self.watch?.moments?.append(
            Moment(
                products: products, title: SafeText(titles.joined(separator: " + ")), at: time,
                offset: time - startsAt))
        if watch.moments?.count ?? 0 >= Self.mostMoments { self.watch?.moments?.removeFirst() }
    }
}
