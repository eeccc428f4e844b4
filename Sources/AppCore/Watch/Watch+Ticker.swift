import Text

extension AppState {
    /// The cells of the row that the ticker has.
    package var tickerWidth: Int { max(1, columns - 2) }

    /// Tells whether something may move by itself: not what nobody sees, wants, or has the line for.
    private var isTickerFree: Bool {
        guard case .watch = page else { return false }
        return buy == nil && prompt == nil && notice == nil && !isHelpOpen && !reduceMotion && isFocused
            && !isOutputBackedUp
    }

    mutating func moveTicker() {
        let (width, isFree) = (tickerWidth, isTickerFree)
        watch?.ticker.move(at: now, width: width, isAllowed: isFree)
    }
}
