import FoundationEssentials
import Hummingbird

/// A page for a browser: HTML that works without JavaScript, and that no other page may frame or send forms to.
struct WebPage {
    var title: String
    /// HTML, with every text from outside `escaped`.
    var body: String

    func answer(_ status: HTTPResponse.Status = .ok) -> Answer {
        let page = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title)) – Vitrine demo shop</title>
            <style>\(Self.style)</style></head>
            <body><main><h1>\(Self.escaped(title))</h1>
            \(body)
            </main><footer>A demo shop: no money moves.</footer></body></html>

            """
        return Answer(status, bytes: page.utf8, mediaType: "text/html; charset=utf-8")
            .with(.contentSecurityPolicy, Self.policy)
            // A form's request then still names its origin, which a stricter one would keep from us.
            .with(.named("Referrer-Policy"), "same-origin")
            .with(.named("Cross-Origin-Opener-Policy"), "same-origin")
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// The style by its hash: whatever else got into the page is not applied.
    private static let policy =
        "default-src 'none'; style-src 'sha256-\(Data(Digest.sha256(style.utf8)).base64EncodedString())'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    /// Contrast at least 7 to 1, in the dark too; nothing is told by colour alone.
    private static let style = """
        :root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--dim:#4a4a52;--line:#75757f;--act:#0b4f8a;--on:#fff;--bad:#8f1414}
        @media (prefers-color-scheme:dark){:root{--ink:#f2f2f5;--paper:#16161a;--dim:#c3c3cb;--line:#8d8d97;--act:#9dcbff;\
        --on:#10101a;--bad:#ffb3b3}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.5 system-ui,sans-serif}
        main,footer{max-width:32rem;margin:0 auto;padding:1.5rem 1.25rem}
        footer{color:var(--dim);font-size:1rem}
        h1{font-size:1.75rem;line-height:1.25;margin:1rem 0}
        label{display:block;font-weight:600;margin-top:1.25rem}
        .hint{margin:.25rem 0 .5rem;color:var(--dim)}
        .bad{border-left:.3rem solid var(--bad);padding:.25rem .75rem;color:var(--bad);font-weight:600}
        .code{font:600 1.75rem/1.4 ui-monospace,monospace;letter-spacing:.08em}
        input{font:inherit;width:100%;padding:.6rem .75rem;color:inherit;background:transparent;border:2px solid var(--line);\
        border-radius:.4rem}
        input[name=user_code]{font-family:ui-monospace,monospace;letter-spacing:.08em;text-transform:uppercase}
        .acts{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
        button{font:inherit;font-weight:600;padding:.65rem 1.4rem;border:2px solid var(--act);border-radius:.4rem;\
        background:var(--act);color:var(--on);cursor:pointer}
        button.plain{background:transparent;color:var(--act)}
        :focus-visible{outline:3px solid var(--act);outline-offset:3px}
        """
}

extension Request {
    /// Whether a form may act for whoever sends it: one of another site's page may not.
    var comesFromOwnPage: Bool {
        // Not to be had from a page's script; browsers of the last years send it.
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = headers[name] { return site == "same-origin" }
        guard let origin = headers[.origin] else { return true }
        return origin.split(separator: "/").last.map(String.init) == head.authority
    }
}
