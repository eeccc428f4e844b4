import Testing
import Text

/// Text of several lines from outside.
@Suite struct SafeLinesTests {
    @Test func aLineEndIsALineAndNothingElse() {
        let text = SafeLines("one\n\ntwo\r\nthree\u{2028}four\u{1B}[2J")
        #expect(text.lines == ["one", "two", "three", "four\u{FFFD}[2J"])
        #expect(text.string == "one\ntwo\nthree\nfour\u{FFFD}[2J")
        #expect(text.oneLine == "one two three four\u{FFFD}[2J")
        #expect(SafeLines("\n \u{202E}").lines == [" "])
        #expect(SafeLines("").isEmpty && SafeLines("\n").isEmpty)
    }

    @Test func eachLineIsBrokenByItself() {
        #expect(SafeLines("aa bb\ncc").wrapped(width: 3) == ["aa", "bb", "cc"])
    }
}
