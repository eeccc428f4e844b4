import Domain
import LiveAPI
import ShopTesting
import Testing

@testable import DemoWorld
@testable import ShowServer

/// Which names somebody may choose.
@Suite struct NameRulesTests {
    private let rules = NameRules(
        hosts: Cast.demo.hosts.map(\.name), moderators: Cast.demo.hosts.map(\.moderator))

    private func refusal(_ name: String) -> NameRules.Refusal? {
        do throws(NameRules.Refusal) {
            _ = try rules.checked(name)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        "Mina Vogel", "mina vogel", "MINA  VOGEL", "Mina.Vogel", "M i n a Vogel", "Mína Vogel", "Mina Vogel 2",
        "xx Mina Vogel xx", "МINА VОGЕL", "Мinа Vоgеl", "Mina Voge1", "Mlna Vogel".replacing("l", with: "ɩ"),
        "𝐌𝐢𝐧𝐚 𝐕𝐨𝐠𝐞𝐥", "Ｍｉｎａ　Ｖｏｇｅｌ", "Ⓜina Vogel", "Mina\u{200B} Vo\u{AD}gel", "Rosa Delgado", "rosa delgado 🌶️", "高橋健太",
        "高橋健太 kenta", "ليلى حداد", "김하늘", "Kochlöffel", "kochloffel", "Αhle", "ahle_", "Ah1e 7", "نور", "TeamAmara",
    ])
    func aHostsOrModeratorsNameIsTaken(_ name: String) {
        let refusal = refusal(name)
        // What begins with a letter in a frame is no name at all.
        #expect(refusal == .taken || refusal == .sign, "\(name)")
    }

    @Test(arguments: [
        "mod Sven", "Sven mod", "Sven-mod", "Sven.Moderator", "m o d Sven", "MOD", "Mod1", "Sven mоd", "Host",
        "the host",
        "Sven Admin", "vitrine", "Shop Team", "Gastgeberin", "Official Ana", "公式", "моd Ana",
    ])
    func aNameSaysNothingOfARole(_ name: String) { #expect(refusal(name) == .role, "\(name)") }

    @Test(arguments: [
        "Sven, moderator", "▌mod Sven", "▌Sven", "Sven (host)", "[mod] Sven", "Sven ✓", "Sven ✅", "Sven ✔️", "★ Sven",
        "Sven: hello", "<b>Sven", "Sven|", "🌻🌻", "--", "Sven → all", "⚑ Sven", "🅼🅾🅳 Sven",
    ])
    func aNameHasNoSignsOfAMark(_ name: String) { #expect(refusal(name) == .sign, "\(name)") }

    @Test(arguments: [
        "Sven", "Mina", "Vogel", "Ana López", "O'Neil", "Jean-Luc", "Noura", "Layla", "Kim", "Modesta", "Hosta",
        "Adminton",
        "山田 花子", "김민준", "Ольга", "ana_k", "Max aus Bern", "Marlene 🌻", "tofu🐼", "R2D2", "42 Ana",
    ])
    func anybodyElsesNameIsTheirs(_ name: String) { #expect(refusal(name) == nil, "\(name)") }

    @Test func theDemosOwnShoppersMayHaveTheirNames() {
        for name in Lines.viewers { #expect(refusal(name) == nil, "\(name)") }
    }

    @Test(arguments: ["", "  ", "\u{200B}", String(repeating: "x", count: 41)])
    func aNameHasItsLength(_ name: String) { #expect(refusal(name) == .length) }

    @Test(arguments: ["guest-1234", "Guest 1", "ɡuest", "GUEST_7"])
    func aNameIsNoGuests(_ name: String) { #expect(refusal(name) == .guest) }

    @Test func aHostOfTheFirstDayIsProtectedToo() throws {
        let rules = NameRules(hosts: ["Ian"], moderators: [])
        #expect(throws: NameRules.Refusal.taken) { try rules.check("lan") }
        #expect(throws: NameRules.Refusal.taken) { try rules.check("1an") }
        try rules.check("Iana")
    }

    // MARK: Where names are chosen and shown

    @Test func thePageTellsWhyAndAsksAgain() async throws {
        try await Shop.open { shop in
            let device = try await shop.begin()
            let page = try await shop.allow(device, as: "Мina Vogel")
            #expect(page.status == 400)
            #expect(String(decoding: page.body, as: UTF8.self).contains("looks like that of a host"))
            #expect(try await shop.allow(device, as: "Ana").status == 200)
        }
    }

    /// An account from before the rule keeps its name, and says nothing under it.
    @Test func nobodyWritesUnderAHostsName() async throws {
        try await Shop.open { shop in
            let token = try await shop.signIn(as: "Ana").accessToken
            let show = try await shop.liveShow().show.id
            #expect(
                try await shop.send(.post, "/v1/shows/\(show)/messages", body: #"{"text":"hi"}"#, token: token).status
                    == 201)
            try await shop.rename("Ana", to: "Мina Vogel")
            let refused = try await shop.send(
                .post, "/v1/shows/\(show)/messages", body: #"{"text":"hi"}"#, token: token)
            #expect(try refused.value(403, as: Problem.self).code == "name_refused")
        }
    }
}
