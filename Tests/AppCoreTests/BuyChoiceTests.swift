import AppCore
import Domain
import Testing
import Text

/// The products that the two keys for buying mean: what the last frame showed, and nothing that came after it.
@Suite struct BuyChoiceTests {
    private let now = Sample.now

    /// A show with these products on air, one set after the other, ten seconds apart.
    private func watching(_ highlights: [ProductID]...) -> Rehearsal {
        .watching(chronicle(highlights))
    }

    private func chronicle(_ highlights: [[ProductID]]) -> Chronicle {
        var chronicle = Chronicle()
        for (index, products) in highlights.enumerated() {
            chronicle.add(.highlight(products), at: now - .seconds(60) + .seconds(index == 0 ? 0 : 60 + index * 10))
        }
        return chronicle
    }

    /// What a frame drawn now would name reaches the state, as the loop sees to.
    private func draw(_ viewer: Rehearsal) { viewer.act(.choiceShown(viewer.state.buyChoice)) }

    private func goOn(_ viewer: Rehearsal, _ highlights: [[ProductID]]) {
        viewer.wait(.seconds(20))
        viewer.answer(.head("lamps"), .head(chronicle(highlights).head(at: viewer.state.now)))
    }

    @Test func buysWhatTheLastFrameShowed() {
        let viewer = watching(["lamp"], ["hook"])
        draw(viewer)
        goOn(viewer, [["lamp"], ["hook"]])
        #expect(viewer.state.watch?.productOnCard?.id == "hook")
        viewer.press(.buy)
        #expect(viewer.state.buy?.product.id == "lamp")
        // Once the next frame is there, the key means what that shows.
        viewer.press(.back)
        draw(viewer)
        viewer.press(.buy)
        #expect(viewer.state.buy?.product.id == "hook")
    }

    @Test func doesNotBuyTheSelectionByTheKeyForTheAir() {
        let viewer = watching(["lamp"])
        viewer.press(.nextPane, .down)
        draw(viewer)
        viewer.press(.buy)
        #expect(viewer.state.buy?.product.id == "lamp")
        viewer.press(.back, .buySelected)
        #expect(viewer.state.buy?.product.id == "hook")
    }

    @Test func buysTheSelectionThatWasShown() {
        let viewer = watching(["lamp"], ["hook"])
        draw(viewer)
        goOn(viewer, [["lamp"], ["hook"]])
        #expect(viewer.state.watch?.selectedProduct == "hook")
        viewer.press(.buySelected)
        #expect(viewer.state.buy?.product.id == "lamp")
    }

    @Test func ofSeveralOnAirBuysTheOneShown() {
        let viewer = watching(["lamp", "hook"])
        draw(viewer)
        viewer.press(.right)
        // The shopper's own key has turned the card, so its product is the one that is meant.
        viewer.press(.buy)
        #expect(viewer.state.buy?.product.id == "hook")
        viewer.press(.back, .left, .buy)
        #expect(viewer.state.buy?.product.id == "lamp")
    }

    @Test func withNothingOnAirNamesTheOtherKey() {
        let viewer = watching(["lamp"], [])
        goOn(viewer, [["lamp"], []])
        draw(viewer)
        #expect(viewer.press(.buy).isEmpty && viewer.state.buy == nil)
        #expect(viewer.state.notice?.text == "Nothing is on air just now;")
        #expect(viewer.state.notice?.key == KeyHint(.buySelected, "buys Paper Moon table lamp."))
    }

    @Test func whatHasJustComeOnAirIsNotBoughtUnseen() {
        let viewer = watching([], ["hook"])
        draw(viewer)
        goOn(viewer, [[], ["hook"]])
        #expect(viewer.press(.buy).isEmpty && viewer.state.buy == nil)
        #expect(viewer.state.notice?.key == KeyHint(.buy, "buys it."))
    }

    @Test func withNothingSelectedTheLineUpIsOpened() {
        let viewer = Rehearsal.watching(Chronicle())
        draw(viewer)
        #expect(viewer.press(.buySelected).isEmpty)
        #expect(viewer.state.watch?.pane == .lineUp && viewer.state.notice?.key?.intent == .buySelected)
    }

    @Test func inAReplayBuysWhatIsAtThePlayhead() {
        var past = Chronicle(startsAt: Sample.pastShow.startsAt)
        past.show = "knives"
        past.add(.highlight(["lamp"]), at: Sample.pastShow.startsAt)
        past.add(.highlight(["hook"]), at: Sample.pastShow.startsAt + .seconds(30))
        let viewer = Rehearsal.withSchedule()
        viewer.state.schedule.selected = "knives"
        viewer.press(.open)
        viewer.answer(.show("knives"), .show(ShowDetail(show: Sample.pastShow, lineUp: Sample.detail.lineUp)))
        viewer.answer(.head("knives"), .head(past.head(at: now)))
        viewer.answer(.segment("knives", 0), .segment(past.segment(0, at: now)))
        viewer.press(.buy)
        #expect(viewer.state.buy?.product.id == "lamp")
        viewer.press(.back)
        viewer.wait(.seconds(31))
        viewer.press(.buy)
        #expect(viewer.state.buy?.product.id == "hook")
    }

    // MARK: The selection follows the show

    @Test func aSelectionThatRestsFollowsTheShow() {
        let viewer = watching(["lamp"], ["hook"])
        viewer.press(.nextPane, .up)
        goOn(viewer, [["lamp"], ["hook"]])
        #expect(viewer.state.watch?.selectedProduct == "lamp")
        viewer.wait(WatchState.selectionRests - .seconds(21))
        #expect(viewer.state.watch?.selectedProduct == "lamp")
        viewer.wait(.seconds(2))
        #expect(viewer.state.watch?.selectedProduct == "hook")
    }

    @Test func aSelectionThatIsMovedAgainStays() {
        let viewer = watching(["lamp"])
        viewer.press(.nextPane, .down)
        viewer.wait(WatchState.selectionRests - .seconds(1))
        viewer.press(.down)
        viewer.wait(WatchState.selectionRests - .seconds(1))
        #expect(viewer.state.watch?.selectedProduct == "hook")
        viewer.wait(.seconds(2))
        #expect(viewer.state.watch?.selectedProduct == "lamp")
    }

    @Test func betweenTwoProductsTheSelectionStays() {
        let viewer = watching(["hook"], [])
        goOn(viewer, [["hook"], []])
        #expect(viewer.state.watch?.productOnCard == nil && viewer.state.watch?.selectedProduct == "hook")
    }

    @Test func whatIsSearchedForStaysSelected() {
        let viewer = watching(["lamp"])
        viewer.press(.nextPane, .search)
        viewer.act(.typed("hook"))
        viewer.press(.confirm)
        viewer.wait(WatchState.selectionRests + .seconds(60))
        #expect(viewer.state.watch?.selectedProduct == "hook")
    }
}
