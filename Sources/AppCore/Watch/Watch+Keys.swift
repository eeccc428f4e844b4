import Domain
import Text

extension AppState {
    /// A key would do something on the Watch page; nil for what is the same on every page.
    func offersOnWatch(_ intent: UserIntent) -> Bool? {
        guard let watch else { return nil }
        switch intent {
        // Both keep their places while nothing is on air, or nothing is selected: what is beside them must not jump.
        case .buy, .buySelected: return capabilities.contains(.orders) && !watch.lineUp.isEmpty
        case .write: return capabilities.contains(.chat) && !watch.playhead.isReplay && watch.state != .scheduled
        case .open:
            return watch.pane == .moments
                ? watch.chosenMoment(at: playheadPosition) != nil : productInFocus != nil
        case .moments: return watch.state != .scheduled
        case .nextMatch: return search.isOn(in: .chat) && searchPlace == .chat
        case .pause, .seekBack, .seekForward: return watch.playhead.isReplay
        default: return nil
        }
    }
}

extension WatchState {
    func hint(for intent: UserIntent) -> SafeText? {
        switch intent {
        case .moments: pane == .moments ? "chat" : nil
        case .open: pane == .moments && playhead.isReplay ? "go there" : nil
        case .pause: if case .replay(_, _, isPaused: true) = playhead { "go on" } else { nil }
        default: nil
        }
    }
}
