import HTTPTransport
import LiveAPI

/// What a page says of where its WordPress answers programs: each one does, in a header, and in its head for those who
/// see no headers.
extension WooSite {
    package enum Telling: Hashable, Sendable {
        case site(WooSite)
        /// The page is at another address of the same server, under whichever of its names.
        case moved(String)
        /// What it tells of is none of this server's, or another folder's: a page speaks for its own site alone.
        case elsewhere(String)
        case nothing
    }

    /// - Parameter address: the page that was asked for.
    package static func telling(_ response: HTTPResponse, at address: String) -> Telling {
        guard let here = try? ShopOrigin(ofPage: address) else { return .nothing }
        if (300..<400).contains(response.status), let target = response.headers["Location"] {
            guard let target = resolved(target, at: address, here) else { return .nothing }
            return (try? ShopOrigin(ofPage: target))?.isAlias(of: here) == true ? .moved(target) : .elsewhere(target)
        }
        let told = response.headers.all("Link").lazy.flatMap(LinkHeader.links).first { isRoot($0.relations) }?.target
        guard var text = told ?? linkInHead(of: response) else { return .nothing }
        // Behind a proxy that speaks https for it, a site may believe that nobody does.
        let insecure = "http://"
        if here.description.hasPrefix("https://"), text.hasPrefix(insecure) {
            text = "https://" + text.dropFirst(insecure.count)
        }
        guard let root = RESTRoot(text), let site = WooSite(root: root) else { return .nothing }
        if site.place.origin != here, site.place.origin.isAlias(of: here) { return .moved(site.home + "/") }
        guard root.isBelow(site.place), site.isHome(of: address) else { return .elsewhere(site.home) }
        return .site(site)
    }

    private func isHome(of page: String) -> Bool {
        guard let origin = try? ShopOrigin(ofPage: page), let words = PageAddress(page)?.path else { return false }
        return origin == place.origin && words.starts(with: place.words)
    }

    private static func resolved(_ target: String, at address: String, _ here: ShopOrigin) -> String? {
        guard target.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        if target.hasPrefix("https://") || target.hasPrefix("http://") { return target }
        if target.hasPrefix("//") { return "https:" + target }
        return target.hasPrefix("/") ? here.description + target : nil
    }

    private static func isRoot(_ relations: String) -> Bool {
        relations.split(separator: " ").contains("https://api.w.org/")
    }

    /// As far as the head goes: what is below it others may have written.
    private static func linkInHead(of response: HTTPResponse) -> String? {
        let bytes = [UInt8](response.body.prefix(mostBytesOfHead))
        var place = 0
        while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            guard start + 1 < bytes.count, HTMLTag.begins(with: bytes[start + 1]), let tag = HTMLTag(bytes, at: start)
            else {
                place = start + 1
                continue
            }
            if tag.name == "body" || tag.name == "head" && tag.isClosing { return nil }
            if tag.name == "link", let relations = tag.attribute("rel", in: bytes),
                isRoot(HTMLText.decodingEntities(relations)), let target = tag.attribute("href", in: bytes)
            {
                return HTMLText.decodingEntities(target)
            }
            place = tag.end
        }
        return nil
    }

    private static let mostBytesOfHead = 1 << 20
}

/// A `Link` header: `<https://shop.example/wp-json/>; rel="https://api.w.org/", <…>; rel=shortlink`.
enum LinkHeader {
    static func links(_ value: String) -> [(target: String, relations: String)] {
        var links: [(target: String, relations: String)] = []
        var rest = value[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = rest[rest.index(after: open)..<close]
            rest = rest[rest.index(after: close)...]
            var relations = ""
            for parameter in parameters(&rest) {
                let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != "\"" && $0 != "\t" } }
                guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == "rel" else { continue }
                relations = parts[1]
            }
            links.append((String(target), relations))
        }
        return links
    }

    /// Those of one link, up to the comma that ends it: one in quotes ends nothing.
    private static func parameters(_ rest: inout Substring) -> [Substring] {
        var parameters: [Substring] = []
        var start = rest.startIndex
        var place = start
        var isQuoted = false
        while place < rest.endIndex {
            let letter = rest[place]
            if letter == "\"" { isQuoted.toggle() }
            if !isQuoted, letter == ";" || letter == "," {
                parameters.append(rest[start..<place])
                start = rest.index(after: place)
                if letter == "," { break }
            }
            place = rest.index(after: place)
        }
        if place == rest.endIndex, start <= place { parameters.append(rest[start..<place]) }
        rest = rest[place...]
        return parameters
    }
}
