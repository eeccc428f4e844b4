import Hummingbird
import LiveAPI

extension Request {
    /// A request says once whom it is meant for (RFC 9112 §3.2): were there two, a proxy before this server may have gone
    /// by the other one.
    func checkHost() throws(Problem) {
        guard let host = head.authority else { throw .invalid("the Host header field is missing") }
        // The first has become the authority; what there is besides is still among the fields.
        guard headers[.named("Host")] == nil else { throw .invalid("there is more than one Host header field") }
        guard Self.isHost(host) else { throw .invalid("the Host header field names no host") }
    }

    /// `uri-host [":" port]` by its letters; it may be empty.
    private static func isHost(_ field: String) -> Bool {
        guard field.utf8.allSatisfy(hostLetters.contains) else { return false }
        // An address of IPv6 has colons of its own, within brackets.
        let end = field.lastIndex(of: "]").map { field.index(after: $0) } ?? field.startIndex
        guard let colon = field[end...].firstIndex(of: ":") else { return true }
        return field[colon...].utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    private static let hostLetters = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%!$&'()*+,;=:[]".utf8)
}
