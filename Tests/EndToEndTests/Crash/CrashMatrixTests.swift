import FoundationEssentials
import Glibc
import TestThreads
import Testing

/// The real programs, killed and cut off at every point of a purchase (docs/buying.md). `make crash-test` runs all of
/// it and prints the table; otherwise it is a sample.
@Suite(.programs, .timeLimit(.minutes(90))) struct CrashMatrixTests {
    static let isWhole = ProcessInfo.processInfo.environment["VITRINE_CRASH_MATRIX"] == "whole"
    /// One section alone, to look into what failed.
    static let section = ProcessInfo.processInfo.environment["VITRINE_CRASH_SECTION"]

    @Test func aPurchaseHappensOnceAndIsNeverLost() throws {
        let matrix = CrashMatrix()
        let scene = try Scene()
        let start = ContinuousClock.now
        func section(_ name: String, _ body: () throws -> Void) {
            guard Self.section == nil || Self.section == name else { return }
            let begin = ContinuousClock.now
            do { try body() } catch { Issue.record("\(name): \(error)") }
            if Self.isWhole || Self.section != nil { print("\(name): \(ContinuousClock.now - begin)") }
            fflush(nil)
        }
        section("line") { try LineFaults(matrix, scene, isWhole: Self.isWhole).run() }
        section("answers") { try Answers(matrix, scene, isWhole: Self.isWhole).run() }
        if let hindrance = SystemCalls.hindrance {
            print("Without strace the crash matrix has no kills at system calls: \(hindrance).")
        } else {
            section("calls") { try CallFaults(matrix, scene, isWhole: Self.isWhole).run() }
            section("server") { try ServerFaults(matrix, scene, isWhole: Self.isWhole).run() }
        }
        section("recovery") { try Recovery(matrix, scene, isWhole: Self.isWhole).run() }
        section("shop") { try ShopFaults(matrix, isWhole: Self.isWhole).run() }
        section("viewer") { try ViewerFaults(matrix, scene, isWhole: Self.isWhole).run() }
        if Self.isWhole || matrix.failures > 0 {
            print(matrix.table)
            print("in \(ContinuousClock.now - start)")
        }
    }
}
