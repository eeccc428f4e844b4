import Domain
import Providers

/// How a program waits for somebody to let it in (RFC 8628, 3.5): at the shop's pace, slower where it is told to, and
/// slower while there is no answer.
package struct DeviceWait {
    package enum Step: Equatable, Sendable {
        /// Ask again after so long.
        case wait(Duration)
        case signedIn(SignInAPI.Tokens)
        case denied
        /// Nobody has come in time.
        case expired
        /// The shop refuses for good.
        case failed(ShopFailure)
    }

    private let end: Timestamp
    private var interval: Duration
    /// How much longer the next pause is because there was no answer.
    private var patience = 1
    private static let longest = Duration.seconds(60)

    package init(_ code: SignInAPI.DeviceCode, now: Timestamp) {
        end = now + code.life
        interval = code.interval
    }

    /// The first question is asked after a pause as well: nobody is as fast as that.
    package var first: Duration { interval }

    package mutating func step(after result: Result<SignInAPI.Poll, ShopFailure>, now: Timestamp) -> Step {
        var least = interval
        switch result {
        case .success(.tokens(let tokens)): return .signedIn(tokens)
        case .success(.denied): return .denied
        case .success(.expired): return .expired
        case .success(.pending): patience = 1
        case .success(.slowDown):
            patience = 1
            // For this and all that follow.
            interval += .seconds(5)
            least = interval
        case .failure(.unreachable), .failure(.busy), .failure(.notUnderstood):
            patience = min(patience * 2, 64)
            if case .failure(.busy(_, let seconds?)) = result {
                least = max(least, .seconds(Int64(max(0, min(seconds, 86_400)))))
            }
        case .failure(let failure): return .failed(failure)
        }
        // The last question is asked at the end or soon after: somebody may have said yes in the last moment.
        guard now < end else { return .expired }
        let pause = max(least, min(interval * patience, Self.longest, end - now))
        return now + pause <= end + max(interval, Self.longest) ? .wait(pause) : .expired
    }
}
