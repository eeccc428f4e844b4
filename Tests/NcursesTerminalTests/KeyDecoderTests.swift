import TerminalKit
import Testing
import Text

@testable import NcursesTerminal

@Suite struct KeyDecoderTests {
    private let start = ContinuousClock.now

    /// The names of what some input means once nothing more comes; anything but a key in its own words.
    private func names(_ input: String, table: KeyTable = KeyTable()) -> [String] {
        var decoder = KeyDecoder(table: table)
        var events: [InputEvent] = []
        decoder.feed(input.utf8, now: start)
        decoder.decode(now: start, into: &events)
        decoder.decode(now: start + .seconds(2), into: &events)
        #expect(decoder.deadline == nil)
        return events.map(name)
    }

    private func name(_ event: InputEvent) -> String {
        if case .key(let key) = event { key.name } else { "\(event)" }
    }

    @Test(
        arguments: [
            ("a", ["a"]), ("G", ["G"]), (" ", ["space"]), ("ü界🔥", ["ü", "界", "🔥"]),
            ("\r", ["enter"]), ("\n", ["enter"]), ("\t", ["tab"]), ("\u{7F}", ["backspace"]), ("\u{8}", ["backspace"]),
            ("\u{3}", ["ctrl-c"]), ("\0", ["ctrl-space"]), ("\u{1F}", ["ctrl-_"]),
            ("\u{1B}", ["esc"]), ("\u{1B}\u{1B}", ["esc", "esc"]), ("\u{1B}x", ["alt-x"]), ("\u{1B}\r", ["alt-enter"]),
            ("\u{1B}é", ["alt-é"]), ("\u{1B}[", ["alt-["]), ("\u{1B}O", ["alt-O"]), ("\u{1B}]", ["alt-]"]),
            ("\u{1B}[A\u{1B}OB", ["up", "down"]), ("\u{1B}[1;5C", ["ctrl-right"]), ("\u{1B}[1;3D", ["alt-left"]),
            ("\u{1B}[H\u{1B}[4~\u{1B}[5~\u{1B}[6~", ["home", "end", "pgup", "pgdn"]),
            ("\u{1B}[3;2~", ["shift-delete"]), ("\u{1B}[Z", ["shift-tab"]), ("\u{1B}OP\u{1B}[24~", ["f1", "f12"]),
            ("\u{1B}[[Bx", ["x"]), ("\u{1B}OM", ["enter"]), ("\u{1B}[27;5;9~", ["ctrl-tab"]),
            ("\u{1B}[97;5u", ["ctrl-a"]), ("\u{1B}[13;2u", ["shift-enter"]),
        ] as [(String, [String])])
    func keys(input: String, expected: [String]) {
        #expect(names(input) == expected)
    }

    /// What a terminal answers, asked or tricked into it, types nothing; the key after it counts.
    @Test(arguments: [
        "\u{1B}[?62;22c", "\u{1B}[>0;276;0c", "\u{1B}[12;40R", "\u{1B}[0n", "\u{1B}[?2026;2$y", "\u{1B}[8;24;80t",
        "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}]l\r\rb\u{7}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\",
        "\u{1B}[?0u", "\u{1B}[1;2;3x", "\u{1B}[<0;3;4m",
    ])
    func answersAreNoKeys(answer: String) {
        #expect(names(answer + "y") == ["y"])
    }

    @Test func garbageIsDroppedWithoutHarm() {
        var decoder = KeyDecoder()
        var events: [InputEvent] = []
        let bytes: [UInt8] = [0xFF, 0xC0, 0x80, 0xE2, 0x28, 0xA1, 0xC2, 0x9B, 0xED, 0xA0, 0x80, 0x71]
        decoder.feed(bytes, now: start)
        decoder.decode(now: start, into: &events)
        #expect(events.map(name) == ["(", "q"])
    }

