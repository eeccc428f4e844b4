import Synchronization
import Testing

/// Lets a few tests at a time start programs, each on a thread of its own. A test waits for its turn before its time limit begins.
package struct Turn: SuiteTrait, TestTrait, TestScoping {
    let isAlone: Bool

    package var isRecursive: Bool { true }

    /// For a test as a whole, which is before its time limit begins, and for each of its cases. A suite is no test: its tests
    /// have turns of their own.
    package func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
        // A test that is alone in its suite of programs has one turn.
        let isOver = !isAlone && test.traits.contains { ($0 as? Turn)?.isAlone == true }
        return test.isSuite || isOver ? nil : self
    }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        if testCase != nil { return try await onOwnThread(function) }
        let places = isAlone ? Places.count : 1
        await Places.shared.acquire(places)
        defer { Places.shared.release(places) }
        try await function()
    }
}

extension Trait where Self == Turn {
    /// For tests that start programs, and mostly wait for them.
    package static var programs: Self { Self(isAlone: false) }
    /// For tests that measure, or hold programs to a time: no other test with a turn runs meanwhile.
    package static var alone: Self { Self(isAlone: true) }
}

/// The places for tests that start programs. Tests that need all of them come last, so that none of them stays empty for those.
final class Places: Sendable {
    /// More than a small machine has processors, since the tests mostly wait.
    static let count = 4
    static let shared = Places()

    private struct Waiting {
        let places: Int
        let turn: CheckedContinuation<Void, Never>
    }

    private struct State {
        var free = Places.count
        var queue: [Waiting] = []

        /// Those whose turn it is now.
        mutating func next() -> [CheckedContinuation<Void, Never>] {
            var turns: [CheckedContinuation<Void, Never>] = []
            while let index = queue.firstIndex(where: { $0.places <= free }) {
                free -= queue[index].places
                turns.append(queue.remove(at: index).turn)
            }
            return turns
        }
    }

    private let state = Mutex(State())

    func acquire(_ places: Int) async {
        await withCheckedContinuation { turn in
            let turns = state.withLock { state in
                state.queue.append(Waiting(places: places, turn: turn))
                return state.next()
            }
            for turn in turns { turn.resume() }
        }
    }

    func release(_ places: Int) {
        let turns = state.withLock { state in
            state.free += places
            return state.next()
        }
        for turn in turns { turn.resume() }
    }
}
