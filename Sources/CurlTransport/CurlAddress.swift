import CCurl
import HTTPTransport

/// An address as libcurl itself parses it, so that the host that is checked is the host that is dialled.
final class CurlAddress {
    let handle: OpaquePointer
    private(set) var origin: Origin?

    struct Origin: Hashable {
        let scheme: String
        let host: String
        let port: String

        var isLoopback: Bool { HTTPOrigin.isLoopback(host: host) }
    }

    /// `nil` when there is no memory.
    init?() {
        guard let handle = vitrine_curl_url() else { return nil }
        self.handle = handle
    }

    deinit {
        vitrine_curl_url_cleanup(handle)
    }

    /// Returns why this address must not be used.
    func set(_ url: String) -> HTTPFailure? {
        origin = nil
        vitrine_curl_url_set(handle, CURLUPART_URL, nil, 0)
        guard !url.utf8.contains(0),
            vitrine_curl_url_set(handle, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
            let scheme = part(CURLUPART_SCHEME)?.lowercased()
        else { return .badRequest(reason: "the address is not valid") }
        guard scheme == "https" || scheme == "http" else {
            return .badRequest(reason: "the address is neither https nor http")
        }
        guard let host = part(CURLUPART_HOST), let port = part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)) else {
            return .badRequest(reason: "the address is not valid")
        }
        let origin = Origin(scheme: scheme, host: host.lowercased(), port: port)
        if scheme == "http", !origin.isLoopback { return .insecure }
        self.origin = origin
        return nil
    }

    private func part(_ what: CURLUPart, _ flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard vitrine_curl_url_get(handle, what, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { vitrine_curl_free(text) }
        return String(cString: text)
    }
}
