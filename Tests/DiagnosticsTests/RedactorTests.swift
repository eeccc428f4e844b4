import Diagnostics
import FoundationEssentials
import HTTPTransport
import Testing

@Suite struct RedactorTests {
    /// Looks like no token: it has to be known by what stands around it.
    static let canary = "canary7"

    @Test(arguments: [
        "Authorization: Bearer \(canary)", "authorization:  Token \(canary) more \(canary)",
        "Proxy-Authorization: x \(canary)",
        "Cookie: a=b; c=\(canary)", "Set-Cookie: sid=\(canary); Path=/", "X-Api-Key: \(canary)",
        "sent Bearer \(canary).",
        "/v1/a?token=\(canary)&b=1", "?access_token=\(canary)", "?x=1&Access-Token=\(canary)#f", "?sig=\(canary)",
        "?X-Amz-Signature=\(canary)", "?key=\(canary)", "?code=\(canary)", "password = \"\(canary) with spaces\"",
        "token: '\(canary)'", "{\\\"refreshToken\\\": \\\"\(canary)\\\"}", "device_code=\(canary)",
        "user-code=\(canary)",
        "https://\(canary):pw@shop.example/x", "https://user:\(canary)@shop.example", "to \(canary)@mail.example, now",
        "http://127.0.0.1:80/checkout/\(canary)?a=b", "vt_\(canary)_abcdef",
    ])
    func eachKindOfSecretGoes(text: String) {
        let clean = Redactor.text(text)
        #expect(!clean.contains(Self.canary), "\(clean)")
        #expect(clean.contains(Redactor.mark))
        #expect(Redactor.text(clean) == clean, "once is enough")
    }

    /// The same, wrapped once and twice.
    @Test(
        arguments: [
            "token=canary7", "Authorization: Bearer canary7\nnext", "canary7@mail.example",
            "https://u:canary7@shop.example/",
            "password=\"canary7\"", "?a=b&api_key=canary7&c=d", "/checkout/canary7/x",
        ], 1...2)
    func percentEncodingHidesNothing(text: String, times: Int) {
        for isWhole in [true, false] {
            let wrapped = (0..<times).reduce(text) { text, _ in Self.encoded(text, all: isWhole) }
            let clean = Redactor.text("GET /v1/x?next=" + wrapped + "&page=2")
            for form in [Self.canary, Self.encoded(Self.canary, all: true)] {
                #expect(!clean.contains(form), "\(clean)")
            }
            #expect(clean.contains(Redactor.mark))
            #expect(clean.hasPrefix("GET /v1/x?next=") && clean.hasSuffix("&page=2"), "\(clean)")
        }
    }

