import Foundation
import HTTPTransport
import StandInJSON

/// What the site's WordPress shows a browser, as far as a program looks at it. It was built from what a real one was seen
/// to answer, with pretty and with plain permalinks, at its server's root and in a folder.
extension StandInShop.State {
    var home: String { rules.address + rules.folder }

    /// Where programs are answered, as the site tells it.
    private var root: String { home + (rules.permalinks == .pretty ? "/wp-json/" : "/index.php?rest_route=/") }

    func address(of goods: StandInGoods) -> String {
        home + (rules.permalinks == .pretty ? "/product/\(goods.slug)/" : "/?product=\(goods.slug)")
    }

    private var checkout: String { home + (rules.permalinks == .pretty ? "/checkout/" : "/?page_id=8") }

    /// `wp/v2/pages`.
    func pages(_ query: [String: String]) -> JSONText {
        query["slug"] == "checkout" ? [["link": .string(checkout)]] : []
    }

    /// Any page says where programs are answered, also one that is not there; what is not the site's is the web server's.
    func sitePage(_ request: HTTPRequest) -> HTTPResponse {
        let path = String(request.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }.prefix { $0 != "?" })
        if path == rules.folder, !path.isEmpty {
            return HTTPResponse(status: 301, headers: ["Location": home + "/"])
        }
        let words = path.dropFirst(rules.folder.count).split(separator: "/")
        guard (path + "/").hasPrefix(rules.folder + "/"), rules.permalinks == .pretty || words.isEmpty else {
            return HTTPResponse(
                status: 404, headers: ["Content-Type": "text/html"], body: Data("<h1>Not Found</h1>".utf8))
        }
        let isThere = words.isEmpty || words.first == "product" && goods.contains { words.last == $0.slug[...] }
        var headers: HTTPHeaders = ["Content-Type": "text/html; charset=UTF-8"]
        if rules.telling == .everywhere { headers.append("Link", "<\(root)>; rel=\"https://api.w.org/\"") }
        let link = "<link rel=\"https://api.w.org/\" href=\"\(root)\" />"
        let page = """
            <!DOCTYPE html>
            <html lang="en-US"><head><meta charset="UTF-8" /><title>Stand-in &amp; Sons</title>
            <link rel='dns-prefetch' href='//cdn.example' />
            \(rules.telling == .nowhere ? "" : link)</head><body class="home"><h1>Welcome</h1></body></html>
            """
        return HTTPResponse(status: isThere ? 200 : 404, headers: headers, body: Data(page.utf8))
    }
}
