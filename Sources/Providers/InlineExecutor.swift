/// Executor that runs a conversation on the thread that brings what it waits for: a reply is read on its host's queue,
/// away from the thread that draws, and a note where notes are read.
///
/// Nothing is queued, so the order in which a conversation goes on is the order in which it is answered. A simulation
/// that answers in a fixed order plays the same again.
package final class InlineExecutor: TaskExecutor {
    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
