import HTTPTransport
import Logging

extension HTTPClient {
    /// The same network with a line in the log for each exchange, where somebody reads as much. The credentials that travel
    /// are known from then on, in whatever line they stand.
    package func logged(by log: Logger) -> HTTPClient {
        HTTPClient { request, completion in
            let start = ContinuousClock.now
            Redactor.learn(request)
            return send(request) { result in
                if case .success(let response) = result { Redactor.learn(response.headers) }
                guard log.logLevel <= .debug else { return completion(result) }
                let took = (ContinuousClock.now - start).components
                let milliseconds = took.seconds * 1000 + took.attoseconds / 1_000_000_000_000_000
                let outcome =
                    switch result {
                    case .success(let response): "\(response.status), \(response.body.count) bytes"
                    case .failure(let failure): "\(failure)"
                    }
                // No colon stands behind the address: `token: 200` looks like a secret under its name.
                log.debug("\(request.method.rawValue) \(request.url) → \(outcome), \(milliseconds) ms")
                completion(result)
            }
        }
    }
}
