import Hummingbird
import LiveAPI

extension Request {
    /// A body that was packed on its way would be taken for what it is packed as (RFC 9112 §6.1).
    func checkFraming() throws(Problem) {
        guard let coding = headers[.transferEncoding] else { return }
        guard coding.lowercased() == "chunked" else { throw .unknownCoding }
    }

    /// The same request with its body here, whole and bounded.
    func arrived(upTo limit: Int) async throws -> Request {
        let length = headers[.contentLength].flatMap { Int($0) }
        if let length, length > limit { throw Problem.bodyTooLarge(limit) }
        var bytes = ByteBuffer()
        do {
            for try await part in body {
                guard bytes.readableBytes + part.readableBytes <= limit else { throw Problem.bodyTooLarge(limit) }
                bytes.writeImmutableBuffer(part)
            }
        } catch let problem as Problem {
            throw problem
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Problem.cutShort
        }
        // Hummingbird takes a connection that ends for the end of the body.
        if let length, length != bytes.readableBytes { throw Problem.cutShort }
        var request = self
        request.body = .init(buffer: bytes)
        return request
    }

    private func bytes() async throws -> ByteBuffer {
        var bytes = ByteBuffer()
        for try await part in body { bytes.writeImmutableBuffer(part) }
        return bytes
    }

    /// The body as the fields of a form, which are read as strictly as a query.
    func form() async throws -> QueryReader {
        let bytes = try await bytes()
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw Problem.invalid("the body is not UTF-8")
        }
        return try QueryReader(text)
    }

    /// The body as a value that the API knows.
    func json<Value: Decodable>(_ type: Value.Type = Value.self) async throws -> Value {
        let bytes = try await bytes()
        do {
            return try WireCoding.decodeRequest(type, from: bytes.readableBytesView)
        } catch let error as JSONSyntaxError {
            throw Problem.invalid("the body is not JSON from byte \(error.offset) on")
        } catch let error as DecodingError {
            throw Problem.invalid(error.forPeople)
        }
    }
}

extension Problem {
    fileprivate static let cutShort = Problem.invalid("the body did not arrive whole")
}

extension DecodingError {
    /// What is wrong with a body, in one line.
    fileprivate var forPeople: String {
        switch self {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing in the body"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "the body needs \(Self.name(type)) here: \(context.debugDescription)"
        case .dataCorrupted(let context):
            (["the body is not as it should be"] + context.codingPath.map(\.stringValue) + [context.debugDescription])
                .joined(separator: ": ")
        @unknown default: "the body cannot be understood"
        }
    }

    private static func name(_ type: Any.Type) -> String {
        switch type {
        case is [String: Any].Type: "an object"
        case is [Any].Type: "an array"
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number without fraction and exponent"
        default: "something else"
        }
    }
}
