import FoundationEssentials
import HTTPTransport
import Text

/// The body of a reply that should be JSON: the JSON in it, or what has come in its place.
struct ReplyBody {
    /// Without the byte order mark, the white space, and the comments and notices behind it that servers and caches add.
    let json: Data
    /// Why it is no JSON; nil where it may be. What a reply says of its type does not count where its bytes say more: caches
    /// send JSON as `text/html`.
    let obstacle: ReplyObstacle?

    init(_ response: HTTPResponse) {
        let body = Self.trimmed(response.body)
        json = body
        obstacle = Self.obstacle(body, response)
    }

    private static func obstacle(_ body: Data, _ response: HTTPResponse) -> ReplyObstacle? {
        if let first = body.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return nil }
        if let notice = PHPNotice(body) { return .notice(notice.kind) }
        if response.status == 401, response.headers["WWW-Authenticate"].map(asksForPassword) == true {
            return .password
        }
        if let obstacle = redirect(response) { return obstacle }
        let type = response.headers["Content-Type"]?.lowercased() ?? ""
        let isPage =
            body.first == UInt8(ascii: "<") || type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
        return ReplyPage(body, response).obstacle(isPage: isPage)
    }

    private static func asksForPassword(_ challenge: String) -> Bool {
        ["basic", "digest"].contains { challenge.lowercased().hasPrefix($0) }
    }

    /// A shop that is not open yet leads everybody to the page where its password is asked for.
    private static func redirect(_ response: HTTPResponse) -> ReplyObstacle? {
        guard (300..<400).contains(response.status), let target = response.headers["Location"] else { return nil }
        let path = target.prefix { $0 != "?" && $0 != "#" }
        return path.hasSuffix("/password") || path.hasSuffix("/wp-login.php") ? .password : nil
    }

    /// More comments than any chain of caches writes.
    private static let mostComments = 8

    private static func trimmed(_ body: Data) -> Data {
        var body = body
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = body.dropFirst(3) }
        body = body.drop(while: isBlank)
        for _ in 0..<mostComments {
            while let last = body.last, isBlank(last) { body = body.dropLast() }
            // JSON ends with a sign, a letter or a digit of its own: never so.
            guard let start = startOfTail(body) else { break }
            body = body[..<start]
        }
        return body
    }

    /// Where a comment or a notice begins that a body ends with.
    private static func startOfTail(_ body: Data) -> Data.Index? {
        if body.count >= 7, body.suffix(3).elementsEqual("-->".utf8) {
            return body.dropLast(3).lastRange(of: Data("<!--".utf8))?.lowerBound
        }
        guard body.last == UInt8(ascii: ">"), let start = body.lastRange(of: Data("<br />\n<b>".utf8)),
            start.lowerBound > body.startIndex, PHPNotice(body[start.lowerBound...]) != nil
        else { return nil }
        return start.lowerBound
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}

extension Data {
    /// The last place where this stands.
    fileprivate func lastRange(of wanted: Data) -> Range<Index>? {
        guard let first = wanted.first, count >= wanted.count else { return nil }
        var place = endIndex - wanted.count
        while place >= startIndex {
            if self[place] == first, self[place..<place + wanted.count].elementsEqual(wanted) {
                return place..<place + wanted.count
            }
            place -= 1
        }
        return nil
    }
}

/// Kinds of answers that come in the place of JSON.
enum ReplyObstacle: Hashable {
    /// A notice of the place's own program, such as `Warning`, which stands before the JSON or in its place.
    case notice(String)
    /// The page of something that lets no programs through, by its name where it says that.
    case firewall(String?)
    /// A password is asked for first.
    case password
    /// The page of a network that wants its users to sign in.
    case signInPage
    /// Some other page, or one of these that does not say so.
    case webPage

    /// Clause that names it, and who can do something about it.
    var words: SafeText {
        switch self {
        case .notice(let kind):
            "the server writes a notice (\(SafeText(kind))) before its reply, which cannot be read so: its owner has to turn such notices off (display_errors)"
        case .firewall(let name):
            "a firewall\(name.map { " (\(SafeText($0)))" } ?? "") lets no programs through: its owner has to let them in"
        case .password: "it asks for a password before it shows anything"
        case .signInPage: "the reply is a web page: it looks like a sign-in page of the network, not the shop"
        case .webPage: "the reply is a web page: not the shop's data, but perhaps a sign-in page of the network"
        }
    }
}

