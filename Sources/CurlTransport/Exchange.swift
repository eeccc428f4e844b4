import CCurl
import FoundationEssentials
import Glibc
import HTTPTransport

/// What one exchange has sent and received so far: the part that libcurl's callbacks write.
struct Exchange {
    private(set) var headers = HTTPHeaders()
    private(set) var body = Data()
    /// Why we ended it ourselves.
    private(set) var verdict: HTTPFailure?
    private let upload: Data?
    /// As its `Content-Encoding` has it.
    private(set) var encoding: ContentEncoding?
    private var uploaded = 0
    private var headerBytes = 0
    /// By the answer's Content-Length.
    private var length: Int?
    private let bodyLimit: Int

    private static let mostHeaders = 128
    private static let mostHeaderBytes = 64 << 10
    private static let largestFirstReservation = 256 << 10

    init() {
        upload = nil
        bodyLimit = 0
    }

    init(request: HTTPRequest) {
        upload = request.body
        bodyLimit = max(0, request.limits.body)
    }

    /// Whether to go on.
    /// - Parameter announced: Content-Length, or negative; asked for only at the first bytes.
    mutating func receive(_ bytes: UnsafeBufferPointer<UInt8>, announced: () -> Int) -> Bool {
        guard bytes.count <= bodyLimit - body.count else {
            verdict = .tooLarge(limit: bodyLimit)
            return false
        }
        if body.isEmpty {
            let length = announced()
            if length > bodyLimit {
                verdict = .tooLarge(limit: bodyLimit)
                return false
            }
            // A server's word about its length is no reason to take much memory before the bytes come.
            if length > bytes.count { body.reserveCapacity(min(length, Self.largestFirstReservation)) }
        }
        body.append(bytes)
        return true
    }

    /// One header line with its end. Whether to go on.
    mutating func receiveHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        if line.starts(with: [72, 84, 84, 80, 47]) {
            // A status line: what came before belonged to a 1xx answer or to a proxy.
            headers.removeAll()
            length = nil
            encoding = nil
        }
        headerBytes += line.count
        guard headerBytes <= Self.mostHeaderBytes, headers.fields.count < Self.mostHeaders else {
            verdict = .protocolError
            return false
        }
        if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 {
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self)
            guard name.lowercased() != "content-length" || takeLength(value) else {
                verdict = .protocolError
                return false
            }
            if name.lowercased() == "content-encoding" { encoding = ContentEncoding(value, after: encoding) }
            headers.append(name, value)
        }
        return true
    }

    /// Where an answer ends must be beyond doubt (RFC 9112 §6.3): one number, however often it is said. libcurl takes the
    /// last of several, and reads to the end of the connection where the number is too large for it.
    private mutating func takeLength(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), length ?? number == number
        else { return false }
        length = number
        return true
    }

    /// Copies the next part of the body to send; returns how many bytes.
    mutating func readUpload(into space: UnsafeMutableRawBufferPointer) -> Int {
        guard let upload else { return 0 }
        let count = min(space.count, upload.count - uploaded)
        let start = upload.startIndex + uploaded
        upload.copyBytes(to: space, from: start..<start + count)
        uploaded += count
        return count
    }

    private func trimmed(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var value = value
        while let first = value.first, first <= 32 { value = value.dropFirst() }
        while let last = value.last, last <= 32 { value = value.dropLast() }
        return value
    }
}

/// Meaning of an answer's `Content-Encoding`.
enum ContentEncoding {
    /// It names ways to encode (RFC 9110 §8.4.1): libcurl decodes those that it knows, and refuses others.
    case known
    /// It names none, such as `UTF-8`: the answer is as it is.
    case unknown

    /// By the registry of content codings.
    private static let names: Set = [
        "aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "gzip", "identity", "pack200-gzip", "x-compress",
        "x-gzip", "zstd",
    ]

    init(_ value: String, after other: ContentEncoding?) {
        let words = value.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
        self = other == .known || words.contains { Self.names.contains(String($0)) } ? .known : .unknown
    }
}

// MARK: libcurl's callbacks; their context is the transfer

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private func buffer(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self), count: count)
}

/// A number other than what was given makes libcurl end the exchange.
private let stopReceiving = Int.max

func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return stopReceiving }
    let goesOn = transfer.exchange.receive(buffer(bytes, size * count)) {
        Int(vitrine_curl_get_offset(transfer.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
    }
    return goesOn ? size * count : stopReceiving
}

func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return stopReceiving }
    let before = transfer.exchange.encoding
    guard transfer.exchange.receiveHeader(buffer(bytes, size * count)) else { return stopReceiving }
    let encoding = transfer.exchange.encoding
    if encoding != before {
        // Heeded up to libcurl 8.6, which looks at it when the body comes; for later ones a GET is sent once more.
        _ = vitrine_curl_set_long(transfer.easy, CURLOPT_HTTP_CONTENT_DECODING, encoding == .unknown ? 0 : 1)
    }
    return size * count
}

func readUpload(
    _ space: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context) else { return Int(CURL_READFUNC_ABORT) }
    return transfer.exchange.readUpload(into: UnsafeMutableRawBufferPointer(start: space, count: size * count))
}

/// libcurl sends a request again by itself when a reused connection closes without an answer. It must rewind the body
/// for that; refused here, because the server may have acted on the first copy.
func refuseRewind(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
    Int32(CURL_SEEKFUNC_FAIL)
}
