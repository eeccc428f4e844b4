import AppCore
import Domain
import Settings
import TerminalKit
import Testing
import Text

@testable import ViewerUI

/// A page is one folder and one line. `ReviewsPage.swift` stands for the folder, and no source of the program knows of it;
/// `drawings` has the line. All that a page has to be able to do is tried here with nothing more.
@Suite struct AddedPageTests {
    /// The line.
    private static let drawings =
        PageDrawing.all + [
            PageDrawing(ReviewsPage.self) { $0.draw($1, $2, in: $4) },
            PageDrawing(ReviewPage.self) { $0.draw($1, in: $4) },
        ]

    private static let reviews = ["Ida", "Bo", "Ivo"].map { name in
        Review(
            id: ReviewID(name), author: SafeText(name), stars: 4, text: SafeText("\(name) likes it"), at: Boutique.now,
            isVerified: true)
    }

    private let keymap = Keymap()

    private func reduce(_ state: inout AppState, _ action: Action) -> [Effect] {
        AppCore.reduce(&state, action, Circumstances(now: state.now, entropy: Entropy(high: 1, low: 1)))
    }

    private func lines(_ state: AppState) -> [String] {
        draw(
            state, size: Size(columns: 80, rows: 20), theme: GoldenScreen.roleTheme, keymap: keymap,
            drawings: Self.drawings
        ).grid.text
    }

    /// The page, with its reviews.
    private func opened() -> AppState {
        var state = Stage.open().state
        state.pages = [ReviewsPage(of: "lamp")]
        _ = reduce(&state, .user(.refresh))
        _ = reduce(&state, .answered(.reviews("lamp", cursor: nil), .success(.reviews(Self.reviews, nextCursor: nil))))
        return state
    }

    @Test func asksByItselfAndWhenSomebodyWantsIt() throws {
        var state = Stage.open().state
        state.pages = [ReviewsPage(of: "lamp")]
        #expect(reduce(&state, .user(.refresh)).contains(.ask(.reviews("lamp", cursor: nil))))
        #expect(!reduce(&state, .timePassed).contains(.ask(.reviews("lamp", cursor: nil))), "it awaits the answer")
        _ = reduce(&state, .answered(.reviews("lamp", cursor: nil), .success(.reviews(Self.reviews, nextCursor: nil))))
        // No other deadline is left aside: the state's next one is never later than the page's.
        let due = try #require(state.pages.last?.nextDeadline(state.surroundings))
        #expect(try #require(state.nextDeadline) <= due)
        state.now = due
        #expect(reduce(&state, .timePassed).contains(.ask(.reviews("lamp", cursor: nil))))
    }

    @Test func isDrawnWithItsKeys() {
        let state = opened()
        let lines = lines(state)
        #expect(lines.contains { $0.hasPrefix("  Ida") } && lines.contains { $0.hasPrefix("  Ivo") })
        #expect(lines.last?.contains("Enter read") == true)
        #expect(lines.last?.contains("q back") == true)
    }

    @Test func opensAnotherPageAndGoesBack() {
        var state = opened()
        _ = reduce(&state, .user(.down))
        _ = reduce(&state, .user(.open))
        #expect(state.page == .named("review Bo") && lines(state).contains { $0.contains("Bo likes it") })
        _ = reduce(&state, .user(.back))
        #expect(state.page == .named("reviews lamp"))
        _ = reduce(&state, .user(.back))
        #expect(state.page == nil)
    }

    @Test func isSearched() {
        var state = opened()
        _ = reduce(&state, .user(.search))
        _ = reduce(&state, .typed("iv"))
        _ = reduce(&state, .user(.confirm))
        let lines = lines(state)
        #expect(lines.contains { $0.hasPrefix("  Ivo") } && !lines.contains { $0.hasPrefix("  Ida") })
        _ = reduce(&state, .user(.back))
        #expect(self.lines(state).contains { $0.hasPrefix("  Ida") }, "going back shows all")
    }

    @Test func tellsItsTroubleInTheRowOfNews() {
        var state = opened()
        _ = reduce(&state, .answered(.reviews("lamp", cursor: nil), .failure(.down)))
        #expect(state.notice?.tone == .problem)
    }
}
