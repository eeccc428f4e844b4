import Glibc
import ProgramTesting

/// What the shop says instead of yes, and what changes between the key and the order. The real server says it wherever
/// it can be made to; 409 in flight, 429 and 500 are said in its place.
struct Answers {
    let matrix: CrashMatrix
    let scene: Scene
    let isWhole: Bool

    init(_ matrix: CrashMatrix, _ scene: Scene, isWhole: Bool) {
        (self.matrix, self.scene, self.isWhole) = (matrix, scene, isWhole)
    }

    func run() throws {
        for change in changes { changed(change) }
        for change in changes where isWhole || change.name == "price up" { changedBeforeTheRetry(change) }
        for (status, code) in said where isWhole || status.hasPrefix("409") { passing(status, code) }
        if isWhole { for (status, code) in said { lasting(status, code) } }
        keyWithAnotherBody()
        if isWhole { agedKey(isBought: false) }
        agedKey(isBought: true)
    }

    /// Of the shop, and back; `?1` is the shopper's account.
    struct Change {
        let name: String
        let sql: String
        let undo: String
    }

    private let changes = [
        Change(
            name: "price up", sql: "UPDATE variants SET amount = amount + 100 WHERE sku = '\(Scene.sku)' OR ?1 IS NULL",
            undo: "UPDATE variants SET amount = amount - 100 WHERE sku = '\(Scene.sku)' OR ?1 IS NULL"),
        Change(
            name: "sold out", sql: "UPDATE variants SET stock = 0 WHERE sku = '\(Scene.sku)' OR ?1 IS NULL",
            undo: "UPDATE variants SET stock = 90000 WHERE sku = '\(Scene.sku)' OR ?1 IS NULL"),
        Change(
            name: "quote expired", sql: "UPDATE quotes SET expires_at = 0 WHERE account = ?1",
            undo: "UPDATE quotes SET expires_at = 0 WHERE account = ?1"),
        Change(
            name: "401", sql: "UPDATE accounts SET token_hash = '-' || token_hash WHERE id = ?1",
            undo: "UPDATE accounts SET token_hash = substr(token_hash, 2) WHERE id = ?1"),
    ]

    private let said = [
        ("409 Conflict", "idempotency_key_in_flight"), ("429 Too Many Requests", "too_many_requests"),
        ("500 Internal Server Error", "internal"),
    ]

    private func apply(_ sql: String, _ attempt: Attempt) {
        do { try scene.change(sql, [attempt.account]) } catch { matrix.note(.k4, "\(error)", "FAILED", failed: true) }
    }

    /// While the order is on its way.
    private func changed(_ change: Change) {
        matrix.run(.k3, "\(change.name) while it is on its way") {
            let attempt = try Attempt(scene)
            let (scene, account) = (scene, attempt.account)
            nonisolated(unsafe) let shop = scene
            scene.proxy.arm(.meanwhile(change.name) { try? shop.change(change.sql, [account]) })
            let ending = try attempt.buy()
            apply(change.undo, attempt)
            // What stands before a shop says 401, too: that is no certain no.
            let isNo = change.name != "401"
            guard scene.proxy.strikes.count == 1, ending == .exit(isNo ? 1 : 3) else {
                throw Attempt.Broken("\(ending): \(attempt.words)")
            }
            return try (isNo ? Promise.refused : .zeroThenOne).check(attempt)
        }
    }

    /// The request was lost, and before the same key is sent again the shop has changed.
    private func changedBeforeTheRetry(_ change: Change) {
        matrix.run(.k4, "request cut; then KILL; \(change.name) before the retry") {
            let attempt = try lost(.cutRequest(.half, .rst))
            apply(change.sql, attempt)
            try scene.proxy.mend()
            _ = try attempt.shopper.run("orders")
            let books = try attempt.look()
            apply(change.undo, attempt)
            guard books.orders.isEmpty else { throw Attempt.Broken("bought for what was not shown") }
            let after = try attempt.settle()
            // Known again, the shopper gets what they wanted.
            return after.orders.isEmpty ? "not bought" : "0, then 1 order"
        }
    }

    private func answer(_ status: String, _ code: String) -> Fault {
        let number = status.prefix(3)
        let body =
            #"{"type":"about:blank","code":"\#(code)","status":\#(number),"title":"\#(status)","detail":"not now"}"#
        return .answer(RawMessage(status: status, type: "application/problem+json", body: body))
    }

    /// Said once: the program finds out by itself.
    private func passing(_ status: String, _ code: String) {
        matrix.run(.k4, "answer \(status), once") {
            let attempt = try Attempt(scene)
            scene.proxy.arm(answer(status, code))
            let ending = try attempt.buy()
            guard ending == .exit(0), scene.proxy.strikes.count == 1 else {
                throw Attempt.Broken("\(ending): \(attempt.words)")
            }
            return try Promise.one.check(attempt) + ", found out"
        }
    }

    /// Said until the program gives up; known at the next start.
    private func lasting(_ status: String, _ code: String) {
        matrix.run(.k4, "answer \(status), until it gives up") {
            let attempt = try Attempt(scene)
            scene.proxy.arm(answer(status, code), times: 99)
            let ending = try attempt.buy()
            guard ending == .exit(3), attempt.words.contains("perhaps bought"), scene.proxy.strikes.count > 1 else {
                throw Attempt.Broken("\(ending): \(attempt.words)")
            }
            return try Promise.zeroThenOne.check(attempt)
        }
    }

    /// A purchase that was lost with the program that made it.
    private func lost(_ fault: Fault) throws -> Attempt {
        let attempt = try Attempt(scene)
        scene.proxy.arm(fault, andEndLine: true)
        let child = try attempt.start()
        try scene.proxy.waitForStrike()
        child.signal(SIGKILL)
        try child.wait()
        return attempt
    }

    /// The shop knows the key with another body (422): it is the one to say what became of it.
    private func keyWithAnotherBody() {
        matrix.run(.k4, "422, the key with another body") {
            let attempt = try lost(.cutRequest(.half, .rst))
            guard let key = try attempt.books().open.first?.key else { throw Attempt.Broken("no intent") }
            try scene.change(
                "INSERT INTO idempotency_keys VALUES (?, ?, 'other', 201, '{}', 9999999999999)", [attempt.account, key])
            try scene.proxy.mend()
            let outcome = try attempt.shopper.run("orders")
            guard outcome.complaint.contains("perhaps bought"), try attempt.look().open.count == 1 else {
                throw Attempt.Broken("\(outcome)")
            }
            try scene.change("DELETE FROM idempotency_keys WHERE key = ?", [key])
            return try Promise.zeroThenOne.check(attempt)
        }
    }

    /// The shop has forgotten the key, and the quote has ended: only asked for, never sent again.
    private func agedKey(isBought: Bool) {
        matrix.run(isBought ? .k6 : .k4, "KILL; known again after a day") {
            let attempt = try lost(isBought ? .cutReply(.byte(0), .fin) : .cutRequest(.half, .fin))
            if isBought { _ = try attempt.look(untilOrders: 1) }
            try scene.change("DELETE FROM idempotency_keys WHERE account = ?", [attempt.account])
            try attempt.age(days: 1)
            try scene.proxy.reset()
            let outcome = try (isBought ? Promise.one : .absent).check(attempt)
            guard scene.proxy.questions.allSatisfy({ $0.target == .recovery }) else {
                throw Attempt.Broken("sent again")
            }
            return outcome
        }
    }
}