/// A notice that PHP writes wherever its reply stands just then: `<br />\n<b>Warning</b>:  … in <b>…</b> on line <b>3</b>`.
private struct PHPNotice {
    let kind: String

    private static let kinds = [
        "warning", "notice", "deprecated", "fatal error", "parse error", "strict standards", "recoverable fatal error",
    ]
    /// Of a body, looked at for one.
    private static let mostBytes = 4096

    init?(_ body: Data) {
        let text = String(decoding: body.prefix(Self.mostBytes), as: UTF8.self).lowercased()
        guard text.contains(" on line ") else { return nil }
        var rest = text[...]
        while let mark = ["<br />", "<br>", "<b>", "<pre>", "php ", "\n", "\r", " "].first(where: rest.hasPrefix) {
            rest = rest.dropFirst(mark.count)
        }
        guard let kind = Self.kinds.first(where: rest.hasPrefix) else { return nil }
        let after = rest.dropFirst(kind.count)
        guard after.hasPrefix(":") || after.hasPrefix("</b>:") else { return nil }
        self.kind = kind.prefix(1).uppercased() + kind.dropFirst()
    }
}

/// A page that has come in the place of JSON, looked at for whose it is.
private struct ReplyPage {
    private let text: String
    private let response: HTTPResponse

    /// Of a page, looked at.
    private static let mostBytes = 65_536

    init(_ body: Data, _ response: HTTPResponse) {
        text = String(decoding: body.prefix(Self.mostBytes), as: UTF8.self).lowercased()
        self.response = response
    }

    /// - Parameter isPage: whether it is one at all; what says its name is known by that even where it is not.
    func obstacle(isPage: Bool) -> ReplyObstacle? {
        if response.status == 511 { return .signInPage }
        if let name = firewall { return .firewall(name) }
        guard isPage else { return nil }
        if has(Self.passwords) { return .password }
        // Nobody else says no to a program with a page.
        if [403, 406].contains(response.status) { return .firewall(nil) }
        return text.contains("<form") && has(Self.signIns) ? .signInPage : .webPage
    }

    private func has(_ marks: [String]) -> Bool { marks.contains { text.contains($0) } }

    private static let passwords = [
        "name=\"post_password\"", "password_protected_pwd", "storefront_password", "id=\"loginform\"", "wp-login.php",
    ]
    /// Of a page on which something is to be filled in. A shop's own pages have a link to sign in, and none of these.
    private static let signIns = ["hotspot", "wi-fi", "wifi", "captive", "type=\"password\"", "type='password'"]

    /// Marks of a page, with whose it is.
    private static let firewalls = [
        ("cdn-cgi/challenge-platform", "Cloudflare"), ("attention required! | cloudflare", "Cloudflare"),
        ("<title>just a moment...", "Cloudflare"), ("sucuri website firewall", "Sucuri"), ("sgcaptcha", "SiteGround"),
        ("generated by wordfence", "Wordfence"), ("blocked by wordfence", "Wordfence"), ("imunify360", "Imunify360"),
        ("_incapsula_resource", "Imperva"), ("ddos-guard", "DDoS-Guard"), ("mod_security", "ModSecurity"),
    ]

    private var firewall: String? {
        let server = response.headers["Server"]?.lowercased() ?? ""
        let isNo = [403, 406, 429, 503].contains(response.status)
        if response.headers["cf-mitigated"] != nil { return "Cloudflare" }
        // It says its number alone to what it takes for a program.
        if isNo, server == "cloudflare", text.hasPrefix("error code: 10") { return "Cloudflare" }
        guard text.first == "<" else { return nil }
        if isNo, server.hasPrefix("sucuri") { return "Sucuri" }
        if isNo, server == "akamaighost" { return "Akamai" }
        return Self.firewalls.first { text.contains($0.0) }?.1
    }
}
