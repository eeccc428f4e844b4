import Domain
import HTTPTransport
import Testing
import Text

@testable import Lines

/// A show as lines and as JSON, without a program, a connection or a pause.
@Suite struct ShowLinesTests {
    private func words(_ lines: [String]) -> [String] {
        // Times are those of the zone that the tests run in.
        lines.map { line in
            let isTimed = line.dropFirst(2).first == ":" && line.dropFirst(5).hasPrefix("  ")
            return isTimed ? String(line.dropFirst(7)) : line
        }
    }

    /// Lets the show go on for some seconds of its clock.
    private func goOn(_ show: ShowLines, _ stage: StagedShow, for seconds: Int) throws {
        let end = stage.now + .seconds(Int64(seconds))
        try show.run { _ in stage.now < end }
    }

    private func watch(_ stage: StagedShow, as form: ShowLines.Form = .plain, for seconds: Int) throws {
        try stage.watch(as: form) { try goOn($0, stage, for: seconds) }
    }

    @Test func joiningSaysWhatIsOnAirNow() throws {
        let stage = StagedShow()
        stage.say("before")
        stage.add(.highlight(["hook"]))
        try watch(stage, for: 3)
        #expect(stage.output == ["Show: Lamps, with Ana; live.", "On air: Brass hook, CHF 24.00, HOOK"])
        #expect(stage.requests.starts(with: ["/v1/shows/lamps", "/v1/shows/lamps/head", "/v1/shows/lamps/head"]))
        #expect(Set(stage.requests).count == 2)
    }

    @Test func whatHappensIsToldInOrderAndOnce() throws {
        let stage = StagedShow()
        try stage.watch(as: .plain) { show in
            for number in 0..<3 {
                // More than a segment between two polls.
                for line in 0..<15 { stage.say("line \(number * 15 + line)") }
                try goOn(show, stage, for: 3)
            }
        }
        #expect(words(stage.output).dropFirst() == ((0..<45).map { "<jo> line \($0)" })[...])
    }

    @Test func aShowThatIsOverIsWholeAsJSON() throws {
        let stage = StagedShow(.ended)
        for number in 0..<34 { stage.say("line \(number)") }
        try stage.watch(as: .json) { show in
            try show.run()
            #expect(show.isOver)
        }
        #expect(stage.output.count == 34)
        #expect(stage.output.first?.contains(#""sequence":1"#) == true)
        let timeline = (0...2).map { "/v1/shows/lamps/timeline/\($0)" }
        #expect(stage.requests == ["/v1/shows/lamps", "/v1/shows/lamps/head"] + timeline)
    }

    @Test func theEndOfAShowEndsTheLines() throws {
        let stage = StagedShow()
        try stage.watch(as: .plain) { show in
            try show.run { !$0.hasBegun }
            stage.add(.state(.ended))
            try show.run()
            #expect(show.isOver)
        }
        #expect(words(stage.output).last == "The show has ended.")
    }

    // MARK: The server

    @Test func anOutageIsToldOnceAndItsEnd() throws {
        let stage = StagedShow()
        try stage.watch(as: .plain) { show in
            try show.run { !$0.hasBegun }
            stage.fail(.cannotConnect)
            try goOn(show, stage, for: 60)
            #expect(show.isAway)
            #expect(stage.complaints.count == 1)
            #expect(stage.complaints.first?.hasPrefix("vitrine: Offline since ") == true)
            #expect(stage.complaints.first?.hasSuffix(" It is tried again by itself.") == true)
            stage.fail(nil)
            try goOn(show, stage, for: 10)
            #expect(!show.isAway)
        }
        #expect(stage.complaints.count == 2)
        #expect(stage.complaints.last?.hasPrefix("vitrine: Live again, after ") == true)
        #expect(stage.output.count == 1)
    }

    @Test func aServerThatKnowsItNoLongerEndsTheLines() throws {
        let stage = StagedShow()
        try stage.watch(as: .plain) { show in
            try show.run { !$0.hasBegun }
            stage.answer(with: 404)
            #expect(throws: CommandFailure.self) { try show.run() }
        }
    }

    /// Tells somebody who may type before the network gives up; a program waits for the network.
    @Test func silenceIsToldInTheDialogue() throws {
        let stage = StagedShow()
        try stage.watch(as: .dialogue) { show in
            try show.run { !$0.hasBegun }
            stage.fall(silent: true)
            try goOn(show, stage, for: 20)
        }
        let told = stage.output.filter {
            $0.hasSuffix("no answer from the server. It is tried again by itself; Enter tries now.")
        }
        #expect(told.count == 1, "\(stage.output)")
        #expect(stage.complaints.isEmpty)

        let patient = StagedShow()
        try patient.watch(as: .plain) { show in
            try show.run { !$0.hasBegun }
            patient.fall(silent: true)
            try goOn(show, patient, for: 20)
        }
        #expect(patient.complaints.isEmpty)
    }

    // MARK: The dialogue

    @Test func aStartIsCountedDownTo() throws {
        let stage = StagedShow(.scheduled, startsAt: StagedShow.start + .seconds(20))
        try watch(stage, as: .dialogue, for: 19)
        #expect(stage.output.filter { $0.hasPrefix("The show starts in ") } == ["The show starts in 10 seconds."])
    }

    @Test func whatIsHeldWaits() throws {
        let stage = StagedShow()
        try stage.watch(as: .dialogue) { show in
            try show.run { !$0.hasBegun }
            show.isHeld = true
            for number in 0..<105 { stage.say("line \(number)") }
            stage.add(.highlight(["hook"]))
            try goOn(show, stage, for: 5)
            #expect(stage.output.count == 1)
            // What has not been said yet is not on air for whoever listens.
            #expect(show.onAir.isEmpty && show.wordsOffAir(of: "HOOK") == "Not on air now.")
            #expect(show.tellWaiting() == 101)
            #expect(show.onAir.map(\.id) == ["hook"] && show.wordsOffAir(of: "HOOK") == nil)
        }
        #expect(stage.output[1] == "6 lines before these are left out.")
        #expect(words(stage.output).last?.hasPrefix("On air: Brass hook") == true)
    }

    @Test func aShowThatIsOverIsToldInShort() throws {
        let stage = StagedShow(.ended)
        for _ in 0..<12 {
            stage.say("hello")
            stage.add(.highlight(["hook"]))
        }
        try stage.watch(as: .dialogue) { try $0.run() }
        #expect(
            words(stage.output) == [
                "Show: Lamps, with Ana; ended.", "It is over. When each product first was on air:",
                "On air: Brass hook, CHF 24.00, HOOK",
                "Everything that happened in it: ‘vitrine watch lamps --plain’.",
            ])
    }
}
