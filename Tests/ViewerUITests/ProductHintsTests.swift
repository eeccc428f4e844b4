import AppCore
import Domain
import Settings
import TerminalKit
import Testing
import Text
import ViewerUI

/// The two keys that buy, named in the footer with what they buy.
@Suite struct ProductHintsTests {
    private let sizes = [40, 60, 80, 100, 120, 140].map { Size(columns: $0, rows: 24) }

    private func keys(_ stage: Stage, _ size: Size) -> String {
        GoldenScreen.frame(of: stage.state, size).grid.text.last ?? ""
    }

    private func watching(_ onAir: [ProductID]) -> Stage {
        var evening = Broadcast.evening
        evening.onAir = onAir
        return .watching(evening)
    }

    @Test func bothProductsAreNamed() {
        var stage = watching(["table"])
        stage.press(.nextPane, .down, .down, .down)
        let footer = keys(stage, Size(columns: 80, rows: 24))
        #expect(footer.hasPrefix(" b buy Paper Moon ta…  B buy Beeswax candle"), "\(footer)")
        let narrow = keys(stage, Size(columns: 40, rows: 10))
        #expect(narrow.hasPrefix(" b buy Paper…  B Beesw…  ? help"), "\(narrow)")
    }

    @Test func namesThatBeginAlikeAreToldApart() {
        var stage = watching(["table"])
        stage.press(.nextPane, .down)
        #expect(stage.state.watch?.selectedProduct == "floor")
        let footer = keys(stage, Size(columns: 40, rows: 10))
        #expect(footer.hasPrefix(" b buy …table  B …floor  ? help"), "\(footer)")
    }

    /// Another product on air moves nothing. With none, the keys for a product are gone, and those that buy stay in place.
    @Test func nothingJumpsWhenAnotherProductComesOnAir() {
        func places(_ onAir: [ProductID], _ size: Size, _ words: [String]) -> [Int?] {
            let footer = keys(watching(onAir), size)
            return words.map { word in
                footer.firstRange(of: word).map { footer.distance(from: footer.startIndex, to: $0.lowerBound) }
            }
        }
        for size in sizes {
            let all = [["table"], ["candle"], ["hook"]].map { places($0, size, ["  B ", "? help", "q back"]) }
            #expect(Set(all).count == 1, "\(size.columns): \(all)")
            #expect(places([], size, ["  B "]) == Array(all[0].prefix(1)), "\(size.columns)")
        }
    }

    @Test func nothingOnAirIsADash() {
        #expect(keys(watching([]), Size(columns: 80, rows: 24)).hasPrefix(" b buy –  "))
    }

    @Test func aFrameSaysWhatItNames() {
        let size = Size(columns: 80, rows: 24)
        var stage = watching(["table"])
        #expect(GoldenScreen.frame(of: stage.state, size).buyChoice == BuyChoice(onAir: "table", selected: "table"))
        stage.press(.nextPane, .down)
        #expect(GoldenScreen.frame(of: stage.state, size).buyChoice == BuyChoice(onAir: "table", selected: "floor"))
        stage.press(.help)
        #expect(GoldenScreen.frame(of: stage.state, size).buyChoice == nil)
    }

    /// The key's own name stands in the news that names it, also one that the user has bound.
    @Test func newsNamesTheKeyAsItIsBound() {
        var stage = watching([])
        stage.press(.buy)
        let text = GoldenScreen.frame(of: stage.state, Size(columns: 100, rows: 24)).grid.text.joined(separator: "\n")
        #expect(text.contains("Nothing is on air just now; B buys what you select in the line-up."))
        let map = Keymap(KeyBindings([.init(action: "buy-selected", keys: [KeyPress("y")].compactMap { $0 }, line: 1)]))
        let frame = draw(
            stage.state, size: Size(columns: 100, rows: 24), theme: GoldenScreen.roleTheme, keymap: map)
        #expect(frame.grid.text.joined(separator: "\n").contains("just now; y buys what you select"))
    }

    // MARK: The pane over a show

    @Test func aPaneOfWhatIsNotOnAirSaysSo() {
        var stage = watching(["table"])
        stage.press(.nextPane, .down, .buySelected)
        for size in sizes {
            let text = GoldenScreen.frame(of: stage.state, size).grid.text.joined(separator: "\n")
            #expect(text.contains("Not on air now"), "\(size.columns)")
        }
        stage.press(.back, .buy)
        let text = GoldenScreen.frame(of: stage.state, Size(columns: 80, rows: 24)).grid.text.joined(separator: "\n")
        #expect(!text.contains("Not on air now"))
    }

    /// Keys that mean nothing in a finished pane mean what they mean behind it.
    @Test func aFinishedPaneLetsKeysThrough() {
        let keymap = Keymap()
        var stage = Stage.buying()
        let frame = GoldenScreen.frame(of: stage.state, Size(columns: 80, rows: 24))
        #expect(keymap.action(for: .key(.character("i")), in: stage.state, frame: frame) == nil)
        let intent = stage.confirmed
        var order = Boutique.orders[0]
        order.key = intent.key
        stage.answer(.placeOrder(intent), .order(order))
        let after = GoldenScreen.frame(of: stage.state, Size(columns: 80, rows: 24))
        guard case .user(.write)? = keymap.action(for: .key(.character("i")), in: stage.state, frame: after) else {
            Issue.record("the key is lost")
            return
        }
    }

    @Test func whereEnterCannotHelpItIsNotOffered() {
        var stage = Stage.asked
        let refusal = Refusal(code: "woocommerce_rest_guest_checkout_disabled", message: "Please log in first.")
        stage.set { $0.buy?.product.page = "https://shop.example/lamp" }
        stage.fail(.quote(Boutique.sku, quantity: 1, show: "lamps"), .refused(refusal))
        stage.wait(BuyState.deliberation)
        for size in [Size(columns: 80, rows: 24), Size(columns: 60, rows: 16)] {
            let frame = GoldenScreen.frame(of: stage.state, size)
            let text = frame.grid.text.joined(separator: "\n")
            #expect(!text.contains("Enter"), "\(size)")
            #expect(text.contains("Please log in first.") && text.contains("https://shop.example/lamp"), "\(size)")
            #expect(frame.links.last == "https://shop.example/lamp")
        }
    }
}
