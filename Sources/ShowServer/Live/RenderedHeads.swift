import Domain
import Hummingbird
import LiveAPI
import Synchronization

/// A show's head as bytes, with its strong ETag.
struct RenderedHead: Sendable {
    let body: ByteBuffer
    let etag: String
    let sequence: Int
    let renderedAt: Timestamp

    init(_ show: LiveShow, at time: Timestamp) throws {
        // Members in the order of their names, as everywhere; put together from parts that are JSON already.
        let id = try WireCoding.encode(show.id)
        let snapshot = try WireCoding.encode(show.snapshot)
        var bytes: [UInt8] = []
        bytes += #"{"lastSequence":\#(show.snapshot.sequence),"open":"#.utf8
        bytes += show.open.body
        bytes += #","pollAfterMs":\#(Self.pollAfterMilliseconds(show.snapshot.state)),"#.utf8
        bytes += #""serverTime":"\#(time.rfc3339)","show":"#.utf8
        bytes += id
        bytes += #","snapshot":"#.utf8
        bytes += snapshot
        bytes += "}".utf8
        body = ByteBuffer(bytes: bytes)
        etag = Answer.etag(of: bytes)
        sequence = show.snapshot.sequence
        renderedAt = time
    }

    private static func pollAfterMilliseconds(_ state: ShowState) -> Int {
        switch state {
        case .live: 1000
        case .scheduled: 5000
        case .ended, .cancelled: 60_000
        }
    }
}

/// The heads of the shows on air, rendered at most once a second each, however many watch.
final class RenderedHeads: Sendable {
    static let lifetimeMilliseconds: Int64 = 1000

    private let floor: ShowFloor
    private let heads = Mutex<[ShowID: RenderedHead]>([:])

    init(floor: ShowFloor) { self.floor = floor }

    /// - Returns: nil for a show that is not on air.
    func live(_ id: ShowID) throws -> RenderedHead? {
        guard let show = floor.show(id) else {
            heads.withLock { $0[id] = nil }
            return nil
        }
        let now = floor.clock.now()
        return try heads.withLock { heads in
            if let head = heads[id] {
                let age = now.milliseconds - head.renderedAt.milliseconds
                let isYoung = (0..<Self.lifetimeMilliseconds).contains(age)
                if isYoung || head.sequence == show.snapshot.sequence { return head }
            }
            let head = try RenderedHead(show, at: now)
            heads[id] = head
            return head
        }
    }
}
