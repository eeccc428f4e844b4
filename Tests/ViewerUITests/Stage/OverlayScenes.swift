import AppCore
import Domain
import Text

extension Scene {
    /// Help, lines being written, and notices: what lies over the pages.
    static let overlays: [Scene] =
        orders + [
            Scene("help") {
                var stage = Stage.open()
                stage.press(.help)
                return stage
            },
            Scene("help-second-page") {
                var stage = Stage.open()
                stage.press(.help, .pageDown)
                return stage
            },
            Scene("help-while-watching") {
                var stage = Stage.watching()
                stage.press(.help)
                return stage
            },
            Scene("writing") {
                var stage = Stage.watching()
                stage.press(.write)
                stage.act(.typed("is the cable 2 m? 好看"))
                return stage
            },
            Scene("writing-long") {
                var stage = Stage.watching()
                stage.press(.write)
                stage.act(.typed(String(repeating: "The quick brown fox jumps over the lazy dog. ", count: 11)))
                return stage
            },
            Scene("notice-problem") {
                var stage = Stage.watching()
                stage.act(.storeFailed(reason: "no space left on device"))
                return stage
            },
            Scene("notice-success") {
                var stage = Stage.open()
                stage.press(.follow)
                stage.answer(.follow("lamps"), .done)
                stage.answer(.follow("ana"), .done)
                return stage
            },
        ]
}
