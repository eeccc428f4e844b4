import Dispatch
import FoundationEssentials
import HTTPTransport
import Synchronization

/// A recording in the network's place. The first time a question is put it has the first answer that it had, the next
/// time the next one, and at the end the last again. What was not asked then has no answer, and what may be done only
/// once, a purchase before all, is refused.
package final class Replayer: Sendable {
    /// Milliseconds since 1970 by the clock of the machine that recorded.
    package let startedAt: Int64
    package let origin: String
    /// Of the account that was signed in.
    package let account: (id: String, name: String)?
    /// Why the recording ends where it does; nil for the ordinary end.
    package let note: String?

    /// No recording of ours is larger.
    private static let mostBytes = 256 << 20
    /// However slow the server was.
    private static let longestWait: Int64 = 15_000

    private struct Question: Hashable {
        let method: String
        let target: String
        let sent: String?
    }

    private struct Answers {
        var list: [Recording.Exchange] = []
        var next = 0
        /// The answer that “unchanged” is about.
        var lastWhole: Result<HTTPResponse, HTTPFailure>?
    }

    private let answers: Mutex<[Question: Answers]>
    private let queue = DispatchQueue(label: "vitrine.replay")

    package init(path: String) throws(RecordingProblem) {
        guard let handle = Self.read(path) else {
            throw RecordingProblem(description: "\(path) cannot be read: expected a recording made with --record")
        }
        var lines = handle.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // What has no line end was being written when the program died.
        _ = lines.popLast()
        let decoder = JSONDecoder()
        guard let first = lines.first, let head = try? decoder.decode(Version.self, from: Data(first)) else {
            throw RecordingProblem(description: "\(path) is no recording: expected a file made with --record")
        }
        guard head.vitrineRecording <= Recording.version else {
            throw RecordingProblem(
                description: "\(path) was recorded by a newer vitrine (format \(head.vitrineRecording), this one reads "
                    + "\(Recording.version)); use that one")
        }
        guard let opening = try? decoder.decode(Recording.Opening.self, from: Data(first)) else {
            throw RecordingProblem(description: "\(path):1: the recording is damaged")
        }
        (startedAt, origin) = (opening.startedAt, opening.origin)
        account = opening.account.map { ($0.id, $0.name) }
        var answers: [Question: Answers] = [:]
        var note: String?
        for (number, line) in lines.enumerated().dropFirst() {
            if let exchange = try? decoder.decode(Recording.Exchange.self, from: Data(line)), exchange.result != nil {
                answers[Self.question(exchange), default: Answers()].list.append(exchange)
            } else if let last = try? decoder.decode(Recording.Note.self, from: Data(line)) {
                note = last.note
            } else {
                throw RecordingProblem(description: "\(path):\(number + 1): the recording is damaged")
            }
        }
        self.note = note
        self.answers = Mutex(answers)
    }

    package var client: HTTPClient {
        HTTPClient { [self] request, completion in
            let end = OneEnd(completion)
            let (result, took) = answer(to: request)
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(min(max(0, took), Self.longestWait)))) {
                end.come(result)
            }
            return HTTPCancellation { end.come(.failure(.cancelled(sent: false))) }
        }
    }

    private func answer(to request: HTTPRequest) -> (Result<HTTPResponse, HTTPFailure>, took: Int64) {
        guard !request.freshConnection else {
            return (.failure(.badRequest(reason: "this is a replay; nothing is bought or sent")), 0)
        }
        let exchange = Recording.Exchange(request, .failure(.notRecorded), at: 0, took: 0)
        let hasCopy = request.headers["If-None-Match"] != nil
        return answers.withLock { answers in
            let question = Self.question(exchange)
            guard var known = answers[question] else { return (.failure(.notRecorded), 0) }
            let recorded = known.list[min(known.next, known.list.count - 1)]
            known.next += 1
            defer { answers[question] = known }
            guard let result = recorded.result else { return (.failure(.notRecorded), 0) }
            guard case .success(let response) = result else { return (result, recorded.took) }
            if response.status == 304 {
                return (hasCopy ? result : known.lastWhole ?? .failure(.notRecorded), recorded.took)
            }
            known.lastWhole = result
            return (result, recorded.took)
        }
    }

    private struct Version: Decodable { let vitrineRecording: Int }

    /// Without the times that a schedule is asked for: they follow from when it is asked.
    private static func question(_ exchange: Recording.Exchange) -> Question {
        let parts = exchange.target.split(separator: "?", maxSplits: 1)
        let pairs = parts.dropFirst().first?.split(separator: "&") ?? []
        let lasting = pairs.filter { !$0.hasPrefix("from=") && !$0.hasPrefix("to=") }
        let target = (parts.first.map(String.init) ?? "/") + "?" + lasting.joined(separator: "&")
        return Question(method: exchange.method, target: target, sent: exchange.sent)
    }

    private static func read(_ path: String) -> Data? {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size <= mostBytes
        else {
            return nil
        }
        return FileManager.default.contents(atPath: path)
    }
}

/// A completion that is called once, by whoever comes first.
private final class OneEnd: Sendable {
    private let completion: Mutex<HTTPClient.Completion?>

    init(_ completion: @escaping HTTPClient.Completion) { self.completion = Mutex(completion) }

    func come(_ result: Result<HTTPResponse, HTTPFailure>) {
        completion.withLock { $0.take() }?(result)
    }
}
