import AppCore
import Domain
import SeededRandom
import Testing

/// A thousand viewers ask one server, it goes away for a minute, and comes back.
@Suite("A herd of viewers does not trample the server that has come back")
struct HerdTests {
    enum Outage: CaseIterable, CustomTestStringConvertible {
        /// Nobody listens.
        case refusal
        /// Questions go out and nothing comes back.
        case silence
        /// 503 to everybody, with the time at which it will be over: the same moment for all.
        case maintenance
        /// 429 to whoever is one too many in a second, a while after it has come back, too.
        case storm

        var testDescription: String { "\(self)" }
    }

    private static let viewers = 1000
    private static let (outage, back, end) = (30_000, 90_000, 150_000)
    /// A client waits so long for an answer, in milliseconds.
    private static let patience = 15_000

    /// Milliseconds at which questions arrived, and at which each viewer had its first answer again.
    private struct Record {
        var arrivals: [Int] = []
        var firstAnswer: [Int: Int] = [:]

        /// The most that came within any second of a span.
        func peak(_ span: Range<Int>) -> Int {
            let times = arrivals.filter(span.contains)
            var (most, first) = (0, 0)
            for (index, time) in times.enumerated() {
                while times[first] <= time - 1000 { first += 1 }
                most = max(most, index - first + 1)
            }
            return most
        }
    }

    private static func play(_ outage: Outage, interval: Duration, seed: UInt64) -> Record {
        var random = Seeded(seed)
        let start = Sample.now
        var pollers = Array(repeating: Poller(), count: viewers)
        var agenda: [[(viewer: Int, answer: ShopFailure?, isAnswer: Bool)]] = Array(repeating: [], count: end + 1)
        func at(_ time: Int, _ viewer: Int, _ answer: ShopFailure? = nil, isAnswer: Bool) {
            if time <= end { agenda[time].append((viewer, answer, isAnswer)) }
        }
        func schedule(_ viewer: Int, _ now: Int) {
            guard let due = pollers[viewer].dueAt else { return }
            at(max(now, Int((due - start).milliseconds)), viewer, isAnswer: false)
        }
        for viewer in 0..<viewers {
            pollers[viewer].start(
                at: start + .milliseconds(Int64(Int.random(in: 0..<Int(interval.milliseconds), using: &random))))
            schedule(viewer, 0)
        }
        var record = Record()
        var served = 0
        for now in 0...end {
            if now % 1000 == 0 { served = 0 }
            var index = 0
            while index < agenda[now].count {
                let (viewer, failure, isAnswer) = agenda[now][index]
                index += 1
                let circumstances = Circumstances(
                    now: start + .milliseconds(Int64(now)), entropy: Entropy(high: random.next(), low: random.next()))
                if isAnswer {
                    if let failure {
                        pollers[viewer].failed(circumstances, interval: interval, failure)
                    } else {
                        if now >= back, record.firstAnswer[viewer] == nil { record.firstAnswer[viewer] = now }
                        pollers[viewer].answered(circumstances, interval: interval)
                    }
                    schedule(viewer, now + 1)
                    continue
                }
                pollers[viewer].sent(at: circumstances.now)
                let reply = now + 20 + Int.random(in: 0..<180, using: &random)
                let isAway = (Self.outage..<back).contains(now)
                if isAway, outage == .refusal {
                    at(now + 1, viewer, .unsent, isAnswer: true)
                    continue
                }
                record.arrivals.append(now)
                served += 1
                switch outage {
                case .silence where isAway: at(now + patience, viewer, .lost, isAnswer: true)
                case .maintenance where isAway:
                    let left = (back - now + 999) / 1000
                    at(reply, viewer, .busy(status: 503, retryAfterSeconds: left), isAnswer: true)
                case .storm where isAway || (now < back + 10_000 && served > viewers / 2):
                    at(reply, viewer, .busy(status: 429, retryAfterSeconds: 2), isAnswer: true)
                default: at(reply, viewer, isAnswer: true)
                }
            }
            agenda[now] = []
        }
        return record
    }

    @Test(
        "No more than twice as many as usual in a second, and all are back within half a minute",
        arguments: Outage.allCases, [Duration.seconds(1), .seconds(15)])
    func herd(_ outage: Outage, interval: Duration) {
        let record = Self.play(outage, interval: interval, seed: 1)
        let steady = Self.viewers / (Int(interval.milliseconds) / 1000)
        let usual = record.peak(5000..<Self.outage)
        #expect(usual < steady * 3 / 2, "the viewers march in step already")
        #expect(record.peak(Self.back..<Self.end) <= 2 * steady, "with \(steady) a second as a rule")
        #expect(record.firstAnswer.count == Self.viewers)
        let last = record.firstAnswer.values.max() ?? .max
        #expect(last - Self.back <= 30_000, "the last one was back after \(last - Self.back) ms")
    }
}
