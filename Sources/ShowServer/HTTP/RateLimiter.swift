import Domain
import Synchronization

/// A token bucket for each account: `burst` at once, refilled evenly over `window`.
final class RateLimiter: Sendable {
    struct Verdict: Sendable {
        let isAllowed: Bool
        /// How many more may come at once.
        let remaining: Int
        /// Whole seconds until the next one may come; 0 when one may come now.
        let retryAfterSeconds: Int
    }

    private struct Bucket {
        /// In milliseconds of `window`: what one message costs is `window / burst`.
        var credit: Int64
        var at: Timestamp
    }

    let burst: Int
    let windowSeconds: Int
    private let buckets = Mutex<[String: Bucket]>([:])
    private static let mostBuckets = 10_000

    init(burst: Int, windowSeconds: Int) {
        self.burst = burst
        self.windowSeconds = windowSeconds
    }

    func take(_ account: String, now: Timestamp) -> Verdict {
        let full = Int64(windowSeconds) * 1000
        let cost = full / Int64(burst)
        return buckets.withLock { buckets in
            // A bucket that is full again says nothing, so that forgetting it changes nothing.
            if buckets.count >= Self.mostBuckets {
                buckets = buckets.filter { now.milliseconds - $0.value.at.milliseconds < full }
            }
            var bucket = buckets[account] ?? Bucket(credit: full, at: now)
            bucket.credit = min(full, bucket.credit + max(0, min(full, now.milliseconds - bucket.at.milliseconds)))
            bucket.at = now
            let isAllowed = bucket.credit >= cost
            if isAllowed { bucket.credit -= cost }
            buckets[account] = bucket
            let missing = max(0, cost - bucket.credit)
            return Verdict(
                isAllowed: isAllowed, remaining: Int(bucket.credit / cost),
                retryAfterSeconds: Int((missing + 999) / 1000))
        }
    }

    /// The header fields of the IETF draft (draft-ietf-httpapi-ratelimit-headers).
    func policy(_ name: String) -> String { "\"\(name)\";q=\(burst);w=\(windowSeconds)" }
    func state(_ name: String, _ verdict: Verdict) -> String {
        "\"\(name)\";r=\(verdict.remaining);t=\(verdict.retryAfterSeconds)"
    }
}
