import AppCore
import Domain
import Engine
import FoundationEssentials
import Glibc
import Lines
import NcursesTerminal
import Settings
import Storage
import TerminalKit
import Text
import Viewer
import ViewerUI

/// The viewer on a real terminal, or on one in memory that a script drives.
struct ViewerRun {
    let assembly: Assembly
    private var session: Session { assembly.session }
    let options: ViewerOptions

    func run() throws {
        if let path = options.script {
            try play(path)
        } else {
            guard options.saveScreen == nil else { throw CommandFailure(.usage, "--save-screen belongs to --script") }
            try open()
        }
    }

    private func open() throws {
        // What was kept is read before the screen is taken, so that a failure is still an ordinary line.
        let stored = try storedState()
        // First, since the terminal takes the deadly signals that nobody has.
        let signals = try ProcessSignals()
        let terminal: NcursesTerminal
        do {
            terminal = try NcursesTerminal(
                .init(mouse: assembly.settings.config.mouse, errorLog: assembly.paths.logFile))
        } catch {
            throw CommandFailure(.usage, error.description)
        }
        var problems = assembly.settings.problems
        defer {
            terminal.close()
            Output.complain(about: problems)
            if let problem = session.store.problem { Output.complain("nothing was kept: \(problem)") }
        }
        let loop = try makeLoop(terminal: terminal, signals: signals)
        loop.start(with: stored)
        loop.run()
        problems = loop.problems
    }

    private func play(_ path: String) throws {
        guard let size = Size(parsing: options.size) else {
            throw CommandFailure(.usage, "--size \(options.size): expected COLUMNSxROWS, such as 120x36")
        }
        let text = try read(path)
        let script: Script
        do { script = try Script(text) } catch { throw CommandFailure(.usage, "\(path): \(error)") }
        let terminal = RecordingTerminal(size: size)
        let loop = try makeLoop(terminal: terminal, signals: nil)
        let driver = ScriptDriver(loop: loop, terminal: terminal) { try save($1, as: screenPath($0)) }
        loop.start(with: try storedState())
        do {
            try driver.play(script)
        } catch let unmet as ScriptDriver.Unmet {
            for row in unmet.screen.text { Output.line(row) }
            if let path = options.saveScreen { try save(unmet.screen, as: path) }
            throw CommandFailure(.refused, "\(path): \(unmet)")
        }
        if let path = options.saveScreen { try save(driver.screen, as: path) }
    }

    /// A script, also from a pipe such as /dev/stdin.
    private func read(_ path: String) throws -> String {
        func unreadable() -> CommandFailure {
            let reason = String(cString: strerror(errno))
            return CommandFailure(
                .usage, "--script \(path): \(reason); expected a file with a step a line, such as ‘key b’")
        }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable() }
        defer { Glibc.close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable() }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    /// `screen NAME` writes NAME.txt, and `screen NAME.svg` a picture, beside the file of `--save-screen`, else into the current folder.
    private func screenPath(_ name: String) -> String {
        let folder = options.saveScreen.flatMap { path in
            path.lastIndex(of: "/").map { String(path[...$0]) }
        }
        return (folder ?? "") + name + (name.hasSuffix(".svg") ? "" : ".txt")
    }

    /// As a picture where the file's name ends so, else as text.
    private func save(_ screen: CellGrid, as path: String) throws {
        let text =
            path.hasSuffix(".svg") ? ScreenPicture(screen).svg : screen.text.joined(separator: "\n") + "\n"
        do { try OutputFile.write(text, to: path) } catch {
            throw CommandFailure(.usage, "\(path) cannot be written: \(error)")
        }
    }

    /// Of each channel.
    private func storedState() throws -> [StoredState] {
        do {
            return try session.store.storedStates(of: session.channels.map(\.scope), now: session.now)
        } catch { throw CommandFailure(.network, "\(error)") }
    }

    private func makeLoop(terminal: any Terminal, signals: (any SignalSource)?) throws -> ViewerLoop {
        let size = terminal.size
        let engine = try Engine(
            channels: session.channels, store: session.store, log: session.log, clock: session.clock,
            columns: size.columns, rows: size.rows)
        return ViewerLoop(
            engine: engine, terminal: terminal, signals: signals,
            readSettings: { [assembly] in UserSettings(assembly.paths).viewer },
            networkChanged: { [assembly] in assembly.networkChanged() })
    }
}
