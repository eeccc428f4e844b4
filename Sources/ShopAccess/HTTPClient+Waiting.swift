import Dispatch
import HTTPTransport
import Synchronization

extension HTTPClient {
    /// Sends it and blocks until the answer is there.
    package func wait(for request: HTTPRequest) -> Result<HTTPResponse, HTTPFailure> {
        let answer = Mutex<Result<HTTPResponse, HTTPFailure>?>(nil)
        let isThere = DispatchSemaphore(value: 0)
        _ = send(request) { result in
            answer.withLock { $0 = result }
            isThere.signal()
        }
        isThere.wait()
        return answer.withLock { $0 } ?? .failure(.protocolError)
    }
}
