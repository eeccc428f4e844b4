import CRescue
import Glibc
import TerminalKit

/// The process's signals for the viewer's loop. One at a time.
package final class ProcessSignals: SignalSource {
    package let descriptor: Int32

    private static let numbers: [(ProcessSignal, Int32)] = [
        (.windowChanged, SIGWINCH), (.interrupt, SIGINT), (.terminate, SIGTERM), (.hangUp, SIGHUP), (.stop, SIGTSTP),
        (.resume, SIGCONT), (.reload, SIGUSR2),
    ]

    package init() throws(TerminalError) {
        let numbers = Self.numbers.map(\.1)
        descriptor = signals_open(numbers, numbers.count)
        guard descriptor >= 0 else { throw .system(call: "eventfd", code: errno) }
    }

    deinit { signals_close() }

    /// To be called first of all: standard descriptors that are closed take no file that is opened later, and neither a pipe
    /// without a reader nor a limit on the size of files kills.
    /// - Throws: `TerminalError.system` where the system refuses.
    package static func prepareProcess() throws(TerminalError) {
        guard rescue_prepare_process() == 0 else { throw .system(call: "open", code: errno) }
    }

    /// From now on a crash shows nobody the process's memory: no core dump, no backtrace of the Swift runtime's.
    /// - Throws: `TerminalError.system` where the system refuses.
    package static func keepMemoryPrivate() throws(TerminalError) {
        guard rescue_keep_memory_private() == 0 else { throw .system(call: "prctl", code: errno) }
    }

    package func take() -> [ProcessSignal] {
        let arrived = signals_take()
        return Self.numbers.filter { arrived >> UInt64($0.1) & 1 != 0 }.map(\.0)
    }

    package func stop() { signals_stop() }
}
