import Dispatch
import Foundation
import Synchronization

/// Runs what it is given on one thread, in the order in which it came.
final class ThreadExecutor: TaskExecutor {
    private struct Work {
        var jobs: [UnownedJob] = []
        var isOver = false
    }

    private let work = Mutex(Work())
    private let news = DispatchSemaphore(value: 0)

    init() {
        let thread = Thread { [self] in
            while true {
                news.wait()
                let (job, isOver) = work.withLock { work in
                    (work.jobs.isEmpty ? nil : work.jobs.removeFirst(), work.isOver)
                }
                if let job { job.runSynchronously(on: asUnownedTaskExecutor()) } else if isOver { return }
            }
        }
        // As much as a main thread has: some tests recurse deeply.
        thread.stackSize = 8 << 20
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        work.withLock { $0.jobs.append(job) }
        news.signal()
    }

    /// Ends the thread once everything is done.
    func end() {
        work.withLock { $0.isOver = true }
        news.signal()
    }
}
