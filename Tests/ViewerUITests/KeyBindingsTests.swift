import AppCore
import Settings
import TerminalKit
import Testing

@testable import ViewerUI

@Suite struct KeyBindingsTests {
    private func bind(_ wanted: (String, [String])...) -> (map: Keymap, problems: [String]) {
        let bindings = KeyBindings(
            wanted.enumerated().map { index, binding in
                .init(action: binding.0, keys: binding.1.compactMap { KeyPress($0) }, line: index + 1)
            }, file: "c.toml")
        return (Keymap(bindings), bindings.problems.map(\.description))
    }

    @Test func theTablesOwnKeysDoNotMeet() {
        var seen: Set<String> = []
        for row in KeyBindings().rows {
            for key in row.keys { #expect(seen.insert("\(row.context) \(key)").inserted, "\(row.context) \(key)") }
        }
    }

    @Test func aBindingTakesThePlaceOfTheDefault() {
        let (map, problems) = bind(("buy", ["z"]))
        #expect(problems.isEmpty)
        #expect(map.intent(for: .character("z"), in: .watch) == .buy)
        #expect(map.intent(for: .character("b"), in: .watch) == nil)
    }

    @Test func aKeyOfAnotherActionIsNotTaken() {
        let (map, problems) = bind(("buy", ["f"]))
        #expect(
            problems == [
                "c.toml:1: keys.buy is \"f\", which is a key of follow in the same place (Watching); "
                    + "expected a key that is free there"
            ])
        #expect(map.intent(for: .character("f"), in: .watch) == .follow)
        #expect(map.intent(for: .character("b"), in: .watch) == .buy)
    }

    @Test func ofTwoBindingsTheLaterGivesWay() {
        let (map, problems) = bind(("follow", ["z"]), ("buy", ["z"]))
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("c.toml:2: keys.buy is \"z\", which is a key of follow") == true)
        #expect(map.intent(for: .character("z"), in: .watch) == .follow)
        #expect(map.intent(for: .character("b"), in: .watch) == .buy)
    }

    @Test func keysCanBeExchanged() {
        let (map, problems) = bind(("follow", ["b"]), ("buy", ["f"]))
        #expect(problems.isEmpty)
        #expect(map.intent(for: .character("f"), in: .watch) == .buy)
        #expect(map.intent(for: .character("b"), in: .watch) == .follow)
    }

    /// What is taken back claims its own key again, which a third may have been given.
    @Test func everyActionKeepsAKeyOfItsOwn() {
        let (map, problems) = bind(("follow", ["b"]), ("buy", ["q"]))
        #expect(problems.count == 2)
        #expect(map.intent(for: .character("q"), in: .watch) == .back)
        #expect(map.intent(for: .character("b"), in: .watch) == .buy)
        #expect(map.intent(for: .character("f"), in: .watch) == .follow)
    }

    @Test func sameKeyInPlacesThatNeverMeetIsFine() {
        let (map, problems) = bind(("cancel-order", ["m"]))
        #expect(problems.isEmpty)
        #expect(map.intent(for: .character("m"), in: .list) == .cancelOrder)
        #expect(map.intent(for: .character("m"), in: .watch) == .moments)
    }

    @Test func whereTextIsWrittenLettersStayLetters() {
        let (map, problems) = bind(("quit", ["X"]), ("back", ["z", "ctrl-g"]))
        #expect(problems.isEmpty)
        #expect(map.intent(for: .character("X"), in: .list) == .quit)
        #expect(map.intent(for: .character("X"), in: .prompt) == nil)
        #expect(map.intent(for: .control("c"), in: .prompt) == .quit)
        #expect(map.intent(for: .character("z"), in: .prompt) == nil)
        #expect(map.intent(for: .control("g"), in: .prompt) == .back)
    }
}