    /// Any bytes in any pieces: no trap, and keys work again afterwards.
    @Test func anyBytesAreSurvived() {
        var random = SplitMix(state: 42)
        let likely: [UInt8] = Array("\u{1B}[]O;<?~0129Mm\u{7}\\P".utf8)
        for _ in 0..<400 {
            var decoder = KeyDecoder()
            var events: [InputEvent] = []
            var now = start
            for _ in 0..<random.next(60) {
                let chunk = (0...random.next(5)).map { _ in
                    random.next(3) == 0 ? UInt8(random.next(256)) : likely[random.next(likely.count)]
                }
                decoder.feed(chunk, now: now)
                decoder.decode(now: now, into: &events)
                if random.next(4) == 0 { decoder.discardUnfinished() }
                now += .milliseconds(random.next(30))
            }
            decoder.feed([0x03], now: now)
            decoder.decode(now: now, into: &events)
            decoder.decode(now: now + .seconds(2), into: &events)
            events.removeAll()
            decoder.feed([0x71], now: now + .seconds(3))
            decoder.decode(now: now + .seconds(3), into: &events)
            #expect(events == [.key(.character("q"))])
        }
    }

    /// Wherever a sequence is cut in two, it means the same.
    @Test func piecesMeanWhatTheWholeMeans() {
        let input = Array("é\u{1B}[1;5A\u{1B}[200~p\r\u{1B}[2\u{1B}[201~\u{1B}[<64;3;4M\u{1B}]11;x\u{1B}\\🔥q".utf8)
        for cut in 0...input.count {
            var decoder = KeyDecoder()
            var events: [InputEvent] = []
            for part in [input[..<cut], input[cut...]] {
                decoder.feed(part, now: start)
                decoder.decode(now: start, into: &events)
            }
            #expect(
                events == [
                    .key(.character("é")), .key(KeyPress(.up, .control)), .paste(SafeText("p\r\u{1B}[2")),
                    .mouse(MouseEvent(.wheelUp, x: 2, y: 3)), .key(.character("🔥")), .key(.character("q")),
                ], "cut at \(cut)")
        }
    }

    @Test func anEscapeIsBelievedOnlyAfterItsPatience() {
        var decoder = KeyDecoder()
        var events: [InputEvent] = []
        decoder.feed([0x1B], now: start)
        decoder.decode(now: start, into: &events)
        #expect(events == [])
        #expect(decoder.deadline == start + KeyDecoder.escapePatience)
        decoder.decode(now: start + .milliseconds(24), into: &events)
        #expect(events == [])
        decoder.decode(now: start + .milliseconds(25), into: &events)
        #expect(events == [.key(.escape)])
        #expect(decoder.deadline == nil)
    }

    /// What arrives in pieces, each so long after the one before, in milliseconds.
    private func names(_ pieces: [(after: Int, text: String)]) -> [String] {
        var decoder = KeyDecoder()
        var events: [InputEvent] = []
        var now = start
        for piece in pieces {
            let next = now + .milliseconds(piece.after)
            while let deadline = decoder.deadline, deadline < next { decoder.decode(now: deadline, into: &events) }
            now = next
            decoder.feed(piece.text.utf8, now: now)
            decoder.decode(now: now, into: &events)
        }
        while let deadline = decoder.deadline { decoder.decode(now: deadline, into: &events) }
        return events.map(name)
    }

    /// Over a slow line the rest of a sequence may come long after its Esc: it is known, and types nothing.
    @Test func theLateRestOfASequenceIsAKey() {
        for (rest, key) in [
            ("[B", "down"), ("OA", "up"), ("[1;5C", "ctrl-right"), ("[6~", "pgdn"), ("[Z", "shift-tab"),
        ] {
            for delay in [30, 40, 200, 480] {
                #expect(
                    names([(0, "\u{1B}"), (delay, rest), (40, "x")]) == ["esc", key, "x"], "\(rest) after \(delay) ms")
            }
            let bytes = rest.unicodeScalars.map { (after: 40, text: String($0)) }
            #expect(names([(0, "\u{1B}")] + bytes) == ["esc", key], "\(rest) byte by byte")
        }
        #expect(names([(0, "\u{1B}["), (200, "B")]) == ["down"])
        #expect(names([(0, "\u{1B}"), (40, "[200~r"), (40, "m\u{1B}[201~")]) == ["esc", "\(InputEvent.paste("rm"))"])
        #expect(names([(0, "\u{1B}"), (40, "[?62;22c"), (0, "y")]) == ["esc", "y"])
    }

    @Test func whatIsTypedAfterAnEscapeIsTyped() {
        #expect(names([(0, "\u{1B}"), (40, "[")]) == ["esc", "["])
        #expect(names([(0, "\u{1B}"), (40, "O"), (100, "k")]) == ["esc", "O", "k"])
        #expect(names([(0, "\u{1B}"), (600, "[B")]) == ["esc", "[", "B"])
        #expect(names([(0, "\u{1B}"), (40, "x[B")]) == ["esc", "x", "[", "B"])
        #expect(names([(0, "\u{1B}"), (40, "[\u{3}")]) == ["esc", "[", "ctrl-c"])
    }

    @Test func aPasteIsOnePieceAndNoKey() {
        #expect(names("\u{1B}[200~b\r\ny\u{1B}[201~") == ["\(InputEvent.paste("b y"))"])
    }

    /// Its end may be lost with the line; Ctrl-C still reaches the program.
    @Test func controlCEndsAPasteThatHasStopped() {
        var decoder = KeyDecoder()
        var events: [InputEvent] = []
        func feed(_ text: String, after silence: Duration) {
            let now = start + silence
            decoder.feed(text.utf8, now: now)
            decoder.decode(now: now, into: &events)
        }
        feed("\u{1B}[200~lost", after: .zero)
        feed("\u{3}", after: .milliseconds(900))
        feed("\u{3}more", after: .seconds(10))
        #expect(events.isEmpty)
        feed("\u{3}", after: .seconds(11))
        #expect(events == [.paste(SafeText("lost\u{3}\u{3}more")), .key(.control("c"))])
    }

    /// Else a paste could press keys: what follows it would be believed.
    @Test func controlCInAPasteIsPasted() {
        #expect(names("\u{1B}[200~a\u{3}b\r\u{1B}[201~") == ["\(InputEvent.paste(SafeText("a\u{3}b ")))"])
    }

    @Test func anEndlessPasteIsBounded() {
        var decoder = KeyDecoder()
        var events: [InputEvent] = []
        decoder.feed("\u{1B}[200~".utf8, now: start)
        for _ in 0..<40 {
            decoder.feed(repeatElement(0x61, count: 100_000), now: start)
            decoder.decode(now: start, into: &events)
        }
        decoder.feed("\u{1B}[201~".utf8, now: start)
        decoder.decode(now: start, into: &events)
        guard case .paste(let text) = events.first else {
            Issue.record("no paste")
            return
        }
        #expect(text.width == KeyDecoder.longestPaste)
    }

    @Test func theMouseHasItsCell() {
        #expect(names("\u{1B}[<0;1;1M") == ["\(InputEvent.mouse(MouseEvent(.press(.left), x: 0, y: 0)))"])
        #expect(names("\u{1B}[<2;301;88M") == ["\(InputEvent.mouse(MouseEvent(.press(.right), x: 300, y: 87)))"])
        #expect(names("\u{1B}[M !!") == ["\(InputEvent.mouse(MouseEvent(.press(.left), x: 0, y: 0)))"])
        #expect(names("\u{1B}[<0;0;99999999999999999999M\u{1B}[<64;;M") == [])
    }

    @Test func focusIsTold() {
        #expect(names("\u{1B}[I\u{1B}[O") == ["\(InputEvent.focus(true))", "\(InputEvent.focus(false))"])
    }

    @Test func theTerminalsOwnKeysComeFirst() {
        let table = KeyTable([
            .init(bytes: Array("\u{1B}[[A".utf8), key: KeyPress(.function(1))),
            .init(bytes: Array("\u{1B}[11^".utf8), key: KeyPress(.function(1), .control)),
        ])
        #expect(names("\u{1B}[[A\u{1B}[11^\u{1B}[11~", table: table) == ["f1", "ctrl-f1", "f1"])
    }
}
