import CCurl
import FoundationEssentials
import HTTPTransport

/// Every option of one exchange. The handle is reset before, so that nothing of the last exchange is left.
struct TransferOptions {
    let transfer: Transfer
    let identity: CurlIdentity
    /// Of the whole time, by the hops before.
    let spent: Duration

    private var easy: UnsafeMutableRawPointer { transfer.easy }
    private var request: HTTPRequest { transfer.request }

    /// Returns why the request must not be sent. An option that this libcurl does not know is such a reason: each of
    /// them carries a promise.
    func apply() -> HTTPFailure? {
        vitrine_curl_easy_reset(easy)
        guard let origin = transfer.address.origin else { return .badRequest(reason: "the address is not valid") }
        if let refusal = setHeaders() { return refusal }
        let codes = [safety(origin), limits(), connection(origin), method(), callbacks()].joined()
        return codes.contains { $0 != CURLE_OK } ? .badRequest(reason: "this libcurl lacks an option") : nil
    }

    private func safety(_ origin: CurlAddress.Origin) -> [CURLcode] {
        var codes = [
            pointer(CURLOPT_CURLU, UnsafeMutableRawPointer(transfer.address.handle)),
            string(CURLOPT_PROTOCOLS_STR, origin.scheme),
            number(CURLOPT_FOLLOWLOCATION, 0),
            number(CURLOPT_SSL_VERIFYPEER, 1),
            number(CURLOPT_SSL_VERIFYHOST, 2),
            number(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2),
            number(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
            number(CURLOPT_NOSIGNAL, 1),
            // Else giving up a name look-up waits for the resolver, and quitting with it.
            number(CURLOPT_QUICK_EXIT, 1),
            string(CURLOPT_USERAGENT, identity.userAgent),
        ]
        if let certificates = identity.certificates { codes.append(string(CURLOPT_CAINFO, certificates)) }
        // A proxy of the environment must not see what is meant for this machine.
        if origin.isLoopback { codes.append(string(CURLOPT_PROXY, "")) }
        return codes
    }

    private func limits() -> [CURLcode] {
        let limits = request.limits
        return [
            number(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(min(limits.connect, limits.whole - spent))),
            number(CURLOPT_TIMEOUT_MS, milliseconds(limits.whole - spent)),
            number(CURLOPT_LOW_SPEED_LIMIT, min(max(0, limits.slowestRate), Int(Int32.max))),
            number(CURLOPT_LOW_SPEED_TIME, max(1, milliseconds(limits.slowFor) / 1000)),
        ]
    }

    private func connection(_ origin: CurlAddress.Origin) -> [CURLcode] {
        let isAlone = transfer.isAlone
        return [
            number(CURLOPT_FRESH_CONNECT, isAlone ? 1 : 0),
            number(CURLOPT_FORBID_REUSE, isAlone ? 1 : 0),
            // HTTP/1.1 when alone: others could be multiplexed onto an HTTP/2 connection while it is open.
            number(
                CURLOPT_HTTP_VERSION,
                isAlone || request.keepsHeaderCase ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS),
            number(CURLOPT_PIPEWAIT, isAlone || origin.scheme == "http" ? 0 : 1),
        ]
            // All that this libcurl can decode.
            + (transfer.takesEncodings ? [string(CURLOPT_ACCEPT_ENCODING, "")] : [])
    }

    private func method() -> [CURLcode] {
        let name = request.method.rawValue
        switch (request.method, request.body) {
        case (.get, nil): return [number(CURLOPT_HTTPGET, 1)]
        case (.head, nil): return [number(CURLOPT_NOBODY, 1)]
        case (.delete, nil): return [number(CURLOPT_HTTPGET, 1), string(CURLOPT_CUSTOMREQUEST, name)]
        case (_, let body):
            return [
                number(CURLOPT_POST, 1),
                string(CURLOPT_CUSTOMREQUEST, name),
                vitrine_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body?.count ?? 0)),
                vitrine_curl_set_data_function(easy, CURLOPT_READFUNCTION, readUpload),
                vitrine_curl_set_seek_function(easy, refuseRewind),
            ]
        }
    }

    private func callbacks() -> [CURLcode] {
        // The loop keeps the transfer for as long as the handle is in use.
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        return [
            pointer(CURLOPT_PRIVATE, context),
            pointer(CURLOPT_WRITEDATA, context),
            pointer(CURLOPT_HEADERDATA, context),
            pointer(CURLOPT_READDATA, context),
            pointer(CURLOPT_SEEKDATA, context),
            vitrine_curl_set_data_function(easy, CURLOPT_WRITEFUNCTION, receiveBody),
            vitrine_curl_set_data_function(easy, CURLOPT_HEADERFUNCTION, receiveHeader),
        ]
    }

    /// Fields that the transport makes itself; a second copy of one is how requests are smuggled.
    private static let ownFields: Set<String> = [
        "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    ]

    private func setHeaders() -> HTTPFailure? {
        if let name = request.headers.refused.first { return .badRequest(reason: "the header \(name) is not valid") }
        // Without these, libcurl waits for "100 Continue" and calls every body a form.
        var lines = request.body == nil ? [] : ["Expect:"]
        if request.body != nil, request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        for field in request.headers.fields {
            if Self.ownFields.contains(field.name.lowercased()) {
                return .badRequest(reason: "the header \(field.name) belongs to the transport")
            }
            // libcurl takes "Name:" as "do not send Name".
            let isBlank = field.value.utf8.allSatisfy { $0 == 32 || $0 == 9 }
            lines.append(isBlank ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        vitrine_curl_slist_free_all(transfer.headerList)
        transfer.headerList = nil
        for line in lines {
            guard let longer = vitrine_curl_slist_append(transfer.headerList, line) else {
                return .badRequest(reason: "there is no memory")
            }
            transfer.headerList = longer
        }
        return vitrine_curl_set_list(easy, CURLOPT_HTTPHEADER, transfer.headerList) == CURLE_OK
            ? nil : .badRequest(reason: "this libcurl lacks an option")
    }

    /// At least 1, because 0 means "for ever" to libcurl.
    private func milliseconds(_ duration: Duration) -> Int {
        let capped = min(max(duration, .milliseconds(1)), .seconds(24 * 3600))
        let (seconds, attoseconds) = capped.components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    private func number(_ option: CURLoption, _ value: Int) -> CURLcode {
        vitrine_curl_set_long(easy, option, value)
    }

    private func string(_ option: CURLoption, _ value: String) -> CURLcode {
        vitrine_curl_set_string(easy, option, value)
    }

    private func pointer(_ option: CURLoption, _ value: UnsafeMutableRawPointer) -> CURLcode {
        vitrine_curl_set_pointer(easy, option, value)
    }
}
