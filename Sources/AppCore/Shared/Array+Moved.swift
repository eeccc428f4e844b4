extension Array where Element: Equatable {
    /// The row that a moving key leads to; the same row for other keys, the first where there was none.
    package func moved(from current: Element?, by intent: UserIntent, page: Int) -> Element? {
        guard !isEmpty else { return nil }
        guard let index = current.flatMap(firstIndex(of:)) else { return first }
        let target: Int =
            switch intent {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .top: 0
            case .bottom: count - 1
            default: index
            }
        return self[Swift.max(0, Swift.min(count - 1, target))]
    }
}
