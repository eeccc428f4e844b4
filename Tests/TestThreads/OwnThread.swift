import Testing

/// Gives each test a thread of its own, so that one that blocks takes no thread from the pool that all others share.
package struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await onOwnThread(function)
    }
}

extension Trait where Self == OwnThread {
    /// For tests that wait without giving their thread away: for a semaphore, a reply, a program.
    package static var ownThread: Self { Self() }
}

/// Runs `function` on a new thread, also after each `await`.
func onOwnThread(_ function: @Sendable () async throws -> Void) async throws {
    let executor = ThreadExecutor()
    defer { executor.end() }
    try await withTaskExecutorPreference(executor) { try await function() }
}
