import Domain
import Hummingbird
import Synchronization

/// A token bucket for each key, an account or an address: `rate.count` at once, refilled evenly over `rate.seconds`.
final class RateLimiter<Key: Hashable & Sendable>: Sendable {
    struct Verdict: Sendable {
        let isAllowed: Bool
        /// How many more may come at once.
        let remaining: Int
        /// Whole seconds until the next one may come; 0 when one may come now.
        let retryAfterSeconds: Int
    }

    private struct Bucket {
        /// In parts of which one request costs as many as `window` has milliseconds.
        var credit: Int64
        var at: Timestamp
    }

    private struct Buckets {
        var byKey: [Key: Bucket] = [:]
        /// With so many it is looked which say nothing any more.
        var sweepAt = 10_000
    }

    private let name: String
    private let count: Int64
    /// In milliseconds.
    private let window: Int64
    private let buckets = Mutex(Buckets())

    /// - Parameter name: what the header fields call it.
    init(_ name: String, _ rate: Limits.Rate) {
        self.name = name
        count = Int64(max(1, rate.count))
        window = Int64(max(1, rate.seconds)) * 1000
    }

    /// - Returns: nil where there is no bound.
    convenience init?(_ name: String, _ rate: Limits.Rate?) {
        guard let rate else { return nil }
        self.init(name, rate)
    }

    /// Takes one, or refuses with the time to wait.
    func admit(_ key: Key, now: Timestamp) throws(TooManyRequests) {
        let verdict = take(key, now: now)
        guard !verdict.isAllowed else { return }
        throw TooManyRequests(retryAfterSeconds: verdict.retryAfterSeconds, fields: fields(verdict))
    }

    func take(_ key: Key, now: Timestamp) -> Verdict {
        let full = window * count
        return buckets.withLock { buckets in
            sweep(&buckets, now)
            var bucket = buckets.byKey[key] ?? Bucket(credit: full, at: now)
            let elapsed = max(0, min(window, now.milliseconds - bucket.at.milliseconds))
            bucket.credit = min(full, bucket.credit + elapsed * count)
            bucket.at = now
            let isAllowed = bucket.credit >= window
            if isAllowed { bucket.credit -= window }
            buckets.byKey[key] = bucket
            let missing = max(0, window - bucket.credit)
            return Verdict(
                isAllowed: isAllowed, remaining: Int(bucket.credit / window),
                retryAfterSeconds: Int((missing + count * 1000 - 1) / (count * 1000)))
        }
    }

    /// A bucket that is full again says nothing, so that forgetting it changes nothing.
    private func sweep(_ buckets: inout Buckets, _ now: Timestamp) {
        guard buckets.byKey.count >= buckets.sweepAt else { return }
        buckets.byKey = buckets.byKey.filter { now.milliseconds - $0.value.at.milliseconds < window }
        buckets.sweepAt = max(10_000, 2 * buckets.byKey.count)
    }

    /// The header fields of the IETF draft (draft-ietf-httpapi-ratelimit-headers).
    func fields(_ verdict: Verdict) -> HTTPFields {
        [
            .rateLimitPolicy: "\"\(name)\";q=\(count);w=\(window / 1000)",
            .rateLimit: "\"\(name)\";r=\(verdict.remaining);t=\(verdict.retryAfterSeconds)",
        ]
    }
}

/// Somebody asks more often than they may.
struct TooManyRequests: Error {
    let retryAfterSeconds: Int
    let fields: HTTPFields

    var answer: Answer {
        var headers = fields
        headers[.retryAfter] = String(max(1, retryAfterSeconds))
        return .problem(.rateLimited, headers: headers)
    }
}
