import Glibc
import ProgramTesting

/// K0 to K3, K8 and K9: the program is killed, or a call fails, at every system call from the decision to buy until the
/// order is shown.
struct CallFaults {
    let matrix: CrashMatrix
    let scene: Scene
    let isWhole: Bool

    init(_ matrix: CrashMatrix, _ scene: Scene, isWhole: Bool) {
        (self.matrix, self.scene, self.isWhole) = (matrix, scene, isWhole)
    }

    private typealias Injection = SystemCalls.Injection

    func run() throws {
        let (clean, again) = (try cleanTrace(), try cleanTrace())
        let syncs = clean.syncsOfCommit
        guard syncs > 0, clean.keepsOrder(syncs: syncs) else {
            throw Attempt.Broken("the intent is not synced before the order is sent")
        }
        let calls = Self.reachable(clean).filter { call in
            // Where two clean runs differ, an ordinal is no place.
            again.trace.struck(call.name, call.ordinal).map { $0 >= again.start } ?? false
        }
        for call in calls {
            // The transport's own thread lets no signals in but those of a crash.
            let isMain = call.thread == clean.trace.calls.first?.thread
            let signals = isMain ? ["KILL", "HUP", "TERM", "TRAP"] : ["KILL", "TRAP"]
            for signal in signals where isWhole || isInSample(call, signal) {
                die(Injection(name: call.name, ordinal: call.ordinal, kind: .signal(signal)), syncs)
            }
            guard ["pwrite64", "fdatasync"].contains(call.name) else { continue }
            for error in ["EIO", "ENOSPC"] where isWhole || isInSample(call, error) {
                fail(Injection(name: call.name, ordinal: call.ordinal, kind: .error(error)), syncs)
            }
        }
    }

    private func isInSample(_ call: Trace.Call, _ cause: String) -> Bool {
        switch cause {
        case "KILL": ["fdatasync", "connect"].contains(call.name) || call.text.contains("\"POST /v1/orders")
        case "TERM", "EIO": call.name == "fdatasync" && call.ordinal == 3
        default: false
        }
    }

    private func cleanTrace() throws -> PurchaseTrace {
        let attempt = try Attempt(scene)
        guard let trace = PurchaseTrace(try attempt.run(under: [])) else {
            throw Attempt.Broken("the trace is no purchase: \(attempt.words)")
        }
        _ = try Promise.one.check(attempt)
        return trace
    }

    /// Those calls of a purchase at which `when=` strikes first, counted as it is in each thread by itself.
    private static func reachable(_ purchase: PurchaseTrace) -> [Trace.Call] {
        purchase.calls.indices.filter {
            purchase.trace.struck(purchase.trace.calls[$0].name, purchase.trace.calls[$0].ordinal) == $0
        }.map { purchase.trace.calls[$0] }
    }

    /// A run in which the fault has struck.
    private struct Struck {
        let attempt: Attempt
        let purchase: PurchaseTrace
        let point: CrashPoint
    }

    /// Threads take turns as they like, so that one of two runs may end with a call less of a kind, or come to it while
    /// it does something else. A place that was there in two clean runs is found again in one of a few more.
    private static let mostRuns = 4

    /// - Throws: `Broken` where the fault has struck in none of them: then nothing is known of that place.
    private func strike(_ injection: Injection, _ syncs: Int) throws -> Struck {
        var seen: [String] = []
        for _ in 0..<Self.mostRuns {
            let attempt = try Attempt(scene)
            guard let purchase = PurchaseTrace(try attempt.run(under: [injection])),
                let index = purchase.trace.struck(injection.name, injection.ordinal)
            else {
                seen.append(attempt.words)
                continue
            }
            let call = purchase.trace.calls[index]
            let isDone = injection.isError ? false : call.isDone
            guard injection.hasStruck(call),
                let point = purchase.point(at: index, isDone: isDone, syncs: syncs)
            else {
                seen.append("\(call)")
                continue
            }
            return Struck(attempt: attempt, purchase: purchase, point: point)
        }
        throw Attempt.Broken("the fault has not struck in \(seen.count) runs: \(seen.joined(separator: " | "))")
    }

    private func die(_ injection: Injection, _ syncs: Int) {
        var point = CrashPoint.k0
        do {
            let struck = try strike(injection, syncs)
            let (attempt, purchase) = (struck.attempt, struck.purchase)
            point = struck.point
            guard purchase.keepsOrder(syncs: syncs) else { throw Attempt.Broken("sent before it was on the disk") }
            let outcome = try promise(at: point).check(attempt)
            matrix.note(point, "\(injection.kind) at a system call", outcome, failed: false)
        } catch {
            matrix.run(point, "\(injection.kind) at a system call", "\(injection.name) \(injection.ordinal)") {
                throw error
            }
        }
    }

    private func promise(at point: CrashPoint) -> Promise {
        switch point {
        case .k0: .nothing
        case .k1: .wholeOrAbsent
        case .k2, .k3, .k4: .zeroThenOne
        case .k5, .k6: .oneAtLast
        case .k7, .k8, .k9, .k10: .one
        }
    }

    /// The program lives on, and has to say what is true.
    private func fail(_ injection: Injection, _ syncs: Int) {
        var point = CrashPoint.k1
        do {
            let struck = try strike(injection, syncs)
            let (attempt, purchase) = (struck.attempt, struck.purchase)
            point = struck.point
            guard purchase.keepsOrder(syncs: syncs) else { throw Attempt.Broken("sent before it was on the disk") }
            let isSent = purchase.calls.contains { $0.text.contains("\"POST /v1/orders") }
            if isSent {
                guard attempt.words.contains("Order placed") else { throw Attempt.Broken(attempt.words) }
            } else {
                guard attempt.words.contains("not bought") else { throw Attempt.Broken(attempt.words) }
            }
            let outcome = try (isSent ? Promise.one : .refused).check(attempt)
            matrix.note(point, "\(injection.kind) from \(injection.name)", outcome, failed: false)
        } catch {
            matrix.run(point, "\(injection.kind) from \(injection.name)", "\(injection.ordinal)") { throw error }
        }
    }
}

extension SystemCalls.Injection {
    fileprivate var isError: Bool { if case .error = kind { true } else { false } }

    fileprivate func hasStruck(_ call: Trace.Call) -> Bool {
        switch kind {
        case .error: call.isInjected
        case .signal("KILL"): call.signal == "SIGKILL" || !call.isDone
        case .signal(let name): call.signal == "SIG\(name)"
        }
    }
}
