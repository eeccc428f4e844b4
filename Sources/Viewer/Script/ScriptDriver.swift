import Domain
import TerminalKit
import Text

/// Plays a script on the real loop, with a terminal in memory.
package final class ScriptDriver {
    /// A wait that was not met, with the screen as it was then.
    package struct Unmet: Error, CustomStringConvertible {
        package let description: String
        package let screen: CellGrid
    }

    private let loop: ViewerLoop
    private let terminal: RecordingTerminal
    private let saveScreen: (String, CellGrid) throws -> Void

    /// - Parameter saveScreen: called for each `screen NAME`.
    package init(loop: ViewerLoop, terminal: RecordingTerminal, saveScreen: @escaping (String, CellGrid) throws -> Void)
    {
        self.loop = loop
        loop.isScripted = true
        self.terminal = terminal
        self.saveScreen = saveScreen
    }

    /// What was presented last.
    package var screen: CellGrid { terminal.lastGrid ?? CellGrid(.zero) }

    package func play(_ script: Script) throws {
        loop.turn(atMost: .zero)
        for line in script.lines {
            guard !loop.hasEnded else { throw unmet(line, "the viewer had ended before") }
            try play(line)
        }
        if !loop.hasEnded { loop.turn(atMost: .milliseconds(20)) }
    }

    private func play(_ line: Script.Line) throws {
        switch line.step {
        case .key(let key):
            terminal.send(.key(key))
            loop.turn(atMost: .zero)
        case .type(let text):
            for scalar in text.unicodeScalars { terminal.send(.key(.character(scalar))) }
            loop.turn(atMost: .zero)
        case .paste(let text):
            terminal.send(.paste(SafeText(text)))
            loop.turn(atMost: .zero)
        case .resize(let size):
            terminal.resize(to: size)
            loop.turn(atMost: .zero)
        case .screen(let name):
            loop.turn(atMost: .milliseconds(20))
            try saveScreen(name, screen)
        case .pause(let duration): wait(atMost: duration) { false }
        case .waitText(let text, let limit):
            guard wait(atMost: limit, until: { self.shows(text) }) else { throw unmet(line) }
        case .waitGone(let text, let limit):
            guard wait(atMost: limit, until: { !self.shows(text) }) else { throw unmet(line) }
        }
    }

    private func shows(_ text: String) -> Bool { screen.text.contains { $0.contains(text) } }

    private func unmet(_ line: Script.Line, _ why: String = "was not met") -> Unmet {
        Unmet(description: "line \(line.number): “\(line.source)”: \(why)", screen: screen)
    }

    @discardableResult
    private func wait(atMost limit: Duration, until isMet: () -> Bool) -> Bool {
        let end = ContinuousClock.now + limit
        while !isMet() {
            let left = end - ContinuousClock.now
            guard left > .zero, !loop.hasEnded else { return false }
            loop.turn(atMost: left)
        }
        return true
    }
}
