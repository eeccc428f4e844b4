import Foundation
import Glibc
import Synchronization

/// A line to a server that is cut at the worst moment: the request has arrived, and the reply has not.
final class FrailLine: Sendable {
    private let wire: Wire
    private let server: LoopbackServer

    var origin: String { server.origin }
    /// How many requests the client has begun.
    var requests: Int { wire.state.withLock(\.requests) }
    /// How many replies have been lost.
    var lost: Int { wire.state.withLock(\.lost) }

    /// - Parameter trigger: the reply to the first request that begins so is lost, and the line with it; nil loses none.
    init(to origin: String, cutAtReplyTo trigger: String? = nil) throws {
        guard let port = origin.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Child.Failure(description: "\(origin) has no port")
        }
        let wire = Wire(trigger)
        self.wire = wire
        server = try LoopbackServer { wire.carry($0, to: port) }
    }

    /// From now on everything comes through.
    func mend() {
        wire.state.withLock { state in
            state.isCut = false
            state.trigger = nil
        }
    }
}

private final class Wire: Sendable {
    struct State {
        var trigger: String?
        var isCut = false
        var lost = 0
        var requests = 0
    }

    let state: Mutex<State>

    init(_ trigger: String?) { state = Mutex(State(trigger: trigger)) }

    /// Passes on what a client says until one side ends, or the line is cut.
    func carry(_ client: Connection, to port: UInt16) {
        guard !state.withLock(\.isCut), let shop = try? Connection(port: port) else { return }
        let isDoomed = Flag()
        Thread.detachNewThread { [self] in
            while true {
                let bytes = shop.receive()
                if isDoomed.isSet, !bytes.isEmpty {
                    state.withLock { $0.lost += 1 }
                    break
                }
                guard !bytes.isEmpty, client.send(bytes) else { break }
            }
            client.shut()
            shop.shut()
        }
        while true {
            let bytes = client.receive()
            guard !bytes.isEmpty else { break }
            let mayPass = state.withLock { state in
                if bytes.starts(with: Array("GET ".utf8)) || bytes.starts(with: Array("POST ".utf8)) {
                    state.requests += 1
                }
                if let trigger = state.trigger, bytes.starts(with: Array(trigger.utf8)) {
                    isDoomed.set()
                    state.trigger = nil
                    state.isCut = true
                    return true
                }
                // The rest of the request that is to arrive, too: its body may come by itself.
                return isDoomed.isSet || !state.isCut
            }
            guard mayPass, shop.send(bytes) else { break }
        }
        client.shut()
        shop.shut()
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
