import Diagnostics
import Foundation
import HTTPTransport
import Synchronization
import Testing

@Suite struct RecordingTests {
    let folder = FileManager.default.temporaryDirectory.path + "/vitrine-record-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private var path: String { folder + "/bug.ndjson" }
    private func remove() { try? FileManager.default.removeItem(atPath: folder) }
    private func text() throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    /// Answers one after the other, whatever is asked.
    private func network(_ answers: [Result<HTTPResponse, HTTPFailure>]) -> HTTPClient {
        let left = Mutex(answers)
        return HTTPClient { _, completion in
            completion(left.withLock { $0.removeFirst() })
            return HTTPCancellation {}
        }
    }

    private func recorder(limit: Int = Recorder.limit) throws -> Recorder {
        try Recorder(
            path: path, program: "test", startedAt: 1_700_000_000_000, origin: "https://shop.example",
            account: (id: "a-1", name: "Guest 1"), limit: limit)
    }

    private static func reply(_ body: String, status: Int = 200, etag: String? = nil) -> Result<
        HTTPResponse, HTTPFailure
    > {
        var headers: HTTPHeaders = ["Content-Type": "application/json", "Date": "Thu, 26 Nov 2026 04:00:00 GMT"]
        if let etag { headers.append("ETag", etag) }
        return .success(HTTPResponse(status: status, headers: headers, body: Data(body.utf8)))
    }

    private func ask(_ client: HTTPClient, _ request: HTTPRequest) async -> Result<HTTPResponse, HTTPFailure> {
        do { return .success(try await client.response(to: request)) } catch { return .failure(error) }
    }

    /// A recording is looked at in a terminal, and answers with what was said all the same.
    @Test func hostileLettersAreEscapesInTheFile() async throws {
        defer { remove() }
        let hostile = "\u{9B}2J \u{202E}99 \u{E0041}\u{200B}"
        let request = HTTPRequest(.get, "https://shop.example/v1/x")
        let recorder = try recorder()
        _ = await ask(recorder.client(network([Self.reply("{\"title\":\"\(hostile)\"}")])), request)
        #expect(recorder.finish() == nil)
        #expect(try text().unicodeScalars.allSatisfy { $0.isASCII })
        let replayed = await ask(try Replayer(path: path).client, request)
        guard case .success(let response) = replayed else {
            Issue.record("\(replayed)")
            return
        }
        #expect(String(decoding: response.body, as: UTF8.self).contains(hostile))
    }

    @Test func whatWasAnsweredIsAnsweredAgainInItsOrder() async throws {
        defer { remove() }
        let head = HTTPRequest(.get, "https://shop.example/v1/shows/s/head")
        let shows = HTTPRequest(.get, "https://shop.example/v1/shows?from=1&state=live")
        let picture = Data([0xFF, 0xD8, 0])
        let answers: [Result<HTTPResponse, HTTPFailure>] = [
            Self.reply("{\"n\":1}", etag: "\"one\""), Self.reply("[]"), .failure(.timedOut(sent: true)),
            Self.reply("{\"n\":2}"), .success(HTTPResponse(status: 404, body: picture)),
        ]
        let recorder = try recorder()
        let network = recorder.client(network(answers))
        for request in [head, shows, head, head, HTTPRequest(.get, "https://shop.example/p")] {
            _ = await ask(network, request)
        }
        #expect(recorder.finish() == nil)

        let replayer = try Replayer(path: path)
        #expect(replayer.startedAt == 1_700_000_000_000 && replayer.origin == "https://shop.example")
        #expect(replayer.account?.id == "a-1" && replayer.note == nil)
        let client = replayer.client
        #expect(await ask(client, head) == answers[0])
        #expect(await ask(client, head) == answers[2])
        // The schedule is asked for by the hour.
        #expect(await ask(client, HTTPRequest(.get, "https://shop.example/v1/shows?from=9&state=live")) == answers[1])
        #expect(await ask(client, head) == answers[3])
        #expect(await ask(client, head) == answers[3])
        #expect(await ask(client, HTTPRequest(.get, "https://shop.example/p")) == answers[4])
        #expect(await ask(client, HTTPRequest(.get, "https://shop.example/v1/hosts")) == .failure(.notRecorded))
        #expect(await ask(client, HTTPRequest(.put, "https://shop.example/p")) == .failure(.notRecorded))
    }

    @Test func whatTheQuestionSaidTellsItsAnswersApart() async throws {
        defer { remove() }
        func quote(_ sku: String) -> HTTPRequest {
            HTTPRequest(.post, "https://shop.example/v1/quotes", body: Data("{\"sku\":\"\(sku)\"}".utf8))
        }
        let answers = [Self.reply("{\"of\":\"a\"}"), Self.reply("{\"of\":\"b\"}")]
        let recorder = try recorder()
        let network = recorder.client(network(answers))
        for sku in ["a", "b"] { _ = await ask(network, quote(sku)) }
        _ = recorder.finish()
        let client = try Replayer(path: path).client
        #expect(await ask(client, quote("b")) == answers[1])
        #expect(await ask(client, quote("a")) == answers[0])
        #expect(await ask(client, quote("c")) == .failure(.notRecorded))
    }

