import LiveAPI
import Text

/// What a person reads of a stranger's HTML: no tags, no scripts, entities as the letters that they stand for. It reads
/// each byte once and refuses nothing: what is no markup stays as it is.
package enum HTMLText {
    /// More than any description is read of, so that no page of markup keeps a reply waiting.
    private static let mostBytes = 65_536

    /// - Parameter limit: of characters in what is left.
    package static func safe(_ html: String, limit: Int) -> SafeText {
        let text = plain(html)
        return text.utf8.count <= limit ? SafeText(text) : SafeText(String(text.prefix(limit)))
    }

    /// The text, with one space where there is white space or a block ends. A picture is what stands for it (`alt`); a
    /// link's address follows its words where they do not say it.
    package static func plain(_ html: String) -> String {
        var reader = Reader(bytes: Array(html.utf8.prefix(mostBytes)))
        return reader.read()
    }

    /// The addresses that it links to, or, where nothing in it is a link, those that stand in its text: in their order, https
    /// and http, each once.
    package static func links(_ html: String) -> [String] {
        var reader = Reader(bytes: Array(html.utf8.prefix(mostBytes)))
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

/// One pass over the bytes.
private struct Reader {
    let bytes: [UInt8]
    private var place = 0
    private var output: [UInt8] = []
    private var isSpaceDue = false
    /// The addresses of the links that are open, with where their words begin.
    private var links: [(address: String, start: Int)] = []
    /// Those of the links that there were, in their order.
    private(set) var addresses: [String] = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() -> String {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"): readMarkup()
            case UInt8(ascii: "&"):
                if let (letters, end) = HTMLEntity.read(bytes, at: place) {
                    place = end
                    write(letters)
                } else {
                    write(byte: bytes[place])
                    place += 1
                }
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
                isSpaceDue = true
                place += 1
            default:
                write(byte: bytes[place])
                place += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func write(_ text: String) {
        for byte in text.utf8 { write(byte: byte) }
    }

    private mutating func write(byte: UInt8) {
        if isSpaceDue, !output.isEmpty { output.append(UInt8(ascii: " ")) }
        isSpaceDue = false
        output.append(byte)
    }

    private mutating func readMarkup() {
        if starts(with: "<!--") {
            place = end(of: "-->", from: place + 4)
            return
        }
        guard place + 1 < bytes.count, HTMLTag.begins(with: bytes[place + 1]),
            let tag = HTMLTag(bytes, at: place)
        else {
            write(byte: bytes[place])
            place += 1
            return
        }
        place = tag.end
        switch tag.name {
        case "script", "style", "template", "noscript":
            // What such an element holds is no text; one that never ends holds the rest.
            if !tag.isClosing {
                place = end(of: "</" + tag.name, from: place)
                place = end(of: ">", from: place)
            }
        case "img":
            write(HTMLText.decodingEntities(tag.attribute("alt", in: bytes) ?? ""))
        case "a": tag.isClosing ? closeLink() : openLink(tag)
        case "b", "strong", "i", "em", "u", "s", "span", "small", "code", "sup", "sub", "del", "ins", "mark", "abbr",
            "wbr", "font":
            break
        default: isSpaceDue = true
        }
    }

    private mutating func openLink(_ tag: HTMLTag) {
        let address = HTMLText.decodingEntities(tag.attribute("href", in: bytes) ?? "")
        links.append((address, output.count))
        addresses.append(address)
    }

    private mutating func closeLink() {
        guard let link = links.popLast(), link.address.hasPrefix("https://") || link.address.hasPrefix("http://"),
            !String(decoding: output[link.start...], as: UTF8.self).contains(link.address)
        else { return }
        isSpaceDue = true
        write(link.address)
    }

    private func starts(with text: String) -> Bool {
        bytes[place...].prefix(text.utf8.count).elementsEqual(text.utf8)
    }

    /// The byte after the next `text`, in any case of letters; the end where there is none.
    private func end(of text: String, from start: Int) -> Int {
        let wanted = Array(text.utf8)
        var at = start
        while at + wanted.count <= bytes.count {
            if zip(bytes[at...], wanted).allSatisfy({ HTMLTag.lowercase($0) == $1 }) { return at + wanted.count }
            at += 1
        }
        return bytes.count
    }
}
