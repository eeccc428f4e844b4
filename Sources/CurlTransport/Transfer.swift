import CCurl
import FoundationEssentials
import HTTPTransport

/// One easy handle with the exchange that it carries. It belongs to libcurl's thread, and is used again for the next.
final class Transfer {
    enum Outcome {
        case done(Result<HTTPResponse, HTTPFailure>)
        case redirect(String)
        /// The answer is encoded in a way that this libcurl does not know: to be asked for without any.
        case unencoded
    }

    let easy: UnsafeMutableRawPointer
    let address: CurlAddress
    private(set) var id: UInt64 = 0
    private(set) var request = HTTPRequest(.get, "")
    private var identity = CurlIdentity(userAgent: "", certificates: nil)
    private var completion: HTTPClient.Completion?
    private var redirects = 0
    /// By the hops before this one.
    private var spent = Duration.zero
    /// Answers may be encoded.
    private(set) var takesEncodings = true
    /// What libcurl reads while the exchange lasts.
    var headerList: UnsafeMutablePointer<curl_slist>?
    var exchange = Exchange()

    /// `nil` when there is no memory.
    init?() {
        guard let easy = vitrine_curl_easy_init() else { return nil }
        guard let address = CurlAddress() else {
            vitrine_curl_easy_cleanup(easy)
            return nil
        }
        self.easy = easy
        self.address = address
    }

    deinit {
        vitrine_curl_easy_cleanup(easy)
        vitrine_curl_slist_free_all(headerList)
    }

    /// On a connection of its own. A POST without a body has nothing to rewind, so only that keeps it from going out twice.
    var isAlone: Bool { request.freshConnection || request.method == .post && request.body?.isEmpty ?? true }
    /// Whether its connection carries several at once.
    var isMultiplexed: Bool { vitrine_curl_get_long(easy, CURLINFO_HTTP_VERSION) >= CURL_HTTP_VERSION_2_0 }
    var isGet: Bool { request.method == .get && !request.freshConnection }

    /// Errs on the side of "sent": libcurl counts bytes when it hands them on, and says so before the first one.
    var mayHaveSent: Bool {
        redirects > 0 || vitrine_curl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T) > 0
            || vitrine_curl_get_long(easy, CURLINFO_REQUEST_SIZE) > 0
    }

    /// Makes everything ready but sends nothing; returns why it must not be sent.
    func prepare(
        _ request: HTTPRequest, id: UInt64, identity: CurlIdentity, _ completion: @escaping HTTPClient.Completion
    ) -> HTTPFailure? {
        self.id = id
        self.request = request
        self.identity = identity
        self.completion = completion
        return restart()
    }

    /// From the first address again.
    func restart() -> HTTPFailure? {
        redirects = 0
        spent = .zero
        takesEncodings = true
        if let refusal = address.set(request.url) { return refusal }
        return configure()
    }

    /// To the address that the server gave, if it is one where our headers may go.
    func follow(_ url: String, atMost most: Int) -> HTTPFailure? {
        redirects += 1
        spent += elapsed
        guard request.method == .get, redirects <= most, let origin = address.origin, address.set(url) == nil,
            address.origin == origin
        else { return .redirectRefused }
        return configure()
    }

    /// The same question once more, to be answered as it is.
    func askUnencoded() -> HTTPFailure? {
        takesEncodings = false
        spent += elapsed
        return configure()
    }

    func outcome(_ code: CURLcode) -> Outcome {
        if code == CURLE_BAD_CONTENT_ENCODING, exchange.encoding == .unknown, isGet, takesEncodings {
            return .unencoded
        }
        if let verdict = exchange.verdict { return .done(.failure(verdict)) }
        guard code == CURLE_OK else { return .done(.failure(failure(code))) }
        let status = vitrine_curl_get_long(easy, CURLINFO_RESPONSE_CODE)
        // libcurl takes 101 for an answer; nobody has asked for another protocol.
        guard status >= 200 else { return .done(.failure(.protocolError)) }
        switch status {
        case 301, 302, 303, 307, 308:
            if request.followsRedirects, let target = vitrine_curl_get_string(easy, CURLINFO_REDIRECT_URL) {
                return .redirect(String(cString: target))
            }
        default: break
        }
        let timing = HTTPTiming(
            connected: isReused
                ? .zero : spent + max(time(CURLINFO_CONNECT_TIME_T), time(CURLINFO_APPCONNECT_TIME_T)),
            firstByte: spent + time(CURLINFO_STARTTRANSFER_TIME_T), total: spent + elapsed,
            reusedConnection: isReused)
        // Emptied here, so that the body has one owner and is handed over without a copy.
        let (headers, body) = (exchange.headers, exchange.body)
        exchange = Exchange()
        return .done(.success(HTTPResponse(status: status, headers: headers, body: body, timing: timing)))
    }

    /// Tells the caller and lets go of everything of theirs.
    func complete(_ result: Result<HTTPResponse, HTTPFailure>, by deliveries: Deliveries) {
        if let completion {
            deliveries.deliver(result, to: completion, from: address.origin, isAlone: request.freshConnection)
        }
        completion = nil
        exchange = Exchange()
        request = HTTPRequest(.get, "")
        vitrine_curl_easy_reset(easy)
        vitrine_curl_slist_free_all(headerList)
        headerList = nil
    }

    private func configure() -> HTTPFailure? {
        exchange = Exchange(request: request)
        return TransferOptions(transfer: self, identity: identity, spent: spent).apply()
    }

    private var isReused: Bool { vitrine_curl_get_long(easy, CURLINFO_NUM_CONNECTS) == 0 }
    private var elapsed: Duration { time(CURLINFO_TOTAL_TIME_T) }

    private func time(_ info: CURLINFO) -> Duration {
        .microseconds(max(0, vitrine_curl_get_offset(easy, info)))
    }

    private func failure(_ code: CURLcode) -> HTTPFailure {
        let hasAnswer = vitrine_curl_get_offset(easy, CURLINFO_STARTTRANSFER_TIME_T) > 0
        // libcurl has one code for "late" and "slow"; late is when the whole time is used up.
        let isLate = elapsed + spent + .milliseconds(20) >= request.limits.whole
        return HTTPFailure(
            code, sent: mayHaveSent, isSlow: hasAnswer && !isLate,
            verification: vitrine_curl_get_long(easy, CURLINFO_SSL_VERIFYRESULT))
    }
}
