import Foundation
import Glibc
import ProgramTesting
import Synchronization

/// A line to a server on which things go wrong as a test wishes, and which remembers what did. Faults strike what is
/// asked about orders; everything else is passed on.
final class FaultProxy: Sendable {
    enum Target: String, Sendable {
        case order = "POST /v1/orders "
        case recovery = "GET /v1/orders?key="
    }

    /// A fault that came to pass, with every byte that went through.
    struct Strike: Sendable {
        let target: Target
        let name: String
        var request: [UInt8] = []
        var passedOn: [UInt8] = []
        var reply: [UInt8] = []
        var returned: [UInt8] = []
    }

    /// A question about an order, as it came.
    struct Question: Sendable {
        let target: Target
        /// Requests that the same connection had carried before.
        let place: Int
        /// Whether another question about an order was under way.
        let overlaps: Bool
    }

    private let line: FaultyLine
    private let server: Mutex<LoopbackServer?>
    private let port: UInt16

    var origin: String { "http://127.0.0.1:\(port)" }
    /// How many requests clients have begun.
    var requests: Int { line.state.withLock(\.requests) }
    var strikes: [Strike] { line.state.withLock(\.strikes) }
    var questions: [Question] { line.state.withLock(\.questions) }

    init(to origin: String) throws {
        guard let port = origin.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Child.Failure(description: "\(origin) has no port")
        }
        let line = FaultyLine(to: port)
        let server = try LoopbackServer { line.carry($0) }
        self.port = server.port
        self.line = line
        self.server = Mutex(server)
        line.state.withLock { state in
            state.hangUp = { [weak self] in self?.server.withLock { $0 = nil } }
        }
    }

    /// The next questions of this kind are struck.
    /// - Parameter andEndLine: nothing comes through afterwards, until the line is mended.
    func arm(_ fault: Fault, at target: Target = .order, times: Int = 1, andEndLine: Bool = false) {
        line.state.withLock { $0.plans.append(.init(target: target, fault: fault, times: times, endsLine: andEndLine)) }
    }

    /// From now on everything comes through.
    func mend() throws {
        line.state.withLock { state in
            state.plans = []
            state.isDown = false
        }
        let (line, port) = (line, port)
        try server.withLock { server in
            if server == nil { server = try LoopbackServer(port: port) { line.carry($0) } }
        }
    }

    /// Nothing comes through from now on.
    func takeDown() { line.state.withLock { $0.isDown = true } }

    /// Mended, and with nothing remembered.
    func reset() throws {
        try mend()
        line.state.withLock { state in
            state.strikes = []
            state.questions = []
        }
    }

    /// - Throws: when it has not come to pass in time.
    func waitForStrike(_ count: Int = 1, within limit: Duration = .seconds(60)) throws {
        let end = ContinuousClock.now + limit
        while strikes.count < count {
            guard ContinuousClock.now < end else { throw Child.Failure(description: "the fault has not struck") }
            usleep(1000)
        }
    }
}
