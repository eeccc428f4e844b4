import HTTPTransport
import Logging

extension HTTPClient {
    /// The same network with a line in the log for each exchange; itself where nobody reads as much.
    package func logged(by log: Logger) -> HTTPClient {
        guard log.logLevel <= .debug else { return self }
        return HTTPClient { request, completion in
            let start = ContinuousClock.now
            return send(request) { result in
                let took = (ContinuousClock.now - start).components
                let milliseconds = took.seconds * 1000 + took.attoseconds / 1_000_000_000_000_000
                let outcome =
                    switch result {
                    case .success(let response): "\(response.status), \(response.body.count) bytes"
                    case .failure(let failure): "\(failure)"
                    }
                log.debug("\(request.method.rawValue) \(request.url): \(outcome), \(milliseconds) ms")
                completion(result)
            }
        }
    }
}
