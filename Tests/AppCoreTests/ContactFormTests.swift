import AppCore
import Domain
import Testing
import Text

/// A shop that knows nobody is told who buys, in a short form, and the total is asked for again.
@Suite struct ContactFormTests {
    private static let lines = [
        "Ana", "Lopez", "", "1 Main Street", "", "Oakland", "CA", "94607", "us", "ana@example.org", "",
    ]

    /// The pane is open, and the shop wants to know who buys.
    private func asked(_ capabilities: ShopCapabilities = [.orders, .contact]) -> Rehearsal {
        var chronicle = Chronicle()
        chronicle.add(.highlight(["lamp"]), at: Sample.now - .seconds(60))
        let viewer = Rehearsal.watching(chronicle)
        viewer.answer(.service, .service(ShopInfo(name: "Shop", capabilities: capabilities, serverTime: Sample.now)))
        viewer.press(.buy)
        guard let buy = viewer.state.buy else { return viewer }
        viewer.fail(
            .quote(buy.sku, quantity: 1, show: buy.show),
            .refused(Refusal(code: Refusal.addressNeeded, message: "The shop needs your address first.")))
        return viewer
    }

    @discardableResult
    private func type(_ line: String, _ viewer: Rehearsal) -> [Effect] {
        if !line.isEmpty { viewer.act(.typed(line)) }
        return viewer.press(.confirm)
    }

    @Test func isFilledInLineByLineAndThenAsksAgain() throws {
        let viewer = asked()
        #expect(viewer.state.buy?.needsContact == true)
        #expect(viewer.press(.address) == [.readContact()])
        viewer.act(.contactRead(ContactDetails()))
        var effects: [Effect] = []
        for line in Self.lines {
            #expect(viewer.state.context == .prompt)
            effects = type(line, viewer)
        }
        guard case .keepContact(let details, _)? = effects.first else {
            Issue.record("\(effects)")
            return
        }
        #expect(details.isComplete)
        #expect(details[.country] == "US")
        #expect(viewer.state.prompt == nil)
        let buy = try #require(viewer.state.buy)
        #expect(viewer.act(.contactKept(problem: nil)).contains(.ask(.quote(buy.sku, quantity: 1, show: buy.show))))
        #expect(viewer.state.histories.isEmpty)
    }

    @Test func aLineThatCannotBeIsAskedForAgain() {
        let viewer = asked()
        viewer.press(.address)
        viewer.act(.contactRead(ContactDetails()))
        _ = type("", viewer)
        #expect(viewer.state.prompt?.purpose == .contact(.firstName))
        #expect(viewer.state.prompt?.note == "First name is needed.")
        for line in Self.lines.prefix(8) { _ = type(line, viewer) }
        _ = type("Switzerland", viewer)
        #expect(viewer.state.prompt?.purpose == .contact(.country))
        #expect(viewer.state.prompt?.text == "Switzerland")
    }

    @Test func thereIsAWayBackToTheLineBefore() {
        let viewer = asked()
        viewer.press(.address)
        viewer.act(.contactRead(ContactDetails()))
        #expect(viewer.press(.up).isEmpty && viewer.state.prompt?.purpose == .contact(.firstName))
        for line in ["Ana", "Lopez"] { _ = type(line, viewer) }
        viewer.act(.typed("Lamps Ltd"))
        viewer.press(.up)
        #expect(viewer.state.prompt?.purpose == .contact(.lastName) && viewer.state.prompt?.text == "Lopez")
        viewer.press(.up)
        #expect(viewer.state.prompt?.text == "Ana")
        viewer.press(.down, .down)
        // What had been typed is there still.
        #expect(viewer.state.prompt?.purpose == .contact(.company) && viewer.state.prompt?.text == "Lamps Ltd")
        viewer.press(.down)
        #expect(viewer.state.prompt?.purpose == .contact(.line1))
        // A line that is needed is not passed by.
        viewer.press(.down)
        #expect(viewer.state.prompt?.purpose == .contact(.line1))
        #expect(viewer.state.prompt?.note == "Street and number is needed.")
    }

    @Test func whatIsKeptStandsThereAlready() {
        let viewer = asked()
        var details = ContactDetails()
        _ = details.set(.firstName, "Ana")
        viewer.press(.address)
        viewer.act(.contactRead(details))
        #expect(viewer.state.prompt?.text == "Ana")
        viewer.press(.back)
        #expect(viewer.state.prompt == nil)
        #expect(viewer.state.buy != nil)
    }

    @Test func aShopThatKeepsAddressesAsksForNone() {
        let viewer = asked(.all)
        #expect(viewer.press(.address).isEmpty)
    }

    @Test func isNotOpenedOverAPurchaseThatIsUnderWay() {
        let viewer = asked()
        viewer.press(.address)
        viewer.press(.back)
        viewer.act(.contactRead(ContactDetails()))
        #expect(viewer.state.prompt == nil)
    }
}
