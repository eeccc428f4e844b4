import AppCore
import Domain
import Text

extension Scene {
    /// Commands, searches, and what of the chat is marked.
    static let input: [Scene] = [
        Scene("command") {
            var stage = Stage.themed
            stage.press(.command)
            return stage
        },
        Scene("command-completing") {
            var stage = Stage.themed
            stage.press(.command)
            stage.act(.typed("theme "))
            stage.press(.complete, .complete, .complete)
            return stage
        },
        Scene("command-go") {
            var stage = Stage.watching()
            stage.press(.command)
            stage.act(.typed("go 紙"))
            stage.press(.complete)
            return stage
        },
        Scene("command-unknown") {
            var stage = Stage.watching()
            stage.press(.command)
            stage.act(.typed("folow"))
            stage.press(.confirm)
            return stage
        },
        Scene("chat-searching") {
            var stage = Stage.watching(.long)
            stage.press(.search)
            stage.act(.typed("line 3"))
            return stage
        },
        Scene("chat-found") {
            var stage = Stage.watching()
            stage.press(.search)
            stage.act(.typed("the"))
            stage.press(.confirm, .nextMatch)
            return stage
        },
        Scene("chat-not-found") {
            var stage = Stage.watching()
            stage.press(.search)
            stage.act(.typed("submarine"))
            stage.press(.confirm)
            return stage
        },
        Scene("line-up-found") {
            var stage = Stage.watching()
            stage.press(.nextPane, .search)
            stage.act(.typed("lamp"))
            stage.press(.confirm)
            return stage
        },
        Scene("line-up-not-found") {
            var stage = Stage.watching()
            stage.press(.nextPane, .search)
            stage.act(.typed("submarine"))
            return stage
        },
        Scene("orders-found") {
            var stage = Stage.open(orders: Boutique.orders)
            stage.press(.ordersTab, .search)
            stage.act(.typed("hook"))
            stage.press(.confirm)
            return stage
        },
        Scene("orders-no-match") {
            var stage = Stage.open(orders: Boutique.orders)
            stage.press(.ordersTab, .search)
            stage.act(.typed("submarine"))
            stage.press(.confirm)
            return stage
        },
        Scene("chat-mentions-and-links") {
            var evening = Broadcast.evening
            evening.pinned = ChatMessage(
                id: "pin", author: "Sven", role: .moderator, text: "All lamps: https://lopez.example/lamps",
                at: Boutique.now - .seconds(600))
            evening.say("ruth", "@guest the manual says 1.8 m: https://lopez.example/manuals/paper-moon.pdf", ago: 25)
            evening.say("Sven", "Guest, it is 2 m (see https://lopez.example/)", .moderator, ago: 20)
            return .watching(evening)
        },
        Scene("chat-muted") {
            var stage = Stage.watching()
            stage.act(.settingsRead(themes: [], theme: "", reduceMotion: false, mutes: ["🔥", "@mika_k"], problem: nil))
            return stage
        },
        Scene("chat-all-muted") {
            var stage = Stage.watching(.long)
            stage.act(.settingsRead(themes: [], theme: "", reduceMotion: false, mutes: ["@jo"], problem: nil))
            return stage
        },
        Scene("writing-slow-mode") {
            var stage = Stage.watching()
            stage.press(.write)
            stage.act(.typed("is the cable 2 m?"))
            stage.press(.confirm)
            stage.fail(.postMessage("lamps", text: "is the cable 2 m?"), .busy(status: 429, retryAfterSeconds: 4))
            return stage
        },
        Scene("writing-not-sent") {
            var stage = Stage.watching()
            stage.press(.write)
            stage.act(.typed("is the cable 2 m?"))
            stage.press(.confirm)
            stage.fail(.postMessage("lamps", text: "is the cable 2 m?"), .down)
            return stage
        },
    ]
}

extension Stage {
    /// Knows the themes that are built in.
    static var themed: Stage {
        var stage = open()
        stage.act(
            .settingsRead(
                themes: ["terminal", "midnight", "paper", "ember", "fjord", "high-contrast"], theme: "terminal",
                reduceMotion: false,
                mutes: [], problem: nil))
        return stage
    }
}
