import Domain
import Engine
import Glibc
import ShopAccess
import Synchronization
import Viewer

/// How a command waits for the shop, and for time to pass.
struct Patience {
    /// Until the deadline at most; nil waits as long as the network does.
    var answer: EventFeed.Ask
    var pause: (Duration) -> Void

    /// With nothing else to do meanwhile.
    init(_ shop: ShopClient) {
        answer = { shop.wait(for: $0, until: $1) }
        pause = { usleep(UInt32(clamping: $0.milliseconds * 1000)) }
    }

    init(answer: @escaping EventFeed.Ask, pause: @escaping (Duration) -> Void) {
        self.answer = answer
        self.pause = pause
    }
}

/// An answer that another thread brings, for somebody who waits for more than that: `descriptor` is readable when it is
/// there.
final class PromisedAnswer: Sendable {
    private let value = Mutex<Result<ShopAnswer, ShopFailure>?>(nil)
    private let pipe: Pipe

    var descriptor: Int32 { pipe.reading }
    var result: Result<ShopAnswer, ShopFailure>? { value.withLock { $0 } }

    /// Asks at once.
    /// - Throws: `SystemFailure` where the process has no descriptors left.
    init(to query: ShopQuery, from shop: ShopClient) throws(SystemFailure) {
        pipe = try Pipe()
        // It keeps both ends open until the answer has come, whether or not somebody still waits.
        shop.ask(query) { [self] answer in
            value.withLock { $0 = answer }
            _ = withUnsafeBytes(of: UInt8(1)) { write(pipe.writing, $0.baseAddress, 1) }
        }
    }

    deinit {
        close(pipe.reading)
        close(pipe.writing)
    }
}
