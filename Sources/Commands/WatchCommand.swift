import Domain
import Engine
import Glibc
import Lines

extension Session {
    /// Prints what happens in a show, as lines or as JSON, until it is over or the time has run out.
    package func printShow(_ name: String, asJSON json: Bool, for limit: Duration?) throws {
        let end = limit.map { ContinuousClock.now + $0 }
        let (channel, id) = try choose(name)
        let show = try FollowedShow(
            ShowID(id).placed(in: place(of: channel)), as: json ? .json : .plain, self, until: end)
        while sleep(show.rest, until: end) {
            guard case .goesOn = try show.turn(until: end), !show.isOver else { return }
        }
    }

    /// - Returns: false at the end, which is not slept beyond.
    private func sleep(_ rest: Duration, until end: ContinuousClock.Instant?) -> Bool {
        let left = end.map { max(.zero, $0 - .now) } ?? rest
        usleep(UInt32(clamping: min(rest, left).milliseconds * 1000))
        return end.map { .now < $0 } ?? true
    }
}
