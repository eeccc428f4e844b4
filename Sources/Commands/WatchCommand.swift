import Domain
import Engine
import Lines

extension Session {
    /// Prints what happens in a show, as lines or as JSON, until it is over or the time has run out.
    package func printShow(_ name: String, asJSON json: Bool, for limit: Duration?) throws {
        let end = limit.map { ContinuousClock.now + $0 }
        let (channel, id) = try choose(name)
        let show = try ShowLines(
            ShowID(id).placed(in: place(of: channel)), as: json ? .json : .plain, self, until: end)
        try show.run(until: end)
    }
}
