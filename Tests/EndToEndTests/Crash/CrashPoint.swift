/// How far a purchase had come when it was struck.
enum CrashPoint: String, CaseIterable {
    case k0 = "K0", k1 = "K1", k2 = "K2", k3 = "K3", k4 = "K4", k5 = "K5", k6 = "K6", k7 = "K7", k8 = "K8", k9 = "K9"
    case k10 = "K10"

    var words: String {
        switch self {
        case .k0: "key pressed, nothing written"
        case .k1: "in the intent's commit"
        case .k2: "committed, not connected"
        case .k3: "connected, nothing sent"
        case .k4: "request cut"
        case .k5: "server dies before its commit"
        case .k6: "server committed, no reply"
        case .k7: "reply cut"
        case .k8: "reply read, not kept yet"
        case .k9: "kept, before it is shown"
        case .k10: "again and again in recovery"
        }
    }
}

/// The trace of one `vitrine buy`, read as a purchase.
struct PurchaseTrace {
    let trace: Trace
    /// From the answer to the last question before the purchase on.
    let start: Int

    private static let log = "vitrine.sqlite-wal"

    init?(_ trace: Trace) {
        self.trace = trace
        let calls = trace.calls
        guard let question = calls.firstIndex(where: { $0.text.contains("\"GET /v1/me/payment-methods") }),
            let answer = calls[question...].firstIndex(where: {
                $0.name == "recvfrom" && $0.text.contains("\"HTTP/1.1")
            })
        else { return nil }
        start = answer + 1
    }

    var calls: ArraySlice<Trace.Call> { trace.calls[start...] }

    /// The calls that send the order: its head, then its body.
    private func sends(before end: Int) -> [Trace.Call] {
        guard let first = calls.firstIndex(where: { $0.text.contains("\"POST /v1/orders") }) else { return [] }
        let thread = trace.calls[first].thread
        return trace.calls[first...].indices.filter { $0 < end }.map { trace.calls[$0] }
            .filter { $0.thread == thread && $0.name == "sendto" }.prefix(2).map { $0 }
    }

    private func syncs(_ slice: ArraySlice<Trace.Call>) -> Int {
        slice.count { $0.name == "fdatasync" && $0.isDone && $0.touches(Self.log) }
    }

    /// How often the commit of an intent is synced: known from a purchase that went well.
    var syncsOfCommit: Int {
        let send = calls.firstIndex { $0.text.contains("\"POST /v1/orders") } ?? calls.endIndex
        return syncs(trace.calls[start..<send])
    }

    /// Whether the intent was on the disk before the first byte was sent.
    func keepsOrder(syncs wanted: Int) -> Bool {
        guard let send = calls.firstIndex(where: { $0.text.contains("\"POST /v1/orders") }) else { return true }
        return syncs(trace.calls[start..<send]) >= max(1, wanted)
    }

    /// How far it had come before the call at `index` was done.
    /// - Parameter isDone: whether that call was carried out.
    func point(at index: Int, isDone: Bool, syncs wanted: Int) -> CrashPoint? {
        guard index >= start else { return nil }
        let end = isDone ? index + 1 : index
        let before = trace.calls[start..<end]
        let sent = sends(before: end)
        let replied = before.firstIndex { $0.text.contains("\"HTTP/1.1 201") }
        if let replied {
            let kept = syncs(trace.calls[replied..<end]) > 0
            return kept ? .k9 : .k8
        }
        if sent.count >= 2 { return .k6 }
        if sent.count == 1 { return .k4 }
        if syncs(before) >= wanted {
            return before.contains { $0.name == "connect" } ? .k3 : .k2
        }
        let hasBegun = before.contains { $0.name == "pwrite64" && $0.touches(Self.log) }
        let isWriting = trace.calls[index].touches(Self.log)
        return hasBegun || isWriting ? .k1 : .k0
    }
}