    private static func encoded(_ text: String, all: Bool) -> String {
        text.utf8.map { byte in
            let isPlain = 48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte
            if isPlain, !all { return String(Unicode.Scalar(byte)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" + hex : hex)
        }.joined()
    }

    /// A separator that is part of the value does not end it.
    @Test func anEncodedSeparatorBelongsToTheValue() {
        #expect(Redactor.text("?token=one%26canary7&page=2") == "?token=REMOVED&page=2")
        #expect(Redactor.text("?%74oken=canary7&page=2") == "?%74oken=REMOVED&page=2")
        #expect(Redactor.text("?next=%2Fx%3Ftoken%3Dcanary7%26a%3D1&b=2") == "?next=%2Fx%3Ftoken%3DREMOVED%26a%3D1&b=2")
    }

    @Test func whatLooksLikeASecretGoesWhereverItStands() {
        for secret in [
            "vt_kJ8sD0aX2mQ4", "aZ09_-bY18cX27dW36eV45fU", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
            "0123456789abcdef0123456789abcdef",
        ] { #expect(Redactor.text("seen \(secret), twice") == "seen REMOVED, twice") }
    }

    @Test(arguments: [
        "GET /v1/shows/late-night-lamps/head: 200, 512 bytes, 12 ms", "100 % sure: 5 > 3 @somebody said",
        "config.toml:3: keys.dance: expected one of buy, follow", "the basic black one is back", "%", "%4", "%zz a@b",
        "order 9f3c2f5e-1c2d-4a3b-8e9f-001122334455 was placed", "/v1/shows?from=2026-11-26T04%3A00%3A00Z&state=live",
        "/v1/shows?cursor=aZ09bY18cX27dW36eV45fUaZ09bY18",
        "李雷 says 颜色 = red", "",
    ])
    func whatIsNoSecretStays(text: String) {
        #expect(Redactor.text(text) == text)
    }

    @Test func addressesLoseTheirUsersAndPagesTheirPaths() {
        #expect(Redactor.address("http://me:canary7@proxy.example:3128/") == "http://REMOVED@proxy.example:3128/")
        #expect(Redactor.address("me:can@ary7@proxy.example:3128") == "REMOVED@proxy.example:3128")
        #expect(Redactor.text("at https://me:canary7@shop.example/x") == "at https://REMOVED@shop.example/x")
        #expect(Redactor.address("https://shop.example") == "https://shop.example")
        #expect(Redactor.page("https://pay.example/s/canary7?x=canary7#canary7") == "https://pay.example/REMOVED")
    }

    // MARK: Bodies

    @Test func aBodyLosesItsSecretsAndNothingElse() {
        let body = """
            {"account":"a-1","token":"canary7", "name" : "Guest 17","list":[1,2.50,-3e4,true,null],
             "n\\u0061me":"tab\\there","deviceCode":"canary7","pin":1234567,"secret":{"deep":["canary7",7],"b":false},
             "mail":"write to canary7@mail.example","code":"sold_out","checkoutUrl":"https://pay.example/s/canary7?a=1",
             "\\u0074oken":"canary7","nextCursor":"aZ09bY18cX27dW36eV45fU","key":"key-1"}
            """
        #expect(
            Redactor.body(Data(body.utf8)) == """
                {"account":"a-1","token":"REMOVED", "name" : "Guest 17","list":[1,2.50,-3e4,true,null],
                 "n\\u0061me":"tab\\there","deviceCode":"REMOVED","pin":0,"secret":{"deep":["REMOVED",0],"b":false},
                 "mail":"write to REMOVED","code":"sold_out","checkoutUrl":"https://pay.example/REMOVED",
                 "\\u0074oken":"REMOVED","nextCursor":"aZ09bY18cX27dW36eV45fU","key":"key-1"}
                """)
    }

    @Test(arguments: [
        "{token: canary7}", "{\"token\": \"canary7", "grant_type=x&device_code=canary7", "<p>token=canary7</p>",
        "[\"a\", {\"password\":\"canary7\"}, ", "{\"a\":\"\\u12\",\"token\":\"canary7\"}",
    ])
    func whatIsNoJSONIsText(body: String) {
        let clean = Redactor.body(Data(body.utf8))
        #expect(clean?.contains("canary7") == false, "\(clean ?? "")")
    }

    @Test func whereSomebodyLivesIsLeftOut() {
        let quote = #"{"id":"q","address":{"id":"home","label":"canary7 Street 1","country":"CH"},"label":"Shipping"}"#
        #expect(
            Redactor.body(Data(quote.utf8))
                == #"{"id":"q","address":{"id":"home","label":"REMOVED","country":"CH"},"label":"Shipping"}"#)
        let list = #"{"items":[{"id":"home","label":"canary7","country":"CH"}],"nextCursor":"n"}"#
        #expect(
            Redactor.body(Data(list.utf8), about: "addresses")
                == #"{"items":[{"id":"home","label":"REMOVED","country":"CH"}],"nextCursor":"n"}"#)
        #expect(Redactor.body(Data(list.utf8), about: "shows") == list)
    }

    // MARK: By their value

    @Test func aSecretThatWasSeenUnderItsNameIsOneEverywhere() {
        #expect(Redactor.text("the word Sesame-by-name is nothing") == "the word Sesame-by-name is nothing")
        _ = Redactor.text("?token=Sesame-by-name&a=b")
        #expect(Redactor.text("the word Sesame-by-name is one") == "the word REMOVED is one")
        #expect(Redactor.text("/x/Sesame%2Dby-name/y") == "/x/REMOVED/y")
        #expect(
            Redactor.body(Data(#"{"note":"it was Sesame-by-name","n":1}"#.utf8)) == #"{"note":"it was REMOVED","n":1}"#)
    }

    /// An order's key in a field that nobody would suspect, before and after the one that has its name.
    @Test func anOrderKeyGoesFromEveryField() {
        let body = #"{"items":[{"key":"wc_order_Ab12Cd34Ef56g"}],"order_key":"ok_Zz-7x","ref":"see ok_Zz-7x!"}"#
        #expect(
            Redactor.body(Data(body.utf8))
                == #"{"items":[{"key":"REMOVED"}],"order_key":"REMOVED","ref":"see REMOVED!"}"#)
        #expect(Redactor.text("order wc_order_Ab12Cd34Ef56g was read") == "order REMOVED was read")
    }

    @Test func whatWasSentAsACredentialIsASecret() {
        var request = HTTPRequest(.get, "https://shop.example/x?accessToken=plainword1&page=2")
        request.headers.append("Authorization", "Bearer onlyletters")
        request.headers.append("Cart-Token", "t_carttoken.7")
        Redactor.learn(request)
        Redactor.learn(["Set-Cookie": "wp_sid=cookievalue; Path=/; HttpOnly; SameSite=Lax", "Nonce": "nonceword"])
        #expect(
            Redactor.text("onlyletters t_carttoken.7 plainword1 cookievalue nonceword HttpOnly SameSite")
                == "REMOVED REMOVED REMOVED REMOVED REMOVED HttpOnly SameSite")
    }

    /// What is too short, or a word like others, is a secret under its name alone.
    @Test func ordinaryWordsStay() {
        #expect(Redactor.text("password=required; pin: 12345678") == "password=REMOVED; pin: REMOVED")
        #expect(Redactor.text("a password is required for 12345678") == "a password is required for 12345678")
        #expect(Redactor.text("key=abc1") == "key=REMOVED")
        #expect(Redactor.text("abc1") == "abc1")
    }

    @Test func whatIsNoTextIsToldApart() {
        #expect(Redactor.body(Data([0xFF, 0xD8, 0xFF])) == nil)
        #expect(Redactor.body(Data()) == "")
    }
}
