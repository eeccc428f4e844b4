import FoundationEssentials
import Glibc
import ProgramTesting
import Synchronization

/// K5: the server has the request and dies at a system call of its commit.
struct ServerFaults {
    let matrix: CrashMatrix
    let scene: Scene
    let isWhole: Bool

    init(_ matrix: CrashMatrix, _ scene: Scene, isWhole: Bool) {
        (self.matrix, self.scene, self.isWhole) = (matrix, scene, isWhole)
    }

    func run() throws {
        for ordinal in 1...(isWhole ? 12 : 1) { dies("pwrite64", ordinal) }
        dies("fdatasync", 1)
    }

    private func dies(_ call: String, _ ordinal: Int) {
        for livesOn in [true, false] where isWhole || livesOn {
            matrix.run(.k5, "server dies at \(call)" + (livesOn ? "" : "; then KILL"), "\(ordinal)") {
                let attempt = try Attempt(scene)
                guard let server = scene.server.child else { throw Attempt.Broken("no server") }
                let log = attempt.log
                let injection = SystemCalls.Injection(name: call, ordinal: ordinal, kind: .signal("KILL"))
                let tracer = Tracer(of: server.process, log: log, [injection], folder: attempt.shopper.home.path)
                scene.proxy.arm(.meanwhile("server dies at \(call)") { tracer.attach() })
                let child = try attempt.start()
                try scene.proxy.waitForStrike()
                let hasDied = (try? server.wait(within: .seconds(5))) == .signal(SIGKILL)
                tracer.detach()
                guard hasDied else {
                    // A commit of fewer calls than that.
                    try child.wait(within: .seconds(60))
                    guard ordinal > 1 else { throw Attempt.Broken("the fault has not struck") }
                    return try Promise.one.check(attempt)
                }
                if !livesOn { child.signal(SIGKILL) }
                try scene.server.crash()
                try scene.server.start()
                let ending = try child.wait(within: .seconds(60))
                if livesOn, ending != .exit(0) { throw Attempt.Broken("\(ending): \(attempt.words)") }
                // Before the last write of the commit nothing of it is there.
                let isFirst = call == "pwrite64" && ordinal == 1
                return try (livesOn ? Promise.one : isFirst ? .zeroThenOne : .oneAtLast).check(attempt)
            }
        }
    }
}

/// strace at a program that runs already.
final class Tracer: Sendable {
    private let process: pid_t
    private let log: String
    private let injections: [SystemCalls.Injection]
    private let folder: String
    private let child = Mutex<Child?>(nil)

    init(of process: pid_t, log: String, _ injections: [SystemCalls.Injection], folder: String) {
        (self.process, self.log, self.injections, self.folder) = (process, log, injections, folder)
    }

    /// Returns when every thread is traced.
    func attach() {
        let words = Glibc.open(folder + "/tracer", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        let nothing = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { for file in [words, nothing] { close(file) } }
        child.withLock {
            $0 = try? Child(
                SystemCalls.strace, SystemCalls.arguments(log: log, injections) + ["-p", "\(process)"],
                environment: [:], files: [nothing, words, words])
        }
        let end = ContinuousClock.now + .seconds(5)
        while !isTraced, ContinuousClock.now < end { usleep(2000) }
    }

    func detach() {
        child.withLock {
            $0?.signal(SIGINT)
            _ = try? $0?.wait(within: .seconds(5))
        }
    }

    private var isTraced: Bool {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return !threads.isEmpty
            && threads.allSatisfy { thread in
                let status = try? String(
                    decoding: Data(contentsOf: URL(filePath: "/proc/\(process)/task/\(thread)/status")), as: UTF8.self)
                return status.map { $0.contains("TracerPid:") && !$0.contains("TracerPid:\t0\n") } ?? true
            }
    }
}
