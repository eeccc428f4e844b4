import Testing

@testable import HTTPTransport

@Suite struct HTTPHeadersTests {
    @Test func namesAreComparedWithoutCase() {
        let headers: HTTPHeaders = ["ETag": "\"1\"", "Set-Cookie": "a", "set-cookie": "b"]
        #expect(headers["etag"] == "\"1\"")
        #expect(headers.all("SET-COOKIE") == ["a", "b"])
        #expect(headers["etags"] == nil)
        #expect(headers["Accept"] == nil)
    }

    @Test func setReplacesAndRemoveRemoves() {
        var headers: HTTPHeaders = ["A": "1", "a": "2", "B": "3"]
        headers.set("a", "4")
        #expect(headers.all("A") == ["4"])
        headers.remove("b")
        #expect(headers["B"] == nil)
    }

    @Test(arguments: ["a\r\nX: 1", "a\nb", "a\rb", "a\0b", "\u{7F}", "\u{1B}[0m"])
    func aValueThatCouldAddAHeaderIsNeverStored(value: String) {
        var headers = HTTPHeaders()
        headers.set("Authorization", value)
        #expect(headers.fields.isEmpty)
        #expect(headers.refused == ["Authorization"])
    }

    @Test(arguments: ["", "a b", "a:b", "a\r\nb", "é"])
    func aNameThatIsNoTokenIsNeverStored(name: String) {
        var headers = HTTPHeaders()
        headers.append(name, "x")
        #expect(headers.fields.isEmpty)
        #expect(headers.refused.count == 1)
    }

    @Test func tabsAndTextBeyondAsciiAreAllowedInAValue() {
        let headers: HTTPHeaders = ["X": "a\tü"]
        #expect(headers["x"] == "a\tü")
        #expect(headers.refused.isEmpty)
    }
}
