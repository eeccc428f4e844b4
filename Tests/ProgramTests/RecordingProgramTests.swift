import Domain
import FoundationEssentials
import Glibc
import ProgramTesting
import TestThreads
import Testing

/// What one run was told, another one is told again, with no server at all.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct RecordingProgramTests {
    let shopper: Shopper
    var recording: String { shopper.home.path + "/bug.ndjson" }

    init() throws { shopper = try Shopper() }

    private func contents(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// Without what depends on the second.
    private func withoutClocks(_ path: String) throws -> [String] {
        try contents(of: path).split(separator: "\n", omittingEmptySubsequences: false).map { row in
            String(row).replacing(/[0-9]{1,3}(:[0-9]{2})+/, with: "0:00").replacing(
                /[0-9]+ (s|min|h)\b( [0-9]+( s| min)?)*/, with: "0 s")
        }
    }

    /// The buy pane's words; beside it the chat goes on by the second.
    private func figures(_ path: String) throws -> [Substring] {
        try contents(of: path).split(separator: "\n").compactMap { row in
            String(row).firstMatch(of: /(BUY ─|Quantity|Shipping|Duties|Total|Pay with|Enter buy).*/)?.output.0
        }
    }

    /// From the schedule into a show, through the quote of a purchase that is not made.
    private static let steps = """
        wait text "LIVE NOW"
        wait text "● live ·"
        screen schedule
        key enter
        wait text "★"
        key b
        wait text "Enter buy for"
        screen buy
        key esc
        wait gone "Enter buy for"
        key 3
        wait text "You follow nobody yet"
        screen following

        """

    @Test func aSessionIsShownAgainWithoutItsServer() throws {
        let server = try TestServer()
        let names = ["schedule", "following"]
        let script = try shopper.write(Self.steps, to: "session.script")
        for folder in ["before", "after"] {
            try FileManager.default.createDirectory(
                atPath: shopper.home.path + "/" + folder, withIntermediateDirectories: true)
        }
        func play(_ folder: String, _ more: [String]) throws -> Outcome {
            try shopper.run(
                ["--script", script, "--size", "100x30", "--save-screen", "\(shopper.home.path)/\(folder)/last.txt"]
                    + more)
        }
        let first = try play("before", ["--server", server.origin, "--record", recording])
        #expect(first.status == 0, "\(first)")
        try server.stop()
        let database = try Data(contentsOf: URL(filePath: shopper.database))
        let second = try play("after", ["--replay", recording])
        #expect(second.status == 0, "\(second)")
        #expect(second.errors.contains("a replay of \(recording)"))
        for name in names {
            let (before, after) = (
                try withoutClocks("\(shopper.home.path)/before/\(name).txt"),
                try withoutClocks("\(shopper.home.path)/after/\(name).txt")
            )
            #expect(before == after, "\(name)")
        }
        let quoted = try figures(shopper.home.path + "/before/buy.txt")
        #expect(quoted.count >= 6)
        #expect(try figures(shopper.home.path + "/after/buy.txt") == quoted)
        #expect(try Data(contentsOf: URL(filePath: shopper.database)) == database, "nothing of the user's is touched")
    }

    @Test func commandsReplayAndNothingIsBought() async throws {
        let server = try TestServer()
        let show = try await server.liveShow()
        shopper.server = server.origin
        let variant = try shopper.variant()
        let purchase = ["buy", variant.sku, "--max-total", "99999.00".suffixed(for: variant.price), "--yes"]
        let commands: [([String], onlyWords: String?)] = [
            (["shows"], nil), (["watch", show.id.rawValue, "--plain", "--for", "2"], show.title.string),
            (["orders"], nil),
        ]
        for (command, words) in commands {
            shopper.server = server.origin
            let before = try shopper.run(command + ["--record", recording])
            #expect(before.status == 0, "\(before)")
            shopper.server = "http://127.0.0.1:1"
            let after = try shopper.run(command + ["--replay", recording])
            #expect(after.status == 0, "\(after)")
            if let words { #expect(after.output.contains(words)) } else { #expect(after.output == before.output) }
        }
        shopper.server = server.origin
        let bought = try shopper.run(purchase + ["--record", recording])
        #expect(bought.status == 0, "\(bought)")
        let orders = try server.count("orders")
        let again = try shopper.run(purchase + ["--replay", recording])
        #expect(
            again.status != 0 && again.errors.contains("replay") && again.errors.contains("nothing is bought"),
            "\(again)")
        #expect(try server.count("orders") == orders)
    }

    /// The account that is kept here is the user's own, whatever is replayed.
    @Test func nobodySignsInOrOutAtARecording() throws {
        let server = try TestServer()
        shopper.server = server.origin
        #expect(try shopper.run("follow", "nobody").status == 1)
        #expect(try shopper.run("shows", "--record", recording).status == 0)
        let accounts = shopper.home.path + "/state/vitrine/accounts"
        let kept = try contents(of: accounts)
        for command in [["login"], ["login", "--with-token"], ["login", "--json"], ["logout"]] {
            let outcome = try shopper.run(command + ["--replay", recording], input: "vt_x\n")
            #expect(outcome.status == 2, "\(outcome)")
            #expect(outcome.complaint.contains("needs the server, not a recording of it"), "\(outcome)")
            #expect(!outcome.complaint.contains("\n"))
        }
        #expect(try contents(of: accounts) == kept)
    }

    @Test func whatWasNotAskedHasNoAnswer() throws {
        let server = try TestServer()
        shopper.server = server.origin
        #expect(try shopper.run("hosts", "--record", recording).status == 0)
        let outcome = try shopper.run("shows", "--replay", recording)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("the recording has no answer to this"), "\(outcome)")
    }

    @Test(.serialized, arguments: ["dear diary\n", "{\"vitrineRecording\":9}\n"])
    func whatIsNoRecordingIsOneLine(text: String) throws {
        let path = try shopper.write(text, to: "odd.ndjson")
        for option in ["--record", "--replay"] {
            let outcome = try shopper.run("shows", "--server", "http://127.0.0.1:1", option, path)
            #expect(outcome.status == 2 && !outcome.complaint.contains("\n"), "\(outcome)")
            #expect(outcome.errors.contains(path))
        }
        #expect(try contents(of: path) == text)
        #expect(try shopper.run("shows", "--record", "a", "--replay", "b").status == 2)
    }
}
