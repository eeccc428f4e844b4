import ProgramTesting
import TestThreads
import Testing

/// A command line that cannot be followed is answered by one line, and by nothing else.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct UsageTests {
    let shopper: Shopper

    init() throws { shopper = try Shopper(server: "http://127.0.0.1:1") }

    @Test(
        .serialized,
        arguments: [
            ["dance"], ["help", "dance"], ["shows", "--jsno"], ["-x"], ["buy"], ["buy", "X", "--yes"], ["show"],
            ["show", "a", "b"],
            ["watch", "s-1"], ["watch", "s-1", "--plain", "--json"], ["shows", "--state", "asleep"],
            ["shows", "--server"],
            ["orders", "--json=3"], ["buy", "X", "--max-total", "-5"],
            ["buy", "X", "--max-total", "1.00", "--quantity", "0"],
            ["watch", "s-1", "--plain", "--for", "-1"], ["watch", "s-1", "--plain", "--for", "0"],
            ["watch", "s-1", "--plain", "--for", "nan"], ["demo", "--seed", "-1"], ["demo", "--seed", "x"],
            ["view", "now"],
            ["--size", "x", "--script", "/dev/null"], ["--script", "/proc/x"], ["--script", "/tmp"],
            ["--save-screen", "x"], ["--generate-completion-script=sh"], ["\u{1B}[31m"],
        ])
    func wrongUsageIsOneLine(command: [String]) throws {
        let outcome = try shopper.run(command)
        #expect(outcome.ending == .exit(2), "\(outcome)")
        #expect(outcome.output == "")
        #expect(outcome.errors.hasPrefix("vitrine: ") && outcome.errors.hasSuffix("\n"), "\(outcome.errors)")
        #expect(!outcome.complaint.contains("\n"), "\(outcome.errors)")
        #expect(outcome.complaint.unicodeScalars.allSatisfy { $0.value >= 32 }, "\(outcome.errors)")
    }

    @Test func whatWasExpectedIsSaid() throws {
        let said = [
            (["dance"], "unknown command ‘dance’; ‘vitrine --help’"),
            (["shows", "--jsno"], "unknown option '--jsno'"),
            (["show"], "missing expected argument '<id>'; see ‘vitrine show --help’"),
            (["buy", "X", "--yes"], "--yes needs --max-total: the most that the whole order may cost"),
            (["buy", "X", "--max-total", "-5"], "expected an amount such as 150.00"),
            (["watch", "s", "--plain", "--for", "-1"], "expected seconds above 0, such as 30"),
            (["demo", "--seed", "-1"], "expected a whole number from 0"),
            (["--script", "/proc/x"], "No such file or directory; expected a file with a step a line"),
            (["--size", "x", "--script", "/dev/null"], "expected COLUMNSxROWS, such as 120x36"),
        ]
        for (command, words) in said {
            let complaint = try shopper.run(command).complaint
            #expect(complaint.contains(words), "\(complaint)")
        }
    }

    @Test func helpNamesTheViewersOptionsAndEveryCommand() throws {
        let help = try shopper.run("--help")
        #expect(help.ending == .exit(0) && help.errors == "")
        for word in [
            "--server", "--script", "--save-screen", "--size", "view", "demo", "shows", "show", "watch", "hosts",
            "follow", "unfollow", "products", "buy", "orders",
        ] { #expect(help.output.contains(word), "\(word)") }
        // Each of the viewer's own options is among them.
        let options = try shopper.run("help", "view").output.split(separator: " ").filter { $0.hasPrefix("--") }
        #expect(options.count > 4)
        for option in options where !["--verbose", "--help", "--version"].contains(option) {
            #expect(help.output.contains(option), "\(option)")
        }
    }
}
