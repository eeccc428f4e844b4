import Foundation
import HTTPTransport
import WooStandIn

/// The stand-in shop at an address of its own.
final class WooShop {
    let shop: StandInShop
    private let server: LoopbackServer

    var origin: String { server.origin }

    init(_ rules: StandInShop.Rules) throws {
        let shop = StandInShop(rules)
        self.shop = shop
        server = try LoopbackServer { connection in
            var reader = MessageReader(connection)
            // What nothing comes back to ends the line, as a reply that is lost does.
            while let message = reader.next(), let request = message.request, let reply = shop.answer(request) {
                guard connection.send(reply.bytes) else { return }
            }
        }
    }

    /// Somebody who has this shop as a channel, and has told it where they live.
    func shopper() throws -> Shopper {
        let shopper = try Shopper()
        _ = try shopper.write(
            """
            [[channel]]
            name = "Stand-in"
            shop = { kind = "woocommerce", url = "\(origin)" }

            """, to: "config/vitrine/config.toml")
        return shopper
    }
}

extension Shopper {
    /// As `vitrine address` is told.
    func tellAddress() throws -> Outcome {
        try run(
            "address", "--first-name", "Ana", "--last-name", "Lopez", "--street", "1 Main Street", "--city", "Oakland",
            "--state", "CA", "--postcode", "94607", "--country", "us", "--email", "ana@example.org")
    }
}

extension RawMessage {
    fileprivate var request: HTTPRequest? {
        let words = firstLine.split(separator: " ")
        guard words.count == 3, let method = HTTPMethod(rawValue: String(words[0])) else { return nil }
        var headers = HTTPHeaders()
        for name in ["Cart-Token", "Nonce"] { if let value = header(name.lowercased()) { headers.append(name, value) } }
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
