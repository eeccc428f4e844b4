import CCurl
import HTTPTransport

extension HostNames {
    /// As libcurl's IDN library makes them (UTS 46); without one no name of another script is known.
    package static let curl = HostNames { host in
        guard curlIsReady, let handle = vitrine_curl_url() else { return nil }
        defer { vitrine_curl_url_cleanup(handle) }
        guard vitrine_curl_url_set(handle, CURLUPART_URL, "https://\(host)/", UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK
        else { return nil }
        var text: UnsafeMutablePointer<CChar>?
        guard vitrine_curl_url_get(handle, CURLUPART_HOST, &text, UInt32(CURLU_PUNYCODE)) == CURLUE_OK, let text
        else { return nil }
        defer { vitrine_curl_free(text) }
        return String(cString: text)
    }
}