    /// “Unchanged” is only said to one who has the copy.
    @Test func unchangedIsAboutTheAnswerBefore() async throws {
        defer { remove() }
        let plain = HTTPRequest(.get, "https://shop.example/v1/shows/s/head")
        var conditional = plain
        conditional.headers.append("If-None-Match", "\"one\"")
        let whole = Self.reply("{\"n\":1}", etag: "\"one\"")
        let unchanged = Self.reply("", status: 304, etag: "\"one\"")
        let recorder = try recorder()
        let network = recorder.client(network([whole, unchanged]))
        _ = await ask(network, plain)
        _ = await ask(network, conditional)
        _ = recorder.finish()
        let client = try Replayer(path: path).client
        #expect(await ask(client, plain) == whole)
        #expect(await ask(client, conditional) == unchanged)
        #expect(await ask(client, plain) == whole)
    }

    @Test func nothingThatMayBeDoneOnlyOnceIsDone() async throws {
        defer { remove() }
        let order = HTTPRequest(.post, "https://shop.example/v1/orders", body: Data("{}".utf8), freshConnection: true)
        let recorder = try recorder()
        _ = await ask(recorder.client(network([Self.reply("{\"id\":\"order-1\"}", status: 201)])), order)
        _ = recorder.finish()
        let result = await ask(try Replayer(path: path).client, order)
        guard case .failure(let failure) = result else { return #expect(Bool(false), "\(result)") }
        #expect(!failure.mayHaveBeenSent)
        #expect(failure.description.contains("replay") && failure.description.contains("nothing is bought"))
    }

    @Test func noSecretIsInTheFile() async throws {
        defer { remove() }
        let canary = "canary7"
        var headers: HTTPHeaders = [
            "Authorization": "Bearer \(canary)", "Cookie": "a=\(canary)", "Idempotency-Key": canary,
        ]
        headers.append("X-Anything", canary)
        let request = HTTPRequest(
            .post, "https://u:\(canary)@shop.example/v1/x?token=\(canary)&n=%74oken%3D\(canary)", headers: headers,
            body: Data("device_code=\(canary)&mail=\(canary)%40mail.example".utf8))
        var told: HTTPHeaders = ["Set-Cookie": "sid=\(canary)", "Content-Type": "x; token=\(canary)"]
        told.append("Location", "/checkout/\(canary)")
        let body =
            "{\"token\":\"\(canary)\",\"deviceCode\":\"\(canary)\",\"checkoutUrl\":\"https://p.example/\(canary)\"}"
        let recorder = try Recorder(
            path: path, program: "test", startedAt: 0, origin: "https://\(canary):x@shop.example",
            account: (id: "a-1", name: "\(canary)@mail.example"))
        _ = await ask(
            recorder.client(network([.success(HTTPResponse(status: 200, headers: told, body: Data(body.utf8)))])),
            request)
        _ = recorder.finish()
        let kept = try text()
        #expect(!kept.contains(canary), "\(kept)")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aRecordingEndsWithANoteWhereItIsFull() async throws {
        defer { remove() }
        let recorder = try recorder(limit: 1000)
        let client = recorder.client(network(Array(repeating: Self.reply("{}"), count: 20)))
        for _ in 0..<20 { _ = await ask(client, HTTPRequest(.get, "https://shop.example/v1")) }
        let note = recorder.finish()
        #expect(note?.contains("1000 bytes") == true)
        #expect(try text().utf8.count < 1200)
        #expect(try Replayer(path: path).note == note)
    }

    @Test func onlyARecordingIsWrittenOver() throws {
        defer { remove() }
        _ = try recorder().finish()
        _ = try recorder().finish()
        try Data("dear diary".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: RecordingProblem.self) { try recorder() }
        #expect(try text() == "dear diary")
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder + "/other")
        #expect(throws: RecordingProblem.self) { try recorder() }
    }

    @Test(arguments: [
        ("", "no recording"), ("dear diary\n", "no recording"), ("{\"a\":1}\n", "no recording"),
        ("{\"vitrineRecording\":2,\"later\":true}\n", "newer vitrine (format 2"),
        ("{\"vitrineRecording\":1}\n", ":1: the recording is damaged"),
        ("OPENING\n{\"at\":1}\n", ":2: the recording is damaged"),
        ("OPENING\n{\"at\":1,\"took\":1,\"method\":\"GET\",\"target\":\"/\",\"failure\":{\"kind\":\"odd\"}}\n", ":2: "),
    ])
    func whatCannotBeReadIsOneLine(text: String, words: String) throws {
        defer { remove() }
        let opening = "{\"vitrineRecording\":1,\"program\":\"0\",\"startedAt\":0,\"origin\":\"https://shop.example\"}"
        try Data(text.replacing("OPENING", with: opening).utf8).write(to: URL(fileURLWithPath: path))
        do {
            _ = try Replayer(path: path)
            #expect(Bool(false), "it was read")
        } catch {
            #expect(error.description.contains(words) && error.description.hasPrefix(path), "\(error)")
            #expect(!error.description.contains("\n"))
        }
    }

    /// The program was killed while it wrote.
    @Test func aLineThatBreaksOffIsLeftOut() async throws {
        defer { remove() }
        let recorder = try recorder()
        _ = await ask(recorder.client(network([Self.reply("{}")])), HTTPRequest(.get, "https://shop.example/v1"))
        _ = recorder.finish()
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try (whole + Data("{\"at\":9,\"met".utf8)).write(to: URL(fileURLWithPath: path))
        let client = try Replayer(path: path).client
        #expect(await ask(client, HTTPRequest(.get, "https://shop.example/v1")) == Self.reply("{}"))
    }
}
