import TerminalKit
import Testing

@Suite struct KeyPressTests {
    @Test(arguments: [
        ("b", KeyPress.character("b")), ("G", .character("G")), ("ctrl-c", .control("c")), ("ctrl-C", .control("c")),
        ("alt-x", .alt("x")), ("space", .character(" ")), ("esc", .escape), ("shift-tab", .backTab),
        ("pgup", KeyPress(.pageUp)), ("f5", KeyPress(.function(5))),
        ("ctrl-alt-f12", KeyPress(.function(12), [.control, .alt])),
        ("-", .character("-")), ("ctrl--", .control("-")), ("/", .character("/")), ("é", .character("é")),
        ("shift-up", KeyPress(.up, .shift)), ("enter", .enter), ("ctrl-space", .control(" ")),
    ])
    func namesGoBothWays(name: String, key: KeyPress) {
        #expect(KeyPress(name) == key)
        #expect(KeyPress(key.name) == key)
    }

    @Test(arguments: [
        ("escape", "esc"), ("Return", "enter"), ("PageDown", "pgdn"), ("shift-g", "G"), ("minus", "-"),
        ("CTRL-x", "ctrl-x"),
        ("shift-ctrl-a", "ctrl-a"),
    ])
    func otherNamesAreUnderstood(name: String, shown: String) {
        #expect(KeyPress(name)?.name == shown)
    }

    @Test(arguments: ["", "ctrl-", "f0", "f13", "fx", "foo", "bb", "ctrl-bb", "\n", "alt-ctrl-"])
    func whatIsNoKeyIsRefused(name: String) {
        #expect(KeyPress(name) == nil)
    }

    @Test func onlyPlainCharactersAreTyped() {
        #expect(KeyPress.character("x").typed == "x")
        #expect(KeyPress.control("x").typed == nil)
        #expect(KeyPress.enter.typed == nil)
    }
}
