/// A request or a reply of HTTP/1.1, as the bytes that it came in.
package struct RawMessage: Sendable {
    /// Up to the empty line and with it.
    package var head: [UInt8]
    /// As it was on the line: a chunked one stays so.
    package var body: [UInt8]

    package var bytes: [UInt8] { head + body }
    package var firstLine: String { String(decoding: head.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self) }

    package init(head: [UInt8], body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    /// A reply made here.
    package init(status: String, type: String, body: String) {
        let head =
            "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n"
        self.init(head: Array(head.utf8), body: Array(body.utf8))
    }

    package func header(_ name: String) -> String? {
        for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n").dropFirst() {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return nil
    }

    /// The same reply in two chunks and the one that ends it.
    package var chunked: RawMessage {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").filter {
            !$0.lowercased().hasPrefix("content-length:")
        }
        let half = body.count / 2
        let chunks = [body[..<half], body[half...], []].map { chunk in
            Array(String(chunk.count, radix: 16).utf8) + [13, 10] + chunk + [13, 10]
        }
        return RawMessage(
            head: Array((lines.joined(separator: "\r\n") + "\r\nTransfer-Encoding: chunked\r\n\r\n").utf8),
            body: Array(chunks.joined()))
    }
}

/// Takes messages off a line one after the other.
package struct MessageReader {
    private let line: Connection
    private var bytes: [UInt8] = []

    package init(_ line: Connection) { self.line = line }

    /// nil at the end of the line.
    package mutating func next() -> RawMessage? {
        var end: Int?
        while true {
            end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
            guard end == nil else { break }
            guard receive() else { return nil }
        }
        let head = take(end ?? 0)
        let message = RawMessage(head: head)
        if message.header("transfer-encoding") == "chunked" { return chunked(head) }
        let length = message.header("content-length").flatMap { Int($0) } ?? 0
        while bytes.count < length { guard receive() else { return nil } }
        return RawMessage(head: head, body: take(length))
    }

    /// Our servers end the last chunk with these bytes, and no JSON has them.
    private mutating func chunked(_ head: [UInt8]) -> RawMessage? {
        while true {
            if let end = bytes.firstRange(of: Array("0\r\n\r\n".utf8))?.upperBound {
                return RawMessage(head: head, body: take(end))
            }
            guard receive() else { return nil }
        }
    }

    private mutating func receive() -> Bool {
        let more = line.receive()
        bytes += more
        return !more.isEmpty
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { bytes.removeFirst(count) }
        return Array(bytes.prefix(count))
    }
}
