import Glibc
import ProgramTesting

/// K4, K6 and K7: what the line does to the request and to the reply. Each time, once the program lives on and finds
/// out by itself, and once it dies with it.
struct LineFaults {
    let matrix: CrashMatrix
    let scene: Scene
    let isWhole: Bool

    init(_ matrix: CrashMatrix, _ scene: Scene, isWhole: Bool) {
        (self.matrix, self.scene, self.isWhole) = (matrix, scene, isWhole)
    }

    private struct Row {
        let point: CrashPoint
        let fault: Fault
        /// Of the program that dies.
        let promise: Promise
        /// The shop's answer to what arrives is a clear no.
        var isRefused = false

        init(_ point: CrashPoint, _ fault: Fault, _ promise: Promise, isRefused: Bool = false) {
            (self.point, self.fault, self.promise, self.isRefused) = (point, fault, promise, isRefused)
        }
    }

    private var rows: [Row] {
        let places: [Fault.Place] = [.byte(1), .head, .half, .lastByte]
        var rows: [Row] = []
        for ending in Fault.Ending.allCases {
            rows += places.map { Row(.k4, .cutRequest($0, ending), .zeroThenOne) }
            rows.append(Row(.k6, .cutReply(.byte(0), ending), .one))
            rows += [.statusLine, .head, .half, .lastByte, .lastChunk].map { Row(.k7, .cutReply($0, ending), .one) }
        }
        rows += [
            Row(.k6, .silence, .one), Row(.k6, .badGateway, .one), Row(.k6, .late(.milliseconds(700)), .one),
            Row(.k6, .twice, .one),
            Row(.k4, .corruptRequest(.half), .zeroThenOne, isRefused: true),
            Row(.k7, .corruptReply(.statusLine), .one), Row(.k7, .corruptReply(.half), .one),
            Row(.k7, .drip(.milliseconds(2)), .one),
        ]
        return rows
    }

    func run() throws {
        for (number, row) in rows.enumerated() {
            if isWhole || number % 4 == 1 { dies(row) }
            if isWhole || number % 8 == 5 { lives(row) }
        }
        refused()
        if isWhole { everyByte() }
    }

    /// Killed once the fault is there; the line is down until the next start.
    private func dies(_ row: Row) {
        matrix.run(row.point, row.fault.name + "; then KILL") {
            let attempt = try Attempt(scene)
            scene.proxy.arm(row.fault, andEndLine: true)
            let child = try attempt.start()
            try scene.proxy.waitForStrike()
            child.signal(SIGKILL)
            try child.wait()
            try check(row, attempt)
            return try row.promise.check(attempt)
        }
    }

    /// Where it lives, it finds out by itself.
    private func lives(_ row: Row) {
        matrix.run(row.point, row.fault.name) {
            let attempt = try Attempt(scene)
            scene.proxy.arm(row.fault)
            let child = try attempt.start()
            let ending = try child.wait(within: .seconds(60))
            try check(row, attempt)
            try checkQuestions()
            let isAsItShould =
                row.isRefused ? ending == .exit(1) : ending == .exit(0) && attempt.words.contains("Order placed")
            guard isAsItShould else { throw Attempt.Broken("\(ending): \(attempt.words)") }
            return try row.isRefused ? Promise.refused.check(attempt) : Promise.one.check(attempt) + ", found out"
        }
    }

    /// What struck is what was meant: byte for byte.
    private func check(_ row: Row, _ attempt: Attempt) throws {
        guard let strike = scene.proxy.strikes.first, strike.name == row.fault.name else {
            throw Attempt.Broken("the fault has not struck")
        }
        guard String(decoding: strike.request, as: UTF8.self).contains("Idempotency-Key: ") else {
            throw Attempt.Broken("an order without a key")
        }
        if case .cutRequest = row.fault, strike.passedOn.count >= strike.request.count {
            throw Attempt.Broken("nothing was cut")
        }
    }

    /// An order goes out on a connection of its own, and never a second time before the shop has been asked.
    private func checkQuestions() throws {
        let questions = scene.proxy.questions
        for (number, question) in questions.enumerated() where question.target == .order {
            guard question.place == 0 else { throw Attempt.Broken("an order on a used connection") }
            if number > 0, questions[number - 1].target == .order {
                throw Attempt.Broken("sent twice, not asked between")
            }
        }
    }

    private func refused() {
        matrix.run(.k2, "connection refused") {
            let attempt = try Attempt(scene)
            scene.proxy.arm(.refuse)
            let ending = try attempt.buy()
            guard scene.proxy.strikes.count == 1, scene.proxy.questions.isEmpty else {
                throw Attempt.Broken("the fault has not struck")
            }
            guard ending == .exit(1) else { throw Attempt.Broken("\(ending): \(attempt.words)") }
            return try Promise.refused.check(attempt)
        }
    }

    /// Requests and replies of about 480 and 556 bytes, cut after every seventh of them.
    private func everyByte() {
        for byte in stride(from: 0, to: 700, by: 7) {
            let ending: Fault.Ending = byte % 2 == 0 ? .fin : .rst
            cut(.k4, .cutRequest(.byte(byte), ending), "request cut at byte n; then KILL")
            cut(.k7, .cutReply(.byte(byte), ending), "reply cut at byte n; then KILL")
        }
    }

    private func cut(_ point: CrashPoint, _ fault: Fault, _ cause: String) {
        matrix.run(point, cause, fault.name) {
            let attempt = try Attempt(scene)
            scene.proxy.arm(fault, andEndLine: true)
            let child = try attempt.start()
            try scene.proxy.waitForStrike()
            child.signal(SIGKILL)
            try child.wait()
            let hasArrived = scene.proxy.strikes[0].passedOn.count == scene.proxy.strikes[0].request.count
            return try (hasArrived ? Promise.one : .zeroThenOne).check(attempt)
        }
    }
}
