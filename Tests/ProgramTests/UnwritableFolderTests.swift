import ProgramTesting
import TestThreads
import Testing

/// Folders in which nothing can be written.
@Suite(.ownThread, .timeLimit(.minutes(3))) struct UnwritableFolderTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    @Test func dataThatCannotBeKeptHideNoShow() throws {
        let shows = try shopper.run("shows").output
        shopper.more["XDG_DATA_HOME"] = "/proc/nowhere"
        let outcome = try shopper.run("shows")
        #expect(outcome.status == 0 && outcome.output == shows)
        #expect(outcome.errors.contains("nothing can be bought: cannot open /proc/nowhere/vitrine/vitrine.sqlite"))
        let stock = try server.stockOfAll()
        #expect(try shopper.run(shopper.purchase()).status == 3)
        #expect(try server.stockOfAll() == stock)
    }
}
