import FoundationEssentials
import ProgramTesting
import TestThreads
import Testing

/// Screens kept in files.
@Suite(.ownThread, .timeLimit(.minutes(2))) struct ScreenFileTests {
    let server: TestServer
    let shopper: Shopper

    init() throws {
        server = try TestServer()
        shopper = try Shopper(server: server.origin)
    }

    private func contents(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: shopper.home.path + "/" + name)), as: UTF8.self)
    }

    /// A name that ends in .svg is a picture in the theme's colours; any other is text.
    @Test func aScreenIsKeptAsTextOrAsAPicture() throws {
        _ = try shopper.write("theme = \"midnight\"\n", to: "config/vitrine/config.toml")
        let script = try shopper.write(
            """
            wait text "LIVE NOW"
            screen schedule
            screen schedule.svg
            key ?
            wait text "Quit"
            """, to: "screens.script")
        let outcome = try shopper.run(
            "--script", script, "--save-screen", shopper.home.path + "/help.svg", "--size", "100x40")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try contents(of: "schedule.txt").contains("LIVE NOW"))
        let picture = try contents(of: "schedule.svg")
        #expect(picture.hasPrefix("<svg ") && picture.contains(">LIVE NOW</text>"))
        // The background of Themes/midnight.toml.
        #expect(picture.contains("rx=\"8\" fill=\"#10141f\""))
        #expect(try contents(of: "help.svg").contains(">Quit</text>"))
    }
}
