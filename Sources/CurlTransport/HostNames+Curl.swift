import CCurl
import Glibc
import HTTPTransport

extension HostNames {
    /// As libcurl's IDN library makes them (UTS 46); without one no name of another script is known.
    package static let curl = HostNames { host in
        guard !host.isEmpty, !host.utf8.contains(where: "/?#@:%\\ ".utf8.contains), curlIsReady,
            let handle = vitrine_curl_url()
        else { return nil }
        defer { vitrine_curl_url_cleanup(handle) }
        // The library takes the name for one in the charset of the thread's locale.
        let unicode = newlocale(Int32(1) << Int32(LC_CTYPE), "C.UTF-8", nil)
        let before = unicode.map { uselocale($0) }
        defer {
            if let before { uselocale(before) }
            if let unicode { freelocale(unicode) }
        }
        guard vitrine_curl_url_set(handle, CURLUPART_URL, "https://\(host)/", UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK
        else { return nil }
        var text: UnsafeMutablePointer<CChar>?
        guard vitrine_curl_url_get(handle, CURLUPART_HOST, &text, UInt32(CURLU_PUNYCODE)) == CURLUE_OK, let text
        else { return nil }
        defer { vitrine_curl_free(text) }
        return String(cString: text)
    }
}
