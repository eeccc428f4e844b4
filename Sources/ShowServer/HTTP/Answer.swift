import Domain
import Hummingbird
import LiveAPI

/// What the server says, before it is bytes on a connection.
struct Answer: Sendable {
    /// How long a cache may keep it.
    enum Freshness: Sendable {
        case seconds(Int)
        /// A closed segment never changes.
        case forever
        /// It is about one account: only who asked keeps it, and asks each time whether it still holds.
        case ownAndChecked
        /// It is about one account, or it has just been done.
        case none

        var header: String {
            switch self {
            case .seconds(let seconds): "public, max-age=\(seconds)"
            case .forever: "public, max-age=31536000, immutable"
            case .ownAndChecked: "private, no-cache"
            case .none: "no-store"
            }
        }
    }

    var status: HTTPResponse.Status
    var mediaType: String
    var body: ByteBuffer?
    var freshness: Freshness
    var etag: String?
    var headers: HTTPFields = [:]

    init(
        _ status: HTTPResponse.Status = .ok, bytes: some Sequence<UInt8>, mediaType: String = "application/json",
        freshness: Freshness = .none, etag: String? = nil
    ) {
        self.status = status
        self.mediaType = mediaType
        body = ByteBuffer(bytes: bytes)
        self.freshness = freshness
        self.etag = etag
    }

    /// A value as JSON; with a strong ETag where caches may keep it.
    static func json(
        _ value: some Encodable, _ status: HTTPResponse.Status = .ok, freshness: Freshness = .none
    ) throws -> Answer {
        let bytes = try WireCoding.encode(value)
        let etag: String? = if case .none = freshness { nil } else { Self.etag(of: bytes) }
        return Answer(status, bytes: bytes, freshness: freshness, etag: etag)
    }

    static let noContent: Answer = {
        var answer = Answer(.noContent, bytes: [])
        answer.body = nil
        return answer
    }()

    static func problem(_ problem: Problem, headers: HTTPFields = [:]) -> Answer {
        // A problem is made of plain values, so its encoding cannot fail; were it to, the status still tells.
        let bytes = (try? WireCoding.encode(problem)) ?? []
        var answer = Answer(.init(code: problem.status), bytes: bytes, mediaType: Problem.mediaType)
        answer.headers = headers
        return answer
    }

    static func etag(of bytes: [UInt8]) -> String { "\"" + Digest.hex(bytes, bytes: 12) + "\"" }

    func replacing(body: ByteBuffer) -> Answer {
        var copy = self
        copy.body = body
        return copy
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Answer {
        var copy = self
        copy.headers[name] = value
        return copy
    }

    /// The header fields of an answer that has its body.
    var fields: HTTPFields {
        var fields = fieldsWithoutBody
        guard let body else { return fields }
        fields[.contentType] = mediaType
        fields[.contentLength] = String(body.readableBytes)
        return fields
    }

    private var fieldsWithoutBody: HTTPFields {
        var fields = headers
        fields[.cacheControl] = freshness.header
        fields[.xContentTypeOptions] = "nosniff"
        if let etag { fields[.eTag] = etag }
        return fields
    }

    /// The response to `request`: 304 where the client has it already, without the body for HEAD.
    func response(to request: Request) -> Response {
        if let etag, let known = request.headers[.ifNoneMatch], Self.matches(known, etag) {
            return Response(status: .notModified, headers: fieldsWithoutBody)
        }
        guard let body, request.method != .head else { return Response(status: status, headers: fields) }
        return Response(status: status, headers: fields, body: .init(byteBuffer: body))
    }

    /// RFC 9110 §13.1.2: a list of tags, compared weakly, or `*`.
    static func matches(_ header: String, _ etag: String) -> Bool {
        header.split(separator: ",").contains { item in
            var tag = item.drop { $0 == " " || $0 == "\t" }
            while tag.last == " " || tag.last == "\t" { tag.removeLast() }
            if tag == "*" { return true }
            return (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == etag
        }
    }
}

/// The name under which Hummingbird's header fields hold their elements; the module that declares it is its own affair.
typealias HTTPField = HTTPFields.Element

extension HTTPField.Name {
    static func named(_ name: StaticString) -> HTTPField.Name {
        // The names below are written out here and valid; `server` only stands for what cannot be.
        HTTPField.Name(String(describing: name)) ?? .server
    }
    static let idempotencyKey = named("Idempotency-Key")
    static let idempotencyReplayed = named("Idempotency-Replayed")
    static let rateLimit = named("RateLimit")
    static let rateLimitPolicy = named("RateLimit-Policy")
}
