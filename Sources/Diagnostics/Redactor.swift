import HTTPTransport

/// The one place that removes secrets from what leaves the program for a file or a report: tokens, keys, cookies,
/// passwords, signed queries, e-mail addresses, also where they are percent-encoded. It knows them by their names, by
/// what stands before them, by their looks, and by having seen them under such a name before; and rather removes too much.
package enum Redactor {
    /// What stands in a secret's place. One word that is legal in an address, a header and a JSON string.
    package static let mark = "REMOVED"

    /// A line, a sentence, an address, a form.
    package static func text(_ text: String) -> String {
        var view = SecretFinder(DecodedBytes(text))
        return view.bytes.replacing(view.secrets(), by: mark) ?? text
    }

    /// Learns the credentials that a request carries, so that they are known wherever they stand later.
    package static func learn(_ request: HTTPRequest) {
        learn(request.headers)
        for pair in request.url.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
            let words = pair.split(separator: "=", maxSplits: 1)
            guard words.count == 2, SecretName.isParameter(SecretName.plain(words[0].utf8)) else { continue }
            SecretBook.shared.learn(DecodedBytes(String(words[1])).units.lazy.map(\.byte), isCertain: true)
        }
    }

    /// Learns the words by which a server will know somebody again.
    package static func learn(_ headers: HTTPHeaders) {
        for field in headers.fields {
            let name = SecretName.plain(field.name.utf8)
            guard SecretName.isCredential(name) else { continue }
            for word in credentials(field.value, isCookie: name.hasSuffix("cookie"), isSet: name == "setcookie") {
                SecretBook.shared.learn(word, isCertain: true)
            }
        }
    }

    /// Of `Bearer TOKEN` and `TOKEN` the last word; of cookies the values, and of one that is being set the first one: the
    /// others say how long it lasts.
    private static func credentials(_ value: String, isCookie: Bool, isSet: Bool) -> [Substring.UTF8View] {
        guard isCookie else { return value.split(separator: " ").last.map { [$0.utf8] } ?? [] }
        let values = value.split(separator: ";").compactMap { pair -> Substring.UTF8View? in
            pair.firstIndex(of: "=").map { pair[pair.index(after: $0)...].utf8 }
        }
        return isSet ? Array(values.prefix(1)) : values
    }

    /// A server's or proxy's address, also one without a scheme, without user name and password.
    package static func address(_ address: String) -> String {
        let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        let authority = address[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return text(address) }
        return text(address[..<start] + mark + address[at...])
    }

    /// A page that takes a payment: whoever has its address sees the order. What is kept is whose page it is.
    package static func page(_ address: String) -> String {
        guard let mark = address.firstRange(of: "://") else { return Self.mark }
        let host = address[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return self.address(address[..<mark.upperBound] + host + "/" + Self.mark)
    }
}
