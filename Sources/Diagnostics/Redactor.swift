/// The one place that removes secrets from what leaves the program for a file or a report: tokens, keys, cookies,
/// passwords, signed queries, e-mail addresses, also where they are percent-encoded. It knows them by their names, by
/// what stands before them and by their looks, and rather removes too much.
package enum Redactor {
    /// What stands in a secret's place. One word that is legal in an address, a header and a JSON string.
    package static let mark = "REMOVED"

    /// A line, a sentence, an address, a form.
    package static func text(_ text: String) -> String {
        let view = SecretFinder(DecodedBytes(text))
        return view.bytes.replacing(view.secrets(), by: mark) ?? text
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
