import AppCore
import Domain
import Text
import ViewerUI

/// News of the server that a show is at: that it has gone, once for each way in which it fails, and that it is back.
struct ServerNews {
    /// So long may an answer take until it is said that none comes.
    private static let patience = Duration.seconds(5)

    private var connection = ConnectionState()
    /// Words that were said since the server went.
    private var told: Set<SafeText> = []
    private var open: OpenQuestions?
    /// Silence is told by the network alone.
    private let isPatient: Bool

    /// - Parameter isPatient: false where somebody waits who may type.
    init(isPatient: Bool) { self.isPatient = isPatient }

    var isAway: Bool { connection.isAway }

    /// Moment at which silence has lasted long enough to be told of; nil where it was told, or is not going to be.
    var noticeAt: Timestamp? {
        guard !isPatient, let open, !open.isTold else { return nil }
        return open.since + Self.patience
    }

    /// The failure of the show's newest questions, or that no answer comes; nil while all is well.
    mutating func problem(of watch: WatchState, at now: Timestamp) -> ShopFailure? {
        let (head, segments) = (watch.head.sentAt, watch.segmentsInFlight)
        if head == nil, segments.isEmpty {
            open = nil
        } else if open.map({ $0.head != head || $0.segments != segments }) ?? true {
            open = OpenQuestions(head: head, segments: segments, since: now)
        }
        guard !isPatient, let since = open?.since, now - since >= Self.patience else {
            return watch.headFailure ?? watch.segmentsFailure
        }
        open?.isTold = true
        return .unreachable("no answer from the server", mayHaveArrived: true)
    }

    /// - Returns: the line that tells of a failure, without its end; nil where it was told already.
    mutating func away(_ failure: ShopFailure, at now: Timestamp) -> String? {
        connection.failed(.head, failure, at: now)
        let line = ConnectionWords(connection, at: now).line
        return told.insert(line).inserted ? "\(line) It is tried again by itself" : nil
    }

    /// - Returns: the line that tells that the server answers again; nil where it had not gone.
    mutating func back(at now: Timestamp) -> String? {
        guard connection.succeeded(.head, at: now), case .catchingUp(let since) = connection.status else { return nil }
        connection.plan([.head], [], isUpToDate: true, at: now)
        told = []
        return "Live again, after \(Phrase.spoken(now - since))."
    }
}

/// Questions that await their answers.
private struct OpenQuestions {
    let head: Timestamp?
    let segments: Set<Int>
    let since: Timestamp
    /// That they have waited for long was said.
    var isTold = false
}
