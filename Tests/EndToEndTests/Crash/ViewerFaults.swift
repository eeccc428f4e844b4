import Dispatch
import Glibc
import ProgramTesting
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
        for fault in [Fault.cutReply(.byte(0), .rst), .cutRequest(.head, .fin)] where isWhole { livesOn(fault) }
        besideAnother()
        guard SystemCalls.hindrance == nil else { return }
        notWrittenAndKilled("EIO")
        if isWhole { notWrittenAndKilled("ENOSPC") }
        // So many in one thread are sure to come.
        let calls = ["pwrite64": 8, "fdatasync": 2, "connect": 1, "sendto": 6, "recvfrom": 8]
        for (name, count) in calls.sorted(by: { $0.key < $1.key }) where isWhole || name == "fdatasync" {
            for ordinal in 1...(isWhole ? count : 1) {
                // Other signals are taken by the main thread alone: `dies` sends those.
                killed(.init(name: name, ordinal: ordinal, kind: .signal("KILL")))
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
        letRead()
        return seat
    }

    /// Enter means nothing until what the pane says can have been read, and an early one begins the wait anew.
    private func letRead() { usleep(600_000) }

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

    /// It lives through the outage, and knows within ten seconds of its end.
    private func livesOn(_ fault: Fault) {
        matrix.run(.k6, "viewer: \(fault.name); line down for 8 s") {
            let attempt = try Attempt(scene)
            let seat = try open(attempt)
            scene.proxy.arm(fault, andEndLine: true)
            seat.type("\r")
            try seat.wait(for: "Perhaps bought")
            try scene.proxy.waitForStrike()
            letRead()
            seat.type("\r")
            try seat.wait(gone: "BUY ─")
            seat.type("4")
            try seat.wait(for: "finding out")
            sleep(8)
            try scene.proxy.mend()
            try seat.wait(for: "awaiting shipment", within: .seconds(10))
            try seat.wait(gone: "finding out", within: .seconds(1))
            seat.type("Q")
            try seat.waitForEnd()
            return try Promise.one.check(attempt) + ", shown as bought"
        }
    }

    /// While it sends, another program on the same store neither sends nor asks.
    private func besideAnother() {
        matrix.run(.k6, "viewer: no reply yet; another program beside it") {
            let attempt = try Attempt(scene)
            let seat = try open(attempt)
            let isSeen = Signal()
            scene.proxy.arm(.beforeReply("held") { isSeen.wait() })
            seat.type("\r")
            try scene.proxy.waitForStrike()
            let outcome = try attempt.shopper.run("orders")
            let questions = scene.proxy.questions.count
            isSeen.set()
            guard outcome.complaint.contains("another vitrine is finding out"), questions == 1 else {
                throw Attempt.Broken("\(questions) questions: \(outcome)")
            }
            try seat.wait(for: "Order placed")
            seat.type("Q")
            try seat.waitForEnd()
            return try Promise.one.check(attempt) + ", shown as bought"
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

/// Something that a thread waits for, half a minute at most.
private final class Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func set() { semaphore.signal() }
    func wait() { _ = semaphore.wait(timeout: .now() + 30) }
}
