import Glibc
import Synchronization
import TerminalKit

/// The viewer itself, on a terminal: it dies while it buys, and shows at its next start what became of it.
struct ViewerFaults {
    let matrix: CrashMatrix
    let scene: Scene
    let isWhole: Bool

    init(_ matrix: CrashMatrix, _ scene: Scene, isWhole: Bool) {
        (self.matrix, self.scene, self.isWhole) = (matrix, scene, isWhole)
    }

    private static let signals = [("KILL", SIGKILL), ("HUP", SIGHUP), ("TERM", SIGTERM), ("TRAP", SIGTRAP)]

    func run() throws {
        for (number, signal) in Self.signals.enumerated() {
            if isWhole || number == 1 { dies(.k4, .cutRequest(.half, .rst), signal, .zeroThenOne) }
            if isWhole || number == 2 { dies(.k6, .silence, signal, .one) }
            if isWhole { dies(.k7, .cutReply(.half, .fin), signal, .one) }
        }
        guard SystemCalls.hindrance == nil else { return }
        notWrittenAndKilled("EIO")
        if isWhole { notWrittenAndKilled("ENOSPC") }
        let calls = ["pwrite64": 8, "fdatasync": 4, "connect": 2, "sendto": 6, "recvfrom": 8]
        for (name, count) in calls.sorted(by: { $0.key < $1.key }) where isWhole || name == "fdatasync" {
            for ordinal in 1...(isWhole ? count : 1) {
                for signal in Self.signals where isWhole || signal.0 == "KILL" {
                    killed(.init(name: name, ordinal: ordinal, kind: .signal(signal.0)))
                }
            }
        }
    }

    /// In front of the buy pane, with its price quoted.
    private func open(_ attempt: Attempt) throws -> Seat {
        let seat = try attempt.shopper.open()
        try seat.wait(for: "LIVE NOW")
        try seat.wait(for: "● live ·")
        seat.type("\r")
        try seat.wait(for: "★")
        seat.type("b")
        try seat.wait(for: "BUY ─")
        try seat.wait(for: "Enter buy for")
        // Enter means nothing before.
        usleep(600_000)
        return seat
    }

    private func dies(_ point: CrashPoint, _ fault: Fault, _ signal: (name: String, number: Int32), _ promise: Promise)
    {
        matrix.run(point, "viewer: \(fault.name); then \(signal.name)") {
            let attempt = try Attempt(scene)
            let seat = try open(attempt)
            scene.proxy.arm(fault, andEndLine: true)
            seat.type("\r")
            try scene.proxy.waitForStrike()
            seat.child.signal(signal.number)
            try seat.waitForEnd()
            if signal.number != SIGKILL, !seat.isRestored { throw Attempt.Broken("\(seat.whatIsLeft)") }
            let before = try attempt.look(untilOrders: promise == .one ? 1 : 0)
            guard before.orders.count == (promise == .one ? 1 : 0) else { throw Attempt.Broken("\(before)") }
            return try showsAgain(attempt, expected: 1)
        }
    }

    /// The next start, with the network as it should be: within ten seconds the screen says what is true.
    private func showsAgain(_ attempt: Attempt, expected: Int) throws -> String {
        try scene.proxy.mend()
        let seat = try attempt.shopper.open()
        seat.type("4")
        try seat.wait(for: expected == 0 ? "No orders yet" : "awaiting shipment", within: .seconds(10))
        try seat.wait(gone: "finding out", within: .seconds(10))
        seat.type("Q")
        try seat.waitForEnd()
        let after = try attempt.settle()
        guard after.orders.count == expected else { throw Attempt.Broken("\(after)") }
        return expected == 0 ? "nothing exists" : "1 order, shown as bought"
    }

    /// What could not be written down, and was said not to be bought, does not come back after a crash.
    private func notWrittenAndKilled(_ error: String) {
        matrix.run(.k1, "viewer: \(error) from fdatasync; then KILL") {
            let attempt = try Attempt(scene)
            let seat = try open(attempt)
            let tracer = Tracer(
                of: seat.child.process, log: attempt.log,
                [.init(name: "fdatasync", ordinal: 1, kind: .error(error), isLasting: true)],
                folder: attempt.shopper.home.path)
            tracer.attach()
            seat.type("\r")
            try seat.wait(for: "Nothing was bought")
            seat.child.signal(SIGKILL)
            try seat.waitForEnd()
            tracer.detach()
            guard try Trace(path: attempt.log).calls.contains(where: \.isInjected) else {
                throw Attempt.Broken("the fault has not struck")
            }
            guard scene.proxy.questions.isEmpty else { throw Attempt.Broken("sent") }
            return try Promise.nothing.check(attempt)
        }
    }

    /// At the first, second … call of a kind after the key.
    private func killed(_ injection: SystemCalls.Injection) {
        var point = CrashPoint.k1
        do {
            let attempt = try Attempt(scene)
            let seat = try open(attempt)
            let tracer = Tracer(
                of: seat.child.process, log: attempt.log, [injection], folder: attempt.shopper.home.path)
            tracer.attach()
            seat.type("\r")
            let ending = try seat.waitForEnd()
            tracer.detach()
            let trace = try Trace(path: attempt.log)
            let isSent = trace.calls.contains { $0.text.contains("\"POST /v1/orders") }
            let before = try attempt.look()
            point = isSent ? .k6 : before.intents.isEmpty ? .k1 : .k2
            if !isSent, !before.orders.isEmpty { throw Attempt.Broken("bought, and not sent") }
            // Each ends the viewer at once, or lets it end in order; what is written down is bought once.
            let outcome = try showsAgain(attempt, expected: before.intents.isEmpty ? 0 : 1)
            matrix.note(point, "viewer: \(injection.kind) at a system call", outcome, failed: false)
            _ = ending
        } catch {
            matrix.run(point, "viewer: \(injection.kind) at a system call", "\(injection.name) \(injection.ordinal)") {
                throw error
            }
        }
    }
}
