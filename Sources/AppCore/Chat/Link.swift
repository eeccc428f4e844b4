import Text

/// An address in a text, as far as it can be trusted to be what it looks like.
package struct Link: Hashable, Sendable {
    package let address: SafeText
    /// Where it stands, in scalars.
    package let range: Range<Int>

    /// The http and https addresses of a text.
    package static func all(in text: SafeText) -> [Link] {
        guard text.string.contains("://") else { return [] }
        let scalars = Array(text.string.unicodeScalars)
        var links: [Link] = []
        var start = 0
        while start < scalars.count {
            guard let link = Link(scalars, from: start) else {
                start += 1
                continue
            }
            links.append(link)
            start = link.range.upperBound
        }
        return links
    }

    private static let schemes = ["https://", "http://"].map { Array($0.unicodeScalars) }
    private static let closing: Set<Unicode.Scalar> = [".", ",", ";", ":", "!", "?", "'", ")", "]", "}", "*", "_"]

    private init?(_ scalars: [Unicode.Scalar], from start: Int) {
        let rest = scalars[start...]
        guard let scheme = Self.schemes.first(where: { rest.starts(with: $0) }),
            start == 0 || !scalars[start - 1].isASCII || !scalars[start - 1].properties.isAlphabetic
        else { return nil }
        let body = rest.dropFirst(scheme.count).prefix(while: Self.isOfAddress)
        let host = body.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // A host that goes on in another script, or stands behind somebody's name, is not the one it looks like.
        let isCutShort = host.count == body.count && body.endIndex < scalars.count && !scalars[body.endIndex].isASCII
        guard !isCutShort, host.first?.properties.isAlphabetic == true || host.first?.properties.numericType != nil,
            host.allSatisfy({ $0 != "@" && $0 != "\\" })
        else { return nil }
        var end = body.endIndex
        // A sentence's end is not the address's; a bracket is where one was opened in it.
        while let last = scalars[body.startIndex..<end].last, Self.closing.contains(last),
            last != ")" || !scalars[body.startIndex..<end].contains("(")
        {
            end -= 1
        }
        range = start..<end
        var address = String.UnicodeScalarView()
        address.append(contentsOf: scalars[range])
        self.address = SafeText(String(address))
    }

    private static func isOfAddress(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.value > 0x20 && scalar.value != 0x7F && !"<>\"`{|}^".unicodeScalars.contains(scalar)
    }
}
