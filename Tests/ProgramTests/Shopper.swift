import ArgumentParser
import Dispatch
import Glibc
import Lines
import ProgramTesting
import Synchronization

@testable import vitrine

typealias TestServer = InProcessServer

/// Somebody whose commands run in the test's process, each on the thread that it is called on: the whole program from its
/// arguments to its exit status, with its own folders, its own network and its own store.
final class Shopper: ProgramUser {
    let home: TemporaryFolder
    var server: String?
    var more: [String: String] = [:]

    init(server: String? = nil) throws {
        home = try TemporaryFolder()
        self.server = server
    }

    func run(_ arguments: [String], input: String) throws -> Outcome {
        let typed = try Pipe()
        defer { typed.close() }
        typed.write(input)
        typed.closeWriting()
        let said = Said()
        let status = ProgramRun(arguments, variables, input: typed.reading, said.sink).carryOut()
        return Outcome(ending: .exit(status.rawValue), output: said.output, errors: said.errors)
    }
}

extension WooShop {
    /// Somebody who has this shop as a channel.
    func shopper() throws -> Shopper { try add(to: Shopper()) }

    /// Steps of a script from the first screen to the page of the shop's last product, by way of the hosts.
    static let stepsToAProduct = """
        wait text "o looks around in the shop" 60s
        key o
        wait text "Wool scarf" 60s
        key q
        key 3
        wait text "HOSTS AND SHOPS" 60s
        key enter
        wait text "Wool scarf" 60s
        key G
        wait 100ms
        key enter
        wait text "USD" 60s
        """
}

extension ShopifyShop {
    func shopper() throws -> Shopper { try add(to: Shopper()) }
}

/// The program with arguments, variables and streams of a test's.
struct ProgramRun: Sendable {
    private let arguments: [String]
    private let surroundings: Surroundings
    private let sink: OutputSink

    init(_ arguments: [String], _ variables: [String: String], input: Int32, _ sink: OutputSink) {
        self.arguments = arguments
        surroundings = Surroundings(environment: variables, input: input)
        self.sink = sink
    }

    /// Blocks until it has ended, as the main thread does.
    func carryOut() -> ExitStatus {
        OutputSink.$current.withValue(sink) {
            Surroundings.$given.withValue(surroundings) {
                do {
                    var command = try Program.command(for: arguments)
                    guard let waiting = command as? any AsyncParsableCommand else {
                        try command.run()
                        return .done
                    }
                    // Unsafe only in name: this thread waits, and has no other use for it.
                    nonisolated(unsafe) var asynchronous = waiting
                    try blocking { try await asynchronous.run() }
                    return .done
                } catch {
                    return Program.status(after: error, in: arguments)
                }
            }
        }
    }
}

/// Both ends of a pipe.
final class Pipe: Sendable {
    let reading: Int32
    private let writing: Mutex<Int32>

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw TestFailure(description: "pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = Mutex(ends[1])
    }

    func write(_ text: String) {
        writing.withLock { writing in
            _ = Array(text.utf8).withUnsafeBytes { Glibc.write(writing, $0.baseAddress, $0.count) }
        }
    }

    func closeWriting() {
        writing.withLock { writing in
            if writing >= 0 { Glibc.close(writing) }
            writing = -1
        }
    }

    func close() {
        closeWriting()
        Glibc.close(reading)
    }
}

/// Lines that a run has said so far, with somebody who waits for some of them.
final class Said: Sendable {
    private struct Text {
        var output = ""
        var errors = ""
        /// Status that the run has ended with.
        var status: ExitStatus?
        var waiting: [DispatchSemaphore] = []

        mutating func tell() {
            for waiter in waiting { waiter.signal() }
            waiting = []
        }
    }

    private let text = Mutex(Text())

    var output: String { text.withLock { $0.output } }
    var errors: String { text.withLock { $0.errors } }

    var sink: OutputSink {
        OutputSink { [self] words, stream in
            text.withLock { text in
                if stream == .output { text.output += words } else { text.errors += words }
                text.tell()
            }
            return nil
        }
    }

    var status: ExitStatus? { text.withLock { $0.status } }

    /// Nothing more will be said.
    func end(with status: ExitStatus) {
        text.withLock { text in
            text.status = status
            text.tell()
        }
    }

    /// Waits until what has been said satisfies `condition`, or nothing more can come.
    /// - Returns: whether it does.
    func wait(within limit: Duration, until condition: (_ output: String) -> Bool) -> Bool {
        let end = DispatchTime.now() + .nanoseconds(Int(limit / .nanoseconds(1)))
        while true {
            let news = DispatchSemaphore(value: 0)
            let (isMet, isOver) = text.withLock { text in
                text.waiting.append(news)
                return (condition(text.output), text.status != nil)
            }
            if isMet || isOver { return isMet }
            guard news.wait(timeout: end) == .success else { return condition(output) }
        }
    }
}
