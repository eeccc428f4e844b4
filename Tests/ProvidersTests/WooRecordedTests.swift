import Domain
import Foundation
import HTTPTransport
import LiveAPI
import Testing
import WooStandIn

@testable import Providers

/// What real shops were seen to answer, where that is at hand: a folder beside the package, or one that is named by
/// `VITRINE_RECORDED_SHOPS`.
enum RecordedExchanges {
    struct Exchange: Sendable {
        let name: String
        let method: String
        let path: String
        let body: Data?
        let status: Int
        let headers: [String: String]
        let answer: Data

        var below: String { path.replacing("/wp-json/wc/store/v1", with: "") }
        var answerJSON: Any? { try? JSONSerialization.jsonObject(with: answer) }
    }

    static var folder: URL? {
        let named = ProcessInfo.processInfo.environment["VITRINE_RECORDED_SHOPS"].map { URL(filePath: $0) }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = named ?? root.appending(path: "../shared/fixtures").standardizedFileURL
        let woo = folder.appending(path: "woocommerce")
        return FileManager.default.fileExists(atPath: woo.path) ? woo : nil
    }

    /// Those of one version, in the order in which they were made.
    static func all(of version: String) throws -> [Exchange] {
        guard let folder else { return [] }
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: version), includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.map(read)
    }

    private static func read(_ file: URL) throws -> Exchange {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let request = try #require(json?["request"] as? [String: Any])
        let response = try #require(json?["response"] as? [String: Any])
        let body = request["body"].flatMap { $0 is NSNull ? nil : $0 }
        return Exchange(
            name: file.lastPathComponent, method: try #require(request["method"] as? String),
            path: try #require(request["path"] as? String),
            body: try body.map { try JSONSerialization.data(withJSONObject: $0) },
            status: try #require(response["status"] as? Int),
            headers: response["headers"] as? [String: String] ?? [:],
            answer: try JSONSerialization.data(withJSONObject: try #require(response["body"])))
    }
}

@Suite(.enabled(if: RecordedExchanges.folder != nil, "no recorded exchanges are at hand"))
struct WooRecordedTests {
    @Test(arguments: ["7.9.0", "11.0.1"])
    func everyAnswerIsUnderstood(_ version: String) throws {
        let exchanges = try RecordedExchanges.all(of: version)
        #expect(!exchanges.isEmpty)
        for exchange in exchanges {
            let response = reply(exchange.status, exchange.answer, headers: exchange.headers.map { ($0, $1) })
            let said = WooReply(response)
            do {
                try understand(said, of: exchange)
            } catch {
                Issue.record("\(exchange.name): \(error)")
            }
            let renewed = WooSession().renewed(by: response)
            #expect((renewed.token != nil) == (exchange.headers["Cart-Token"] != nil), "\(exchange.name)")
        }
    }

    private func understand(_ said: WooReply, of exchange: RecordedExchanges.Exchange) throws {
        let path = exchange.below.prefix { $0 != "?" }
        guard said.isSuccess else {
            let error = try #require(said.error, "\(exchange.name)")
            #expect(!error.code.isEmpty && !error.message.string.contains("&quot;"), "\(exchange.name)")
            if exchange.status == 409 { #expect(error.cart != nil, "\(exchange.name)") }
            return
        }
        switch path {
        case "/products":
            let list = try said.read(LenientList<WooProduct>.self)
            #expect(list.elements.count == list.count, "\(exchange.name)")
            #expect(list.elements.allSatisfy { $0.prices?.price != nil }, "\(exchange.name)")
            #expect(list.elements.allSatisfy { !$0.product(nil).variants.isEmpty || $0.type == "variation" })
        case _ where path.hasPrefix("/products/"):
            #expect(try said.read(WooProduct.self).product(nil).variants.count == 1, "\(exchange.name)")
        case "/checkout": #expect(try said.read(WooOrderReply.self).number > 0)
        case _ where path.hasPrefix("/order/"): #expect(try said.read(WooOrderState.self).status == "processing")
        default:
            let cart = try said.read(WooCart.self)
            #expect(cart.paymentMethods == ["bacs", "cheque", "cod"], "\(exchange.name)")
            #expect(cart.problems.isEmpty)
        }
    }

    /// The stand-in says the same to the same, as far as a client can tell.
    @Test(arguments: ["7.9.0", "11.0.1"])
    func theStandInAnswersAlike(_ version: String) throws {
        let exchanges = try RecordedExchanges.all(of: version).filter { $0.name.hasPrefix("usd") }
        let shop = StandInShop(StandInShop.Rules(isOld: version == "7.9.0"), goods: try goods(exchanges))
        var session = WooSession()
        var placed: (number: String, key: String)?
        let keys = Self.lineKeys(exchanges)
        for exchange in exchanges {
            var path = exchange.path
            if let placed, path.contains("/order/") {
                let isWrong = path.contains("wrong")
                path =
                    "/wp-json/wc/store/v1/order/\(placed.number)?key=\(isWrong ? "wrong" : placed.key)"
                    + "&billing_email=ana@example.org"
            }
            var headers = exchange.name.contains("bad-token") ? WooSession().headers : session.headers
            if exchange.name.contains("bad-token") { headers.append("Cart-Token", "not.a.token") }
            let response = try #require(
                shop.answer(
                    HTTPRequest(
                        HTTPMethod(rawValue: exchange.method) ?? .get, "http://127.0.0.1" + path, headers: headers,
                        body: exchange.body.map { Self.renamed($0, keys) })))
            #expect(response.status == exchange.status, "\(exchange.name)")
            if !exchange.name.contains("bad-token") { session.take(response.headers) }
            let mine = try JSONSerialization.jsonObject(with: response.body)
            let missing = Self.missing(try #require(exchange.answerJSON), in: mine)
            #expect(missing.isEmpty, "\(exchange.name): \(missing)")
            if let order = mine as? [String: Any], let number = order["order_id"] as? Int {
                placed = (String(number), order["order_key"] as? String ?? "")
            }
            if let code = (exchange.answerJSON as? [String: Any])?["code"] as? String {
                #expect((mine as? [String: Any])?["code"] as? String == code, "\(exchange.name)")
            }
        }
    }

    /// The recorded names of a basket's lines, with the stand-in's.
    private static func lineKeys(_ exchanges: [RecordedExchanges.Exchange]) -> [String: String] {
        let items = exchanges.flatMap { ($0.answerJSON as? [String: Any])?["items"] as? [[String: Any]] ?? [] }
        let pairs = items.compactMap { item -> (String, String)? in
            guard let key = item["key"] as? String, let id = item["id"] as? Int else { return nil }
            return (key, "line-\(id)")
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private static func renamed(_ body: Data, _ keys: [String: String]) -> Data {
        var text = String(decoding: body, as: UTF8.self)
        for (recorded, own) in keys { text = text.replacing(recorded, with: own) }
        return Data(text.utf8)
    }

    /// Names that the recorded answer has and the other has not.
    private static func missing(_ recorded: Any, in other: Any, _ path: String = "") -> [String] {
        if let recorded = recorded as? [String: Any] {
            guard let other = other as? [String: Any] else { return [path + ": no object"] }
            let open = ["_links", "item_data", "description", "destination", "meta_data", "items", "payment_details"]
            return recorded.flatMap { name, value -> [String] in
                guard let mine = other[name] else { return [path + "/" + name] }
                if open.contains(name), path != "", !(name == "items" && path.hasSuffix("/cart")) { return [] }
                return missing(value, in: mine, path + "/" + name)
            }
        }
        if let recorded = recorded as? [Any], let first = recorded.first, !(first is String) {
            guard let mine = (other as? [Any])?.first else { return [path + ": an empty list"] }
            return missing(first, in: mine, path + "[]")
        }
        return []
    }

    /// What the recorded shop sold, as far as the recordings show it.
    private func goods(_ exchanges: [RecordedExchanges.Exchange]) throws -> [StandInGoods] {
        var goods: [Int: StandInGoods] = [:]
        for exchange in exchanges where exchange.below.hasPrefix("/products") && exchange.status == 200 {
            for page in exchange.answerJSON as? [[String: Any]] ?? [] {
                let id = try #require(page["id"] as? Int)
                let prices = try #require(page["prices"] as? [String: Any])
                let most = (page["add_to_cart"] as? [String: Any])?["maximum"] as? Int
                let isThere = page["is_in_stock"] as? Bool ?? true
                let parent = page["parent"] as? Int ?? 0
                let choice = (page["variation"] as? String ?? "").split(separator: ": ").map(String.init)
                let attributes = (page["attributes"] as? [[String: Any]] ?? []).map { attribute in
                    let terms = attribute["terms"] as? [[String: Any]] ?? []
                    return (attribute["name"] as? String ?? "", terms.map { $0["name"] as? String ?? "" })
                }
                goods[id] = StandInGoods(
                    id, page["name"] as? String ?? "", price: Int(prices["price"] as? String ?? "") ?? 0,
                    stock: isThere ? most.flatMap { $0 < 9999 ? $0 : nil } : 0,
                    kind: StandInGoods.Kind(rawValue: page["type"] as? String ?? "") ?? .simple, parent: parent,
                    attributes: choice.count == 2 ? [(choice[0], [choice[1]])] : attributes)
            }
        }
        return Array(goods.values)
    }
}
