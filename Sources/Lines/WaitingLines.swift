/// Lines that were not said yet: the newest ones, and the number of those before them.
struct WaitingLines {
    private static let limit = 100

    private var lines: [String] = []
    private var forgotten = 0

    mutating func append(_ line: String) {
        lines.append(line)
        guard lines.count > Self.limit else { return }
        lines.removeFirst()
        forgotten += 1
    }

    mutating func take() -> [String] {
        defer { self = WaitingLines() }
        return (forgotten > 0 ? ["\(forgotten) lines before these are left out."] : []) + lines
    }
}
