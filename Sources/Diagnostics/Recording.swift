import FoundationEssentials
import HTTPTransport
import Text

/// The lines of a recording: what it is, then an exchange a line, and at its end perhaps why it ends there. All that is
/// in it has passed the redactor.
enum Recording {
    /// What this program writes, and the newest that it reads.
    static let version = 1

    struct Opening: Codable, Equatable {
        var recording: Int
        var program: String
        /// Milliseconds since 1970 by this machine's clock; every `at` counts from here.
        var startedAt: Int64
        var origin: String
        /// Of the account that was signed in at the start; its token is nowhere.
        var account: Account?

        struct Account: Codable, Equatable {
            var id: String
            var name: String
        }

        enum CodingKeys: String, CodingKey {
            case recording = "vitrineRecording"
            case program, startedAt, origin, account
        }
    }

    struct Exchange: Codable, Equatable {
        /// When it was asked, and how long the answer took; milliseconds.
        var at: Int64
        var took: Int64
        var method: String
        /// Path and query.
        var target: String
        /// The request's body.
        var sent: String?
        var status: Int?
        var headers: [[String]]?
        var body: String?
        /// A body that is no text.
        var base64: String?
        var failure: Failure?
    }

    struct Failure: Codable, Equatable {
        var kind: String
        var sent: Bool?
        var limit: Int?
        var reason: String?
    }

    struct Note: Codable, Equatable { var note: String }

    /// What an answer's reader acts on; all other headers stay behind.
    private static let keptHeaders: Set = [
        "age", "cache-control", "content-language", "content-type", "date", "etag", "last-modified", "ratelimit",
        "ratelimit-policy", "retry-after",
    ]

    static func line(_ value: some Encodable) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: (try? encoder.encode(value)) ?? Data(), as: UTF8.self)
        // It may be looked at in a terminal, and is read with every value as it was.
        return Data((SafeJSON.escaped(json) + "\n").utf8)
    }

    /// Path and query of an address.
    static func target(of url: String) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let path = rest.firstIndex { $0 == "/" || $0 == "?" }.map { String(rest[$0...]) } ?? "/"
        return Redactor.text(path)
    }
}

extension Recording.Exchange {
    init(_ request: HTTPRequest, _ result: Result<HTTPResponse, HTTPFailure>, at: Int64, took: Int64) {
        Redactor.learn(request)
        if case .success(let response) = result { Redactor.learn(response.headers) }
        self.at = at
        self.took = took
        method = request.method.rawValue
        target = Recording.target(of: request.url)
        let subject = target.prefix { $0 != "?" }.split(separator: "/").last.map(String.init)
        sent = request.body.flatMap { Redactor.body($0, about: subject) }
        switch result {
        case .failure(let failure): self.failure = Recording.Failure(failure)
        case .success(let response):
            status = response.status
            headers = Recording.kept(response.headers)
            if let text = Redactor.body(response.body, about: subject) {
                body = text
            } else {
                base64 = response.body.base64EncodedString()
            }
        }
    }

    /// What came back; nil where the line says neither an answer nor a failure that this version knows.
    var result: Result<HTTPResponse, HTTPFailure>? {
        if let failure { return failure.transport.map { .failure($0) } }
        guard let status else { return nil }
        var fields = HTTPHeaders()
        for field in headers ?? [] where field.count == 2 { fields.append(field[0], field[1]) }
        guard let data = base64.map({ Data(base64Encoded: $0) }) ?? Data((body ?? "").utf8) else { return nil }
        return .success(HTTPResponse(status: status, headers: fields, body: data))
    }
}

extension Recording {
    fileprivate static func kept(_ headers: HTTPHeaders) -> [[String]] {
        headers.fields.filter { keptHeaders.contains($0.name.lowercased()) }.map { field in
            // A validator looks like a token, and is sent back to the one who made it.
            [field.name, field.name.lowercased() == "etag" ? field.value : Redactor.text(field.value)]
        }
    }
}

extension Recording.Failure {
    init(_ failure: HTTPFailure) {
        switch failure {
        case .cannotResolve: self.init(kind: "cannotResolve")
        case .cannotConnect: self.init(kind: "cannotConnect")
        case .timedOut(let sent): self.init(kind: "timedOut", sent: sent)
        case .tooLarge(let limit): self.init(kind: "tooLarge", limit: limit)
        case .tooSlow: self.init(kind: "tooSlow")
        case .tls(let reason): self.init(kind: "tls", reason: reason)
        case .badRequest(let reason): self.init(kind: "badRequest", reason: reason)
        case .connectionLost(let sent): self.init(kind: "connectionLost", sent: sent)
        case .protocolError: self.init(kind: "protocolError")
        case .cancelled(let sent): self.init(kind: "cancelled", sent: sent)
        case .insecure: self.init(kind: "insecure")
        case .redirectRefused: self.init(kind: "redirectRefused")
        case .notRecorded: self.init(kind: "notRecorded")
        }
    }

    var transport: HTTPFailure? {
        switch kind {
        case "cannotResolve": .cannotResolve
        case "cannotConnect": .cannotConnect
        case "timedOut": .timedOut(sent: sent ?? true)
        case "tooLarge": .tooLarge(limit: limit ?? 0)
        case "tooSlow": .tooSlow
        case "tls": .tls(reason: reason ?? "")
        case "badRequest": .badRequest(reason: reason ?? "")
        case "connectionLost": .connectionLost(sent: sent ?? true)
        case "protocolError": .protocolError
        case "cancelled": .cancelled(sent: sent ?? true)
        case "insecure": .insecure
        case "redirectRefused": .redirectRefused
        case "notRecorded": .notRecorded
        default: nil
        }
    }
}

/// Why a recording cannot be written or read, in one line for a person.
package struct RecordingProblem: Error, Equatable, CustomStringConvertible {
    package let description: String
}
