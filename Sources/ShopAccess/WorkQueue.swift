import Dispatch

/// Queue that carries work out in order, away from whoever asks for it. A test supplies one with an order of its own.
package struct WorkQueue: Sendable {
    package typealias Work = @Sendable () -> Void

    private let begin: @Sendable (_ delay: Duration, _ work: @escaping Work) -> Void

    /// - Parameter begin: returns at once.
    package init(_ begin: @escaping @Sendable (_ delay: Duration, _ work: @escaping Work) -> Void) {
        self.begin = begin
    }

    /// A queue of Dispatch's, on threads of its own.
    package static func dispatch(_ label: String) -> WorkQueue {
        let queue = DispatchQueue(label: label)
        return WorkQueue { delay, work in
            guard delay > .zero else { return queue.async(execute: work) }
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay.milliseconds)), execute: work)
        }
    }

    func async(_ work: @escaping Work) { begin(.zero, work) }
    func async(after delay: Duration, _ work: @escaping Work) { begin(delay, work) }
}
