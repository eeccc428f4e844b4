extension HTTPResponse {
    /// Retry-After in either form (seconds, or a date that is measured from the answer's own Date), never negative.
    /// - Parameter now: seconds since 1970, for an answer without a Date.
    package func retryAfter(now: Int64) -> Duration? {
        guard let text = headers["Retry-After"] else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 }) {
            // More digits than fit mean "very long"; the policy clamps it.
            return .seconds(min(Int64(text) ?? .max, 1 << 32))
        }
        guard let then = HTTPDate.secondsSince1970(text) else { return nil }
        let present = headers["Date"].flatMap(HTTPDate.secondsSince1970) ?? now
        let (wait, overflow) = then.subtractingReportingOverflow(present)
        return overflow ? nil : .seconds(max(0, wait))
    }
}
