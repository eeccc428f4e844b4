import CCurl
import HTTPTransport

/// libcurl as an `HTTPClient`: one `curl_multi` on a thread of its own, which is started by the first request, sleeps
/// without a wake-up while nothing is in flight, and keeps connections (HTTP/2 where offered) for the next request.
/// Completions are called on queues apart from that thread, one for each host (`Deliveries`).
package final class CurlClient: Sendable {
    private let mailbox: CurlMailbox

    /// - Parameters:
    ///   - version: of the program; the user agent is `vitrine/<version>` and nothing else.
    ///   - certificates: a PEM file of authorities to trust in place of the system's file. The system's folder of
    ///     certificates, where libcurl was built with one, counts beside it.
    package init(version: String, certificates: String? = nil) {
        mailbox = CurlMailbox(identity: CurlIdentity(userAgent: "vitrine/\(version)", certificates: certificates))
    }

    deinit {
        mailbox.stop()
    }

    /// The libcurl that is installed, such as `7.88.1`; nil where none can be loaded.
    package static var libraryVersion: String? {
        vitrine_curl_version().flatMap { words in
            String(cString: words).split(separator: " ").first?.split(separator: "/").last.map(String.init)
        }
    }

    /// The seam; it keeps this object alive.
    package var client: HTTPClient {
        HTTPClient { [self] request, completion in send(request, completion) }
    }

    package func send(_ request: HTTPRequest, _ completion: @escaping HTTPClient.Completion) -> HTTPCancellation {
        let id = mailbox.send(request, completion)
        return HTTPCancellation { [mailbox] in mailbox.post(.cancel(id: id)) }
    }

    /// After sleep or a change of network: forgets every connection and looked-up name. What is in flight starts anew
    /// if it is a GET; anything else ends with `connectionLost`, and its fate must be asked for.
    package func dropConnections() {
        mailbox.post(.dropConnections)
    }

    /// Ends what is in flight with `cancelled`, closes the connections, joins the thread and waits until all completions
    /// have been called. Call it before the process ends. A request that comes later ends with `cancelled`, on the caller's thread.
    package func shutdown() {
        mailbox.stop()
        mailbox.finishDeliveries()
    }
}

/// What every request says about the program.
struct CurlIdentity: Sendable {
    let userAgent: String
    let certificates: String?
}
