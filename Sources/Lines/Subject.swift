/// Subject of a failure, which begins its line: `the shows: no connection`, `MV-101: no such product`.
package struct Subject: ExpressibleByStringInterpolation, CustomStringConvertible, Sendable {
    package let description: String
    /// It is nothing but a name, which no sentence changes.
    let isName: Bool

    package init(stringLiteral words: String) { self.init(words) }

    package init(_ words: String) {
        description = words
        isName = false
    }

    private init(name: String) {
        description = name
        isName = true
    }

    package static func name(_ name: String) -> Subject { Subject(name: name) }
}
