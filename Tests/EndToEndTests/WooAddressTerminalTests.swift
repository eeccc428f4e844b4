import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// Address of a buyer, asked for on a terminal.
@Suite(.programs, .timeLimit(.minutes(5))) struct WooAddressTerminalTests {
    private static let lines = [
        "Ana", "Lopez", "", "1 Main Street", "", "Oakland", "CA", "94607", "us", "ana@example.org", "",
    ]

    @Test func theDialogueAsksForItOnATerminal() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        let talk = try TerminalTalk(shopper, "--plain")
        try talk.wait(for: "> ")
        talk.type("address\r")
        for (field, line) in zip(["First name: ", "Last name: ", "Company, if any: "], ["Ana", "Lopez", ""]) {
            try talk.wait(for: field)
            talk.forget()
            talk.type(line + "\r")
        }
        try talk.wait(for: "Street and number: ")
        talk.type("\r")
        try talk.wait(for: "Street and number is needed.")
        for (index, line) in Self.lines.enumerated().dropFirst(3) {
            talk.forget()
            talk.type(line + "\r")
            if index + 1 < Self.lines.count { try talk.wait(for: ": ") }
        }
        try talk.wait(for: "Kept: Ana Lopez, 1 Main Street, 94607 Oakland CA.")
        // What is known stands beside each question, and stays when nothing is typed.
        talk.type("address\r")
        try talk.wait(for: "First name [Ana]: ")
        talk.type("cancel\r")
        try talk.wait(for: "The address is as it was.")
        talk.type("quit\r")
        #expect(try talk.child.wait { _ = talk.pty.output() } == .exit(0))
    }

    /// The viewer's pane stands open meanwhile.
    @Test func whatWasGivenInAnotherTerminalIsNoticed() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        let seat = try shopper.open()
        try seat.wait(for: "o looks around in the shop")
        seat.type("o")
        try seat.wait(for: "Wool scarf")
        seat.type("G")
        seat.type("\r")
        try seat.wait(for: "USD")
        seat.type("b")
        try seat.wait(for: "your address")
        _ = try shopper.tellAddress()
        seat.type("\r")
        try seat.wait(for: "buy for")
        seat.type("\u{3}")
        #expect(try seat.waitForEnd() == .exit(0))
    }
}
