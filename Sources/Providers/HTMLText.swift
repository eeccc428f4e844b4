import LiveAPI
import Text

/// The text that a person reads of a stranger's HTML: no tags, no code, entities as the letters that they stand for. It
/// reads each byte once and refuses nothing: what is no markup stays as it is.
package enum HTMLText {
    /// More than any description is read of, so that no page of markup keeps a reply waiting.
    package static let mostBytes = 65_536

    /// Text for one line.
    /// - Parameter limit: of characters in what is left.
    package static func safe(_ html: String, limit: Int) -> SafeText {
        let text = plain(html)
        return text.utf8.count <= limit ? SafeText(text) : SafeText(String(text.prefix(limit)))
    }

    /// Text of several lines: each paragraph, heading, list item and row of a table is one.
    /// - Parameter limit: of characters in what is left.
    package static func lines(_ html: String, limit: Int) -> SafeLines {
        var reader = HTMLReader(html, keepsLines: true)
        let lines = StrayCode.removed(from: reader.read().split(separator: "\n"))
        let text = lines.joined(separator: "\n")
        return text.utf8.count <= limit ? SafeLines(text) : SafeLines(String(text.prefix(limit)))
    }

    /// The text in one line, with one space where there is white space or a block ends. A picture is what stands for it
    /// (`alt`); a link's address follows its words where they do not say it.
    package static func plain(_ html: String) -> String {
        var reader = HTMLReader(html, keepsLines: false)
        return reader.read()
    }

    /// The addresses that it links to, or, where nothing in it is a link, those that stand in its text: in their order, https
    /// and http, each once.
    package static func links(_ html: String) -> [String] {
        var reader = HTMLReader(html, keepsLines: false)
        let text = reader.read()
        var links = reader.addresses
        for word in links.isEmpty ? text.split(separator: " ") : [] {
            guard let start = ["https://", "http://"].lazy.compactMap({ word.firstRange(of: $0)?.lowerBound }).first
            else { continue }
            // What ends a sentence is no part of an address in it.
            let tail = Set<Character>(".,;:!?)]}'\"”’»")
            var address = word[start...]
            while let last = address.last, tail.contains(last) { address.removeLast() }
            links.append(String(address))
        }
        var known: Set<String> = []
        return links.filter { isAddress($0) && known.insert($0).inserted }
    }

    private static func isAddress(_ text: String) -> Bool {
        text.utf8.count <= WireLimits.linkBytes && (text.hasPrefix("https://") || text.hasPrefix("http://"))
            && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }

    /// The text of something that has entities but no tags that matter, such as a shop's message.
    package static func decodingEntities(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let bytes = Array(text.utf8.prefix(mostBytes))
        var place = 0
        var output: [UInt8] = []
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "&"), let (letters, end) = HTMLEntity.read(bytes, at: place) {
                output += letters.utf8
                place = end
            } else {
                output.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
