import Foundation
import HTTPTransport

extension Connection {
    /// Lets a stand-in answer what comes in, until it says nothing or the line ends.
    package func serve(_ answer: (HTTPRequest) -> HTTPResponse?) {
        var reader = MessageReader(self)
        while let message = reader.next(), let request = message.request, let reply = answer(request) {
            guard send(reply.bytes) else { return }
        }
    }
}

extension RawMessage {
    fileprivate var request: HTTPRequest? {
        let words = firstLine.split(separator: " ")
        guard words.count == 3, let method = HTTPMethod(rawValue: String(words[0])) else { return nil }
        var headers = HTTPHeaders()
        for name in ["Cart-Token", "Nonce", "If-None-Match"] {
            if let value = header(name.lowercased()) { headers.append(name, value) }
        }
        return HTTPRequest(
            method, "http://127.0.0.1" + words[1], headers: headers, body: body.isEmpty ? nil : Data(body))
    }
}

extension HTTPResponse {
    fileprivate var bytes: [UInt8] {
        var head = "HTTP/1.1 \(status) OK\r\n"
        for field in headers.fields { head += "\(field.name): \(field.value)\r\n" }
        return Array((head + "Content-Length: \(body.count)\r\n\r\n").utf8) + body
    }
}
