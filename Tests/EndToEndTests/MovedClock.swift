import FoundationEssentials
import Glibc
import ProgramTesting
import Synchronization

/// A clock for the programs that a test starts, which the test moves: minutes pass in moments. The programs do not know of
/// it; a library that is preloaded into them (`Tests/CMovedClock`) changes all that they read, and ends their waits.
final class MovedClock: Sendable {
    /// Passes at a time, so that nothing takes it for a machine that has slept.
    static let step = Duration.milliseconds(100)
    /// Given to programs that still have something to do. One that only computes does not say that it waits.
    private static let patience = Duration.milliseconds(300)

    private let page: Page
    private let folder: TemporaryFolder
    private let lastMove = Mutex(ContinuousClock.now)

    init() throws {
        folder = try TemporaryFolder()
        page = try Page(folder.path + "/clock")
    }

    /// The time that it shows.
    var now: Date { Date(timeIntervalSinceNow: page.offset / .seconds(1)) }

    /// Variables with which a program has this clock.
    var environment: [String: String] {
        ["LD_PRELOAD": Binaries.movedClock, "VITRINE_MOVED_CLOCK": folder.path + "/clock"]
    }

    /// Lets time pass, and the programs do what is due in it. A reply that does not come soon is not waited for.
    /// - Parameter step: passes at a time; several seconds are a machine that has slept.
    func advance(by duration: Duration, step: Duration = step) {
        var left = duration
        while left > .zero {
            move(by: min(left, step))
            left -= step
            while !page.isSettled, ContinuousClock.now - lastMoved < Self.patience { usleep(500) }
        }
    }

    /// Lets a little time pass if all programs only wait for time to pass: not while one waits for a reply, which comes in
    /// the time of the machine. Whoever waits for something calls it again and again.
    func nudge() {
        let isOverdue = ContinuousClock.now - lastMoved > Self.patience && !page.awaitsReply
        if isOverdue || page.isSettled { move(by: Self.step) }
    }

    private var lastMoved: ContinuousClock.Instant { lastMove.withLock { $0 } }

    private func move(by duration: Duration) {
        page.move(by: duration)
        lastMove.withLock { $0 = .now }
    }
}

/// The memory that the clock shares with the programs, as `MovedClock.c` lays it out.
private final class Page: @unchecked Sendable {
    // Unchecked: the pointer stays as it is, and all behind it is atomic.
    private let memory: UnsafeMutableRawPointer
    private static let places = 64
    private static let size = 16 + places * 16

    init(_ path: String) throws {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        guard file >= 0, ftruncate(file, off_t(Self.size)) == 0,
            let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED
        else { throw Child.Failure(description: "\(path): \(errno)") }
        self.memory = memory
    }

    deinit { munmap(memory, Self.size) }

    private var time: UnsafeMutablePointer<Atomic<Int64>> { memory.assumingMemoryBound(to: Atomic<Int64>.self) }

    private func number(at place: Int) -> UnsafeMutablePointer<Atomic<Int32>> {
        (memory + place).assumingMemoryBound(to: Atomic<Int32>.self)
    }

    private func value(at place: Int) -> Int32 { number(at: place).pointee.load(ordering: .sequentiallyConsistent) }

    var offset: Duration { .nanoseconds(time.pointee.load(ordering: .sequentiallyConsistent)) }

    func move(by duration: Duration) {
        time.pointee.wrappingAdd(Int64(duration / .nanoseconds(1)), ordering: .sequentiallyConsistent)
        number(at: 8).pointee.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }

    /// The places of programs that still run.
    private var programs: [Int] {
        (0..<Self.places).map { 16 + $0 * 16 }.filter { place in
            let process = value(at: place)
            guard process != 0 else { return false }
            if Child.isRunning(process) { return true }
            for field in [4, 8, 0] { number(at: place + field).pointee.store(0, ordering: .sequentiallyConsistent) }
            return false
        }
    }

    var awaitsReply: Bool { programs.contains { value(at: $0 + 4) > 0 } }

    /// Whether every program has seen the last move, has nothing left to do at that time, and waits for no reply.
    var isSettled: Bool {
        let moves = value(at: 8)
        return programs.allSatisfy { value(at: $0 + 8) == moves && value(at: $0 + 4) == 0 }
    }
}
