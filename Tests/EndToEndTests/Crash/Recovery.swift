import Glibc
import ProgramTesting

/// K10: the program that finds out is killed again and again. And two that find out at the same time.
struct Recovery {
    let matrix: CrashMatrix
    let scene: Scene
    let isWhole: Bool

    init(_ matrix: CrashMatrix, _ scene: Scene, isWhole: Bool) {
        (self.matrix, self.scene, self.isWhole) = (matrix, scene, isWhole)
    }

    func run() throws {
        for isBought in [true, false] {
            if SystemCalls.hindrance == nil { try killedAgainAndAgain(isBought) }
            twoAtOnce(isBought)
        }
        for seconds in isWhole ? [1, 90] : [1] { stopped(seconds) }
    }

    private func lost(_ isBought: Bool) throws -> Attempt {
        let attempt = try Attempt(scene)
        scene.proxy.arm(isBought ? .cutReply(.byte(0), .rst) : .cutRequest(.lastByte, .rst), andEndLine: true)
        let child = try attempt.start()
        try scene.proxy.waitForStrike()
        child.signal(SIGKILL)
        try child.wait()
        if isBought { _ = try attempt.look(untilOrders: 1) }
        try scene.proxy.mend()
        return attempt
    }

    private static let names: Set = [
        "connect", "sendto", "recvfrom", "pwrite64", "fdatasync", "ftruncate", "unlink", "close",
    ]

    /// One purchase, and a kill at each call on the way to knowing.
    private func killedAgainAndAgain(_ isBought: Bool) throws {
        let (model, attempt) = (try lost(isBought), try lost(isBought))
        let clean = try model.run(under: [], ["orders"])
        let question = clean.calls.firstIndex { $0.text.contains("\"GET /v1/orders?key=") } ?? 0
        let calls = clean.calls.indices.filter { index in
            let call = clean.calls[index]
            let isNear = index >= question || call.name == "connect"
            return isNear && Self.names.contains(call.name) && clean.struck(call.name, call.ordinal) == index
        }.map { clean.calls[$0] }
        let cause = isBought ? "KILL at its system calls, was bought" : "KILL at its system calls, was not bought"
        var strikes = 0
        for (number, call) in calls.enumerated() where isWhole || number % 12 == 5 {
            matrix.run(.k10, cause, "\(call.name) \(call.ordinal)") {
                let injection = SystemCalls.Injection(name: call.name, ordinal: call.ordinal, kind: .signal("KILL"))
                let trace = try attempt.run(under: [injection], ["orders"])
                let hasStruck = trace.struck(call.name, call.ordinal).map { !trace.calls[$0].isDone } ?? false
                if hasStruck { strikes += 1 }
                // What an earlier run got done is not done again, and not every call comes. A run that was not killed has
                // come to its end, and then it is known.
                let isKnown = try attempt.look().open.isEmpty
                guard hasStruck || isKnown else {
                    throw Attempt.Broken("the fault has not struck, and it is not known")
                }
                return isKnown ? "known" : "not known yet"
            }
        }
        matrix.run(.k10, cause, "at last") {
            guard strikes > 0 else { throw Attempt.Broken("no fault has struck") }
            return try Promise.oneAtLast.check(attempt)
        }
    }

    /// Two programs on one store: one asks, the other does not, or after it.
    private func twoAtOnce(_ isBought: Bool) {
        matrix.run(.k10, isBought ? "two at once, was bought" : "two at once, was not bought") {
            let attempt = try lost(isBought)
            try scene.proxy.reset()
            scene.proxy.arm(.late(.milliseconds(400)), at: .recovery)
            let children = try (0..<2).map { _ in try attempt.start(Binaries.vitrine, ["orders"]) }
            for child in children { try child.wait(within: .seconds(30)) }
            guard scene.proxy.strikes.count == 1 else { throw Attempt.Broken("the fault has not struck") }
            guard !scene.proxy.questions.contains(where: \.overlaps) else {
                throw Attempt.Broken("asked by both at once")
            }
            guard scene.proxy.questions.count == (isBought ? 1 : 2) else {
                throw Attempt.Broken("\(scene.proxy.questions.count) questions")
            }
            return try Promise.one.check(attempt)
        }
    }

    /// Stopped while the reply is on its way, and gone on later.
    private func stopped(_ seconds: Int) {
        matrix.run(.k6, "STOP for \(seconds) s") {
            let attempt = try Attempt(scene)
            scene.proxy.arm(.late(.milliseconds(500)))
            let child = try attempt.start()
            try scene.proxy.waitForStrike()
            child.signal(SIGSTOP)
            sleep(UInt32(seconds))
            child.signal(SIGCONT)
            let ending = try child.wait(within: .seconds(60))
            guard ending == .exit(0) else { throw Attempt.Broken("\(ending): \(attempt.words)") }
            return try Promise.one.check(attempt)
        }
    }
}
