import AppCore
import ArgumentParser
import Domain
import Glibc

struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a show as lines of text or of JSON.",
        discussion: """
            --plain prints lines for people and screen readers, --json one event a line, both as they happen. \
            ‘vitrine --plain’ is the whole program in lines, with buying.
            """)

    @OptionGroup var server: ServerOptions
    @Argument(help: "The show's id.") var id: String
    @Flag(help: "Print lines of text.") var plain = false
    @Flag(help: "Print one event a line, as JSON.") var json = false
    @Option(
        name: .customLong("for"), parsing: .unconditional, help: "End after so many seconds.",
        transform: Expectation.seconds.callAsFunction)
    var seconds: Double?

    func validate() throws {
        guard plain != json else { throw ValidationError("expected one of --plain and --json") }
    }

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        let end = seconds.map { ContinuousClock.now + .milliseconds(Int64($0 * 1000)) }
        let show = try FollowedShow(ShowID(try session.choose(id)), as: json ? .json : .plain, session, until: end)
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
