import AppCore
import Domain
import Engine
import FaceTesting
import Glibc
import Lines
import Testing

/// Questions and their answers, as a front end without a screen has them.
@Suite(.timeLimit(.minutes(1))) struct EngineTests {
    private static let hosts = ShopQuery.hosts(search: nil, cursor: nil)

    private static func isReadable(_ descriptor: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 20_000) == 1
    }

    /// A third question while two answers are to come gets none of its own, and is not waited for afterwards.
    @Test func asksAgainAfterOneQuestionWasPutThreeTimes() async throws {
        let shop = try InProcessShop()
        let printed = try await TestShopper(shop).use { session in
            let engine = try session.engine()
            for _ in 0..<3 { engine.send(.asked(Self.hosts, of: .first)) }
            for _ in 0..<2 {
                let answer = engine.ask(Self.hosts, of: .first, until: .now + .seconds(20), pausing: Engine.sleep)
                #expect(answer != nil)
            }
            engine.wait(until: .now + .seconds(20), pausing: Engine.sleep) { _ in shop.requests.count >= 2 ? true : nil
            }
            let before = shop.requests.count
            #expect(engine.ask(Self.hosts, of: .first, until: .now + .seconds(20), pausing: Engine.sleep) != nil)
            #expect(engine.ask(Self.hosts, of: .first, until: .now + .seconds(20), pausing: Engine.sleep) != nil)
            #expect(shop.requests.count > before)
        }
        #expect(printed.status == .done, "\(printed)")
    }

    /// An answer that has lain in the mailbox since an earlier question is none to a new one.
    @Test func takesNoAnswerThatCameBeforeTheQuestion() async throws {
        let shop = try InProcessShop()
        let printed = try await TestShopper(shop).use { session in
            let engine = try session.engine()
            engine.send(.asked(Self.hosts, of: .first))
            #expect(Self.isReadable(engine.descriptor))
            #expect(engine.ask(Self.hosts, of: .first, until: .now + .seconds(20), pausing: Engine.sleep) != nil)
            #expect(shop.requests.count == 2)
        }
        #expect(printed.status == .done, "\(printed)")
    }

    /// A front end that waits for the disk can be called away from it.
    @Test func waitsForTheStoreAsForAShop() async throws {
        let printed = try await TestShopper(try InProcessShop()).use { session in
            let engine = try session.engine()
            #expect(engine.waitForStore(pausing: Engine.sleep))
            #expect(!engine.waitForStore { _, _ in false } || engine.state.storeMark == 2)
        }
        #expect(printed.status == .done, "\(printed)")
    }
}
