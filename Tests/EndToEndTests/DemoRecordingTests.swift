import FoundationEssentials
import Glibc
import ProgramTesting
import TestThreads
import Testing

/// A demo, recorded.
@Suite(.programs, .timeLimit(.minutes(3))) struct DemoRecordingTests {
    let shopper: Shopper
    var recording: String { shopper.home.path + "/bug.ndjson" }

    init() throws { shopper = try Shopper() }

    private func contents(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// From the schedule into a show, through the quote of a purchase that is not made.
    private static let steps = """
        wait text "LIVE NOW"
        wait text "● live ·"
        key enter
        wait text "★"
        key b
        wait text "Enter buy for"
        key esc
        wait gone "Enter buy for"
        key 3
        wait text "You follow nobody yet"

        """

    @Test func aDemoIsRecordedWithoutItsSecrets() throws {
        let script = try shopper.write(Self.steps, to: "session.script")
        let outcome = try shopper.run(
            "demo", "--script", script, "--size", "100x30", "--save-screen", shopper.home.path + "/last.txt",
            "--record",
            recording)
        #expect(outcome.status == 0, "\(outcome)")
        let kept = try contents(of: recording)
        #expect(kept.hasPrefix("{") && kept.contains("\"vitrineRecording\":1"))
        #expect(kept.contains("/v1/guests") && kept.contains("REMOVED"))
        let token = try #require(
            try contents(of: shopper.home.path + "/state/vitrine/accounts").split(separator: " ").dropFirst(2).first)
        #expect(token.count > 20 && !kept.contains(token))
        var facts = stat()
        #expect(stat(recording, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    }
}
