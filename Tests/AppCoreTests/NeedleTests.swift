import AppCore
import Testing
import Text

@Suite("Looking for words in text") struct NeedleTests {
    private func words(_ needle: SafeText, _ text: SafeText, asWord: Bool = false) -> [String] {
        let scalars = Array(text.string.unicodeScalars)
        return Needle(needle).ranges(in: text, asWord: asWord).map { range in
            var found = String.UnicodeScalarView()
            found.append(contentsOf: scalars[range])
            return String(found)
        }
    }

    @Test func capitalsDoNotCount() {
        #expect(words("LAMP", "a Lamp, lamps and LAMP") == ["Lamp", "lamp", "LAMP"])
        #expect(words("straße", "STRASSE Straße") == ["Straße"])
        #expect(words("ä", "Ärger, Käse") == ["Ä", "ä"])
        #expect(words("aa", "aaaa") == ["aa", "aa"])
        #expect(words("", "text").isEmpty && words("text", "").isEmpty)
    }

    @Test func wordsStandAlone() {
        #expect(words("ass", "class ass, assets; ASS!", asWord: true) == ["ass", "ASS"])
        #expect(words("@ana", "@ana @anabel mail@ana", asWord: true) == ["@ana", "@ana"])
        #expect(words("guest-1", "guest-1 guest-12", asWord: true) == ["guest-1"])
    }

    @Test("Scripts without spaces have no ends of words") func ideographs() {
        #expect(words("颜色", "这个颜色好看", asWord: true) == ["颜色"])
        #expect(words("🔥", "a🔥🔥b", asWord: true) == ["🔥", "🔥"])
    }

    @Test func oneOfSeveralTextsIsEnough() {
        #expect(Needle("jo").matches("Ruth & Jo", "x") && Needle("").matches("x") && !Needle("y").matches("x"))
    }
}

@Suite("Links in messages") struct LinkTests {
    private func links(_ text: SafeText) -> [String] { Link.all(in: text).map(\.address.string) }

    @Test func whatIsALink() {
        #expect(links("see https://a.example/x?y=1#z.") == ["https://a.example/x?y=1#z"])
        #expect(links("(http://a.example) and https://b.example!") == ["http://a.example", "https://b.example"])
        #expect(links("https://a.example/wiki/Lamp_(light), yes") == ["https://a.example/wiki/Lamp_(light)"])
        #expect(links("看https://a.example/这个") == ["https://a.example/"])
        #expect(links("https://127.0.0.1:8080/x") == ["https://127.0.0.1:8080/x"])
    }

    @Test("What is another thing than it looks like is none") func disguises() {
        for text in [
            "https://shop.example@evil.example/", "https://shop.exаmple/pay", "javascript://x", "ftp://a.example",
            "https://", "https:///x", "xhttps://a.example", "https://a.example\\@evil.example",
        ] as [SafeText] {
            #expect(links(text).isEmpty, "\(text)")
        }
    }

    @Test func itsPlaceIsInScalars() {
        let link = Link.all(in: "李雷 e\u{301} https://a.example x").first
        #expect(link?.range == 6..<23)
    }
}
