import FoundationEssentials
import GRDB
import Glibc
import ProgramTesting
import TestThreads
import Testing

/// Machines that are not as programs expect them.
@Suite(.programs, .timeLimit(.minutes(3))) struct MachineTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    /// Runs the program from a shell that has changed what it finds around it.
    /// - Parameter around: the shell's words; `"$@"` is the program with its arguments.
    private func run(_ around: String, _ arguments: String...) throws -> Outcome { try run(around, arguments) }

    private func run(_ around: String, _ arguments: [String]) throws -> Outcome {
        let (output, errors) = (try Channel(), try Channel())
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { for end in [output.reading, errors.reading, nothing] { close(end) } }
        let child = try Child(
            "/bin/sh", ["-c", around, "sh", Binaries.vitrine] + arguments, environment: shopper.environment,
            files: [nothing, output.writing, errors.writing])
        close(output.writing)
        close(errors.writing)
        let (text, complaint) = (output.readAll(), errors.readAll())
        return Outcome(ending: try child.wait(), output: text, errors: complaint)
    }

    private func contents(of path: String) -> String {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private var log: String { contents(of: shopper.home.path + "/state/vitrine/vitrine.log") }

    private func isWhole(_ database: String) throws -> Bool {
        try DatabaseQueue(path: database).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok"
    }

    // MARK: Descriptors

    @Test(
        .serialized,
        arguments: [("<&-", 0), ("2>&-", 0), (">&-", 3), ("<&- >&- 2>&-", 3), (">&- 2>&-", 3), ("<&- 2>&-", 0)])
    func closedStandardDescriptorsTakeNoFile(_ closed: String, _ status: Int32) throws {
        let usual = try shopper.run("shows")
        let title = try #require(usual.output.split(separator: "\n").first)
        let outcome = try run("exec \"$@\" \(closed)", "shows", "-vv")
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.output == (status == 0 ? usual.output : ""))
        if !closed.contains("2>"), status != 0 {
            #expect(outcome.errors == "vitrine: standard output cannot be written: it is closed\n")
        }
        #expect(!log.isEmpty && !log.contains(title))
        #expect(try isWhole(shopper.database))
    }

    @Test(.serialized, arguments: ["<&-", "2>&-", "<&- 2>&-"])
    func theServersFilesAreItsOwn(_ closed: String) throws {
        try server.stop()
        let output = try Channel()
        let child = try Child(
            "/bin/sh",
            [
                "-c", "exec \"$@\" \(closed)", "sh", Binaries.server, "--listen", "127.0.0.1:0", "--db",
                server.database,
                "--world", "quiet", "--log-level", "trace",
            ], environment: ["PATH": "/usr/bin:/bin"], files: [STDIN_FILENO, output.writing])
        close(output.writing)
        defer { close(output.reading) }
        var (line, byte): ([UInt8], UInt8) = ([], 0)
        while read(output.reading, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        let text = String(decoding: line, as: UTF8.self)
        let origin = String(text[try #require(text.firstRange(of: "http://")).lowerBound...])
        let visitor = try Shopper(server: origin)
        #expect(try visitor.run("shows").output.isEmpty == false)
        child.signal(SIGTERM)
        #expect(try child.wait() == .exit(0))
        #expect(try isWhole(server.database))
    }

    // MARK: Disks

    /// As a full disk does, but for the number: not one byte can be written to a file.
    private static let noFiles = "ulimit -f 0; exec \"$@\""

    @Test func withoutAByteToWriteEverythingIsStillThere() throws {
        let shows = try shopper.run("shows").output
        let buy = try shopper.purchase()
        #expect(try shopper.run(buy).status == 0)
        let orders = try shopper.run("orders").output
        for (command, output) in [("shows", shows), ("orders", orders)] {
            let outcome = try run(Self.noFiles, command)
            #expect(outcome.status == 0 && outcome.output == output, "\(command): \(outcome.errors)")
            #expect(outcome.errors.contains("nothing can be bought") && outcome.errors.contains("ulimit -f"))
        }
        let refused = try run(Self.noFiles, buy)
        #expect(refused.status == 3 && refused.errors.contains("ulimit -f"), "\(refused.errors)")
        #expect(try server.count("orders") == 1)
        // Nothing is worse for it afterwards.
        #expect(try shopper.run("orders").output == orders && isWhole(shopper.database))
    }

    /// One that cannot be followed up hides no others.
    @Test func whatIsPerhapsBoughtIsStillListed() throws {
        let buy = try shopper.purchase()
        #expect(try shopper.run(buy).status == 0)
        let orders = try shopper.run("orders").output
        try DatabaseQueue(path: shopper.database).write { db in
            try db.execute(
                sql: """
                    INSERT INTO order_intents SELECT 'lost', account, buyer, sku, 'Lost lamp', quantity, quote,
                        quote_expires_at, payment_method, maximum, exponent, currency, show, created_at, keyed, 'committed',
                        NULL, NULL, 0 FROM order_intents LIMIT 1;
                    UPDATE order_intents SET state = 'sent' WHERE key = 'lost';
                    """)
        }
        let outcome = try run(Self.noFiles, "orders")
        #expect(outcome.status == 0 && outcome.output.contains(orders), "\(outcome)")
        #expect(outcome.errors.contains("perhaps bought: Lost lamp: it is not followed up here"), "\(outcome.errors)")
    }

    @Test func aFileThatMayNotGrowIsSaid() throws {
        let list = shopper.home.path + "/list"
        let outcome = try run("ulimit -f 1; exec \"$@\" > '\(list)'", "products", "--json")
        #expect(outcome.status == 3)
        #expect(
            outcome.errors.hasSuffix(
                "standard output cannot be written: files may not be that large here (ulimit -f)\n"))
    }

    @Test func aDeviceThatIsFullIsSaid() throws {
        let outcome = try run("exec \"$@\" > /dev/full", "shows")
        #expect(outcome.status == 3)
        #expect(outcome.complaint == "vitrine: standard output cannot be written: the disk is full")
    }

    // MARK: Folders

    @Test func aHomeWhoseNameIsNoTextIsAHome() throws {
        let home = shopper.home.path
        let around = """
            unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
            HOME=$(printf '\(home)/h\\377'); export HOME; mkdir -p "$HOME"; exec "$@"
            """
        let shows = try run(around, "shows")
        #expect(shows.status == 0 && shows.output.isEmpty == false && shows.errors.isEmpty, "\(shows.errors)")
        let listed = try run("ls '\(home)'; find '\(home)' -name vitrine.sqlite | wc -l | tr -d ' '")
        // One folder, and in it what is kept.
        #expect(listed.output.split(separator: "\n").count == 2 && listed.output.hasSuffix("\n1\n"), "\(listed.output)")
        let channels = try run(around, "channel", "remove", "Nobody")
        #expect(
            channels.status == 1 && channels.errors.contains("\(home)/h\u{FFFD}/.config/vitrine"), "\(channels.errors)")
    }

    @Test func aHomeThatIsNotThereIsSaid() throws {
        let around = """
            unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
            HOME=$(printf '/nowhere/h\\377'); export HOME; exec "$@"
            """
        let outcome = try run(around, "shows")
        #expect(outcome.status == 2 && outcome.complaint == "vitrine: /nowhere/h\u{FFFD}: No such file or directory")
    }

    // MARK: Children

    /// Whoever starts the program may ignore the ends of children.
    @Test func aCommandThatFailsIsSeenToFail() throws {
        _ = try shopper.write(
            "server = \"\(server.origin)\"\n[account]\ntoken_command = [\"/bin/sh\", \"-c\", \"echo abc; exit 4\"]\n",
            to: "config/vitrine/config.toml")
        shopper.server = nil
        let outcome = try run("trap '' CHLD; exec \"$@\"", "orders")
        #expect(outcome.errors.contains("it ended with status 4"), "\(outcome.errors)")
    }

    // MARK: Files that the user names

    @Test func aScreenIsForItsOwnerAlone() throws {
        let script = try shopper.write("wait text \"LIVE NOW\"\n", to: "screens.script")
        let path = shopper.home.path + "/screen.txt"
        #expect(try shopper.run("--script", script, "--save-screen", path).status == 0)
        var facts = stat()
        #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
        let other = try shopper.write("mine", to: "other")
        #expect(unlink(path) == 0 && symlink(other, path) == 0)
        let refused = try shopper.run("--script", script, "--save-screen", path)
        #expect(refused.status == 2 && refused.complaint.hasSuffix("cannot be written: it is a symbolic link"))
        #expect(contents(of: other) == "mine")
        #expect(try shopper.run("--script", script, "--save-screen", "/dev/stdout").output.contains("LIVE NOW"))
    }
}
