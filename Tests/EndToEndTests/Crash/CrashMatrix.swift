import Testing

/// The rows of the matrix and what came of them.
final class CrashMatrix {
    private struct Row {
        let point: CrashPoint
        let cause: String
        var runs = 0
        var failures = 0
        var outcomes: [String] = []
    }

    private var rows: [Row] = []
    private(set) var failures = 0
    var runs: Int { rows.reduce(0) { $0 + $1.runs } }

    /// One run of a case.
    /// - Parameters:
    ///   - detail: what distinguishes it from others of its row, to find it again.
    ///   - body: returns what happened in a few words.
    func run(_ point: CrashPoint, _ cause: String, _ detail: String = "", _ body: () throws -> String) {
        do {
            note(point, cause, try body(), failed: false)
        } catch {
            note(point, cause, "FAILED", failed: true)
            Issue.record("\(point.rawValue) \(cause) \(detail): \(error)")
        }
    }

    func note(_ point: CrashPoint, _ cause: String, _ outcome: String, failed: Bool) {
        let index = rows.firstIndex { $0.point == point && $0.cause == cause } ?? rows.endIndex
        if index == rows.endIndex { rows.append(Row(point: point, cause: cause)) }
        rows[index].runs += 1
        if failed {
            rows[index].failures += 1
            failures += 1
        } else if !rows[index].outcomes.contains(outcome) {
            rows[index].outcomes.append(outcome)
        }
    }

    var table: String {
        var lines = ["point · cause".padded(to: 62) + "runs  outcome"]
        for point in CrashPoint.allCases {
            let own = rows.filter { $0.point == point }
            guard !own.isEmpty else { continue }
            lines.append("\(point.rawValue) \(point.words)")
            for row in own.sorted(by: { $0.cause < $1.cause }) {
                let outcome = row.outcomes.sorted().joined(separator: " | ")
                let failed = row.failures == 0 ? "" : "  FAILED \(row.failures)"
                let runs = String(row.runs)
                lines.append(
                    ("  " + row.cause).padded(to: 62) + String(repeating: " ", count: max(0, 4 - runs.count)) + runs
                        + "  " + outcome + failed)
            }
        }
        lines.append("\(runs) runs, \(failures) failed")
        return lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
