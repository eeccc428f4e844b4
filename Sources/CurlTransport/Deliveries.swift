import Dispatch
import HTTPTransport
import Synchronization

/// Hands results over away from libcurl's thread, since whoever gets one reads it, which takes time that a server chooses.
/// Each host has a queue of its own: its results come in their order, and its long ones hold up nobody else's. A purchase's
/// result waits for none, not even for its host's.
final class Deliveries: Sendable {
    /// More hosts than anybody has channels; those beyond share one queue.
    private static let mostHosts = 64
    private static let key = DispatchSpecificKey<ObjectIdentifier>()

    private let queues = Mutex<[CurlAddress.Origin: DispatchQueue]>([:])
    private let others = DispatchQueue(label: "vitrine.replies")
    private let pending = DispatchGroup()

    init() { others.setSpecific(key: Self.key, value: ObjectIdentifier(self)) }

    /// - Parameters:
    ///   - host: nil for what never had one.
    ///   - isAlone: whether it has a connection of its own.
    func deliver(
        _ result: Result<HTTPResponse, HTTPFailure>, to completion: @escaping HTTPClient.Completion,
        from host: CurlAddress.Origin?, isAlone: Bool
    ) {
        queue(of: host, isAlone: isAlone).async(group: pending) { completion(result) }
    }

    /// Waits until all that was handed over has been read; does not wait on a queue that would have to wait for itself.
    func finish() {
        guard DispatchQueue.getSpecific(key: Self.key) != ObjectIdentifier(self) else { return }
        pending.wait()
    }

    private func queue(of host: CurlAddress.Origin?, isAlone: Bool) -> DispatchQueue {
        if isAlone { return newQueue("vitrine.purchase") }
        guard let host else { return others }
        return queues.withLock { queues in
            if let known = queues[host] { return known }
            guard queues.count < Self.mostHosts else { return others }
            let queue = newQueue("vitrine.replies")
            queues[host] = queue
            return queue
        }
    }

    private func newQueue(_ label: String) -> DispatchQueue {
        let queue = DispatchQueue(label: label, qos: .userInitiated)
        queue.setSpecific(key: Self.key, value: ObjectIdentifier(self))
        return queue
    }
}
