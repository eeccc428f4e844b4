import Glibc

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

    private func die(_ injection: Injection, _ syncs: Int) {
        var point = CrashPoint.k0
        do {
            let attempt = try Attempt(scene)
            guard let purchase = PurchaseTrace(try attempt.run(under: [injection])),
                let index = purchase.trace.struck(injection.name, injection.ordinal),
                let found = purchase.point(
                    at: index, isDone: purchase.trace.calls[index].isDone, syncs: syncs)
            else { throw Attempt.Broken("the fault has not struck: \(attempt.words)") }
            point = found
            let call = purchase.trace.calls[index]
            let hasStruck = call.signal == "SIG\(injection.kind)" || (injection.kind == .signal("KILL") && !call.isDone)
            guard hasStruck else { throw Attempt.Broken("the fault has not struck: \(call)") }
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
            let attempt = try Attempt(scene)
            guard let purchase = PurchaseTrace(try attempt.run(under: [injection])),
                let index = purchase.trace.struck(injection.name, injection.ordinal),
                purchase.trace.calls[index].isInjected,
                let found = purchase.point(at: index, isDone: false, syncs: syncs)
            else { throw Attempt.Broken("the fault has not struck: \(attempt.words)") }
            point = found
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
