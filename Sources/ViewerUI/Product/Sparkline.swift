import Domain
import Text

/// A price's course in one row of bars.
package enum Sparkline {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The bars of `width` equal stretches of time up to `end`: each stands for the price that held at the end of its
    /// stretch. The lowest price has the lowest bar, the highest the highest.
    /// - Parameter points: oldest first, amounts of one currency and exponent.
    package static func text(_ points: [PricePoint], until end: Timestamp, width: Int) -> SafeText {
        guard let first = points.first, width > 0, let low = points.map(\.price.amount).min(),
            let high = points.map(\.price.amount).max()
        else { return "" }
        let span = Double(max(1, (end - first.at).milliseconds))
        var line = ""
        var index = 0
        for column in 1...width {
            let time = first.at + .milliseconds(Int64(span * Double(column) / Double(width)))
            while index + 1 < points.count, points[index + 1].at <= time { index += 1 }
            // Heights, not money: eight of them need no exact arithmetic.
            let share = (Double(points[index].price.amount) - Double(low)) / max(1, Double(high) - Double(low))
            line.append(bars[Int((share * 7).rounded())])
        }
        return SafeText(line)
    }
}
