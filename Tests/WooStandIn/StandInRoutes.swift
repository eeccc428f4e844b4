import Foundation
import HTTPTransport
import StandInJSON

/// The shop's no.
struct StandInRefusal: Error {
    var status: Int
    var code: String
    var message: String
    var more: JSONText = [:]
}

extension StandInShop.State {
    static let api = "/wp-json/wc/store/v1"

    /// Below the Store API, without the query; of what is not there, the whole.
    func path(_ url: String) -> String {
        let path = programs(url)
        return path.hasPrefix(Self.api) ? String(path.dropFirst(Self.api.count)) : path
    }

    /// The path, as pretty permalinks would have it where programs are answered.
    private func programs(_ url: String) -> String {
        let path = String(url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }.prefix { $0 != "?" })
        let isFrontPage = [rules.folder + "/", rules.folder + "/index.php"].contains(path)
        if isFrontPage, let route = Self.query(url)["rest_route"] { return "/wp-json" + route }
        guard rules.permalinks == .pretty, path.hasPrefix(rules.folder + "/wp-json") else { return path }
        return String(path.dropFirst(rules.folder.count))
    }

    static func query(_ url: String) -> [String: String] {
        let pairs = url.drop { $0 != "?" }.dropFirst().split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).removingPercentEncoding ?? ""
            }
        }
        return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { first, _ in first }
    }

    mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard programs(request.url).hasPrefix("/wp-json") else { return sitePage(request) }
        let path = path(request.url)
        let isSession = path.hasPrefix("/cart") || path.hasPrefix("/checkout")
        // A word that is not known gets a basket of nobody's.
        var name = request.headers["Cart-Token"].flatMap { $0.split(separator: ".").first }.map(String.init) ?? ""
        if sessions[name] == nil {
            count += 1
            name = "t_\(count)x"
            if isSession { sessions[name] = .init() }
        }
        do {
            let (status, body, headers) = try route(request, path, session: name)
            return response(status, body, headers, session: isSession ? name : nil)
        } catch let refusal as StandInRefusal {
            let data: JSONText = .object(Self.members(refusal.more) + [("status", .number(refusal.status))])
            let body: JSONText = [
                "code": .string(refusal.code), "message": .string(refusal.message), "data": data,
            ]
            return response(refusal.status, body, [:], session: isSession ? name : nil)
        } catch {
            return response(500, [:], [:], session: nil)
        }
    }

    private static func members(_ object: JSONText) -> [(String, JSONText)] {
        if case .object(let members) = object { members } else { [] }
    }

    private mutating func response(
        _ status: Int, _ body: JSONText, _ more: [String: String], session: String?
    ) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/json; charset=UTF-8"]
        for (name, value) in more { headers.append(name, value) }
        if let session {
            // The words change with each reply; the ones before stay good for a while.
            count += 1
            headers.append("Nonce", "nonce\(count)")
            headers.append("Cart-Token", "\(session).\(count)")
        }
        return HTTPResponse(status: status, headers: headers, body: Data(body.text.utf8))
    }

    private mutating func route(
        _ request: HTTPRequest, _ path: String, session: String
    ) throws -> (Int, JSONText, [String: String]) {
        let parts = path.split(separator: "/").map(String.init)
        try checkNonce(request, path)
        if request.method == .get, path == "/wp-json/wp/v2/pages" { return (200, pages(Self.query(request.url)), [:]) }
        switch (request.method, parts.first, parts.dropFirst().first) {
        case (.get, "wp-json", nil): return (200, ["name": "Stand-in &amp; Sons", "namespaces": ["wc/store/v1"]], [:])
        case (.get, "products", "reviews"): return (200, [], ["X-WP-Total": "0", "X-WP-TotalPages": "0"])
        case (.get, "products", nil): return listGoods(Self.query(request.url))
        case (.get, "products", let id?):
            guard let goods = goods.first(where: { String($0.id) == id }) else {
                throw StandInRefusal(
                    status: 404, code: "woocommerce_rest_product_invalid_id", message: "Invalid product ID.")
            }
            return (200, page(goods), [:])
        case (.get, "cart", nil): return (200, cart(session), [:])
        case (.post, "cart", "add-item"): return (201, try addItem(Body(request), session), [:])
        case (.post, "cart", "update-item"): return (200, try updateItem(Body(request), session), [:])
        case (.post, "cart", "remove-item"): return (200, try removeItem(Body(request), session), [:])
        case (.post, "cart", "update-customer"): return (200, try updateCustomer(Body(request), session), [:])
        case (.post, "cart", "select-shipping-rate"): return (200, try selectRate(Body(request), session), [:])
        case (.get, "checkout", nil): return (200, try draft(session), [:])
        case (.post, "checkout", nil): return (200, try checkout(Body(request), session), [:])
        case (.get, "order", let id?) where !rules.isOld: return (200, try order(id, Self.query(request.url)), [:])
        default:
            throw StandInRefusal(
                status: 404, code: "rest_no_route",
                message: "No route was found matching the URL and request method.")
        }
    }

    private func checkNonce(_ request: HTTPRequest, _ path: String) throws {
        guard request.method == .post || path.hasPrefix("/checkout") else { return }
        let isKnown = request.headers["Cart-Token"].map { sessions[String($0.prefix { $0 != "." })] != nil } ?? false
        if isKnown, !rules.isOld { return }
        guard let nonce = request.headers["Nonce"] else {
            throw StandInRefusal(
                status: 401, code: "woocommerce_rest_missing_nonce",
                message: "Missing the Nonce header. This endpoint requires a valid nonce.")
        }
        guard nonce.hasPrefix("nonce"), Int(nonce.dropFirst("nonce".count)) ?? 0 >= oldestNonce else {
            throw StandInRefusal(status: 403, code: "woocommerce_rest_invalid_nonce", message: "Nonce is invalid.")
        }
    }

    private func listGoods(_ query: [String: String]) -> (Int, JSONText, [String: String]) {
        var found = goods
        if query["type"] == "variation" {
            let parents = Set(query["parent"]?.split(separator: ",").map(String.init) ?? [])
            found = found.filter { $0.kind == .variation && (parents.isEmpty || parents.contains(String($0.parent))) }
        } else {
            found = found.filter { $0.kind != .variation }
        }
        if query["catalog_visibility"] != nil { found = found.filter { !$0.isHidden } }
        if let search = query["search"]?.lowercased() { found = found.filter { $0.name.lowercased().contains(search) } }
        // Older ones do not know the parameter.
        if let slugs = query["slug"], !rules.isOld {
            found = found.filter { slugs.split(separator: ",").contains($0.slug[...]) }
        }
        // The newest first, as shops list them.
        found.sort { $0.id > $1.id }
        let size = min(100, Int(query["per_page"] ?? "") ?? 10)
        let page = max(1, Int(query["page"] ?? "") ?? 1)
        let shown = found.dropFirst((page - 1) * size).prefix(size)
        let pages = (found.count + size - 1) / size
        return (
            200, .array(shown.map(self.page)), ["X-WP-Total": String(found.count), "X-WP-TotalPages": String(pages)]
        )
    }
}
