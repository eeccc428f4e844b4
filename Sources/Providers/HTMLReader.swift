import LiveAPI

/// One pass over the bytes of a stranger's HTML.
struct HTMLReader {
    private let bytes: [UInt8]
    /// Tells whether a block is a line of its own; else a space stands between two.
    private let keepsLines: Bool
    private var place = 0
    private var output: [UInt8] = []
    private var gap = Gap.none
    /// The link that is open, with where its words begin. A link in a link ends the first, as in a browser.
    private var link: (address: String, start: Int)?
    /// The lists that are open: the number of the next item, nil where items have none.
    private var lists: [Int?] = []
    /// A cell has been read in this row of a table.
    private var hasCell = false
    /// Something to be read has been written in this line.
    private var hasText = false
    /// Only the mark of a list's item has been written in this line: a paragraph in it does not break that off.
    private var isAfterMark = false
    /// The addresses of the links, in their order.
    private(set) var addresses: [String] = []

    /// Separator between the last letter and the next.
    private enum Gap: Comparable {
        case none, space, cell, line
    }

    /// Of items without a number, by how deep their list is. Spaces would not tell: those of strangers are folded.
    private static let marks = ["•", "◦", "▪"]
    private static let mostLists = 64

    init(_ html: String, keepsLines: Bool) {
        bytes = Array(html.utf8.prefix(HTMLText.mostBytes))
        self.keepsLines = keepsLines
    }

    mutating func read() -> String {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"): readMarkup()
            case UInt8(ascii: "&"): readEntity()
            case UInt8(ascii: "["):
                if let shortcode = Shortcode(bytes, at: place) {
                    place = shortcode.hidesContent ? end(of: "[/" + shortcode.name, from: shortcode.end) : shortcode.end
                    if shortcode.hidesContent { place = end(of: "]", from: place) }
                    widen(shortcode.isBlock ? .line : .none)
                } else {
                    copyByte()
                }
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
                widen(.space)
                place += 1
            default: copyByte()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    // MARK: Letters

    private mutating func copyByte() {
        write(byte: bytes[place])
        place += 1
    }

    private mutating func readEntity() {
        // A comment whose signs somebody has written as letters is no text either.
        if starts(with: "&lt;!--") {
            place = end(of: "--&gt;", from: place + 7)
        } else if let (letters, end) = HTMLEntity.read(bytes, at: place) {
            place = end
            write(letters)
        } else {
            copyByte()
        }
    }

    private mutating func write(_ text: String) {
        for byte in text.utf8 { write(byte: byte) }
    }

    private mutating func write(byte: UInt8) {
        if gap != .none { fill() }
        (hasText, isAfterMark) = (true, false)
        output.append(byte)
    }

    private mutating func fill() {
        defer { gap = .none }
        guard !output.isEmpty else { return }
        switch gap {
        case .none: break
        case .space: if hasText || !keepsLines { output.append(UInt8(ascii: " ")) }
        case .cell: output += (keepsLines && hasText ? " | " : " ").utf8
        case .line:
            output.append(UInt8(ascii: keepsLines ? "\n" : " "))
            hasText = false
        }
    }

    private mutating func widen(_ wanted: Gap) { gap = max(gap, wanted) }

    // MARK: Markup

    private mutating func readMarkup() {
        if starts(with: "<!--") { return place = end(of: "-->", from: place + 4) }
        if starts(with: "<![CDATA[") { return place = end(of: "]]>", from: place + 9) }
        guard place + 1 < bytes.count, HTMLTag.begins(with: bytes[place + 1]),
            let tag = HTMLTag(bytes, at: place)
        else { return copyByte() }
        place = tag.end
        switch tag.name {
        case "script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "title":
            // Such an element holds no text; one that never ends holds the rest.
            if !tag.isClosing {
                place = end(of: "</" + tag.name, from: place)
                place = end(of: ">", from: place)
            }
        case "img":
            write(HTMLText.decodingEntities(tag.attribute("alt", in: bytes) ?? ""))
        case "a": tag.isClosing ? closeLink() : openLink(tag)
        case "b", "strong", "i", "em", "u", "s", "span", "small", "code", "sup", "sub", "del", "ins", "mark", "abbr",
            "wbr", "font", "bdi", "bdo", "big", "cite", "dfn", "kbd", "q", "samp", "strike", "time", "tt", "var":
            break
        case "ul", "ol": tag.isClosing ? closeList() : openList(isNumbered: tag.name == "ol")
        case "li": if tag.isClosing { widen(.line) } else { beginItem() }
        case "tr":
            widen(.line)
            hasCell = false
        case "td", "th":
            if !tag.isClosing {
                if hasCell { widen(.cell) }
                hasCell = true
            }
        case "thead", "tbody", "tfoot", "label", "button", "input", "select", "option": widen(.space)
        default:
            // A paragraph in a cell does not break the row.
            widen(hasCell && tag.name != "table" || isAfterMark ? .space : .line)
            if tag.name == "table" { hasCell = false }
        }
    }

    private mutating func openList(isNumbered: Bool) {
        widen(.line)
        if lists.count < Self.mostLists { lists.append(isNumbered ? 1 : nil) }
    }

    private mutating func closeList() {
        widen(.line)
        _ = lists.popLast()
    }

    private mutating func beginItem() {
        widen(.line)
        guard keepsLines else { return }
        var mark = Self.marks[max(0, min(lists.count, Self.marks.count) - 1)]
        if let number = lists.last ?? nil {
            mark = "\(number)."
            lists[lists.count - 1] = number + 1
        }
        write(mark)
        (gap, isAfterMark) = (.space, true)
    }

    // MARK: Links

    private mutating func openLink(_ tag: HTMLTag) {
        closeLink()
        let address = HTMLText.decodingEntities(tag.attribute("href", in: bytes) ?? "")
        link = (address, output.count)
        addresses.append(address)
    }

    private mutating func closeLink() {
        guard let link else { return }
        self.link = nil
        let isAddress = link.address.hasPrefix("https://") || link.address.hasPrefix("http://")
        guard isAddress, link.address.utf8.count <= WireLimits.linkBytes, !isWritten(link.address, from: link.start)
        else { return }
        widen(.space)
        write(link.address)
    }

    /// Tells whether the words since `start` say the address. Each letter belongs to one link and is looked at once, whatever
    /// repeats in it (the search of Knuth, Morris and Pratt).
    private func isWritten(_ address: String, from start: Int) -> Bool {
        let wanted = Array(address.utf8)
        guard !wanted.isEmpty, output.count - start >= wanted.count else { return false }
        // How much of the address still matches where the next letter does not.
        var shorter = [0]
        for place in 1..<max(1, wanted.count) {
            var length = shorter[place - 1]
            while length > 0, wanted[length] != wanted[place] { length = shorter[length - 1] }
            shorter.append(wanted[length] == wanted[place] ? length + 1 : 0)
        }
        var matched = 0
        for byte in output[start...] {
            while matched > 0, wanted[matched] != byte { matched = shorter[matched - 1] }
            if wanted[matched] == byte { matched += 1 }
            if matched == wanted.count { return true }
        }
        return false
    }

    // MARK: Places

    private func starts(with text: String) -> Bool {
        bytes[place...].prefix(text.utf8.count).elementsEqual(text.utf8)
    }

    /// The byte after the next `text`, in any case of letters; the end where there is none.
    private func end(of text: String, from start: Int) -> Int {
        let wanted = Array(text.utf8)
        guard let first = wanted.first else { return start }
        var at = start
        while at + wanted.count <= bytes.count {
            if HTMLTag.lowercase(bytes[at]) == first,
                zip(bytes[at...], wanted).allSatisfy({ HTMLTag.lowercase($0) == $1 })
            {
                return at + wanted.count
            }
            at += 1
        }
        return bytes.count
    }
}

/// A WordPress shortcode: `[gallery ids="1,2"]`, `[/vc_row]`. Words in brackets that a person may have written, such as
/// `[new]`, are none.
private struct Shortcode {
    let name: String
    /// The place behind its bracket.
    let end: Int
    /// True where code stands between it and its closing one.
    let hidesContent: Bool
    /// It stands for a part of a page.
    let isBlock: Bool

    private static let longest = 2000
    /// Those that stand without an attribute; most others have one, or an underscore.
    private static let known: Set = [
        "gallery", "caption", "embed", "playlist", "products", "row", "column", "tabs", "accordion", "divider",
        "spacer",
    ]
    private static let code: Set = ["vc_raw_html", "vc_raw_js", "et_pb_code", "raw_html", "style", "script"]

    /// - Parameter start: where the bracket is.
    init?(_ bytes: [UInt8], at start: Int) {
        var place = start + 1
        let isClosing = place < bytes.count && bytes[place] == UInt8(ascii: "/")
        if isClosing { place += 1 }
        let nameStart = place
        while place < bytes.count, place - nameStart < 40, Self.isNameByte(bytes[place]) { place += 1 }
        let name = String(decoding: bytes[nameStart..<place], as: UTF8.self)
        guard let first = name.utf8.first, 97...122 ~= first, place < bytes.count else { return nil }
        let next = bytes[place]
        guard next == UInt8(ascii: "]") || next == UInt8(ascii: "/") || next <= 0x20 else { return nil }
        guard let close = Self.close(bytes, from: place) else { return nil }
        let hasAttributes = bytes[place..<close].contains(UInt8(ascii: "="))
        let isAlone = bytes[close - 1] == UInt8(ascii: "/")
        let isWord = next == UInt8(ascii: "]")
        guard
            isClosing && isWord || hasAttributes || isAlone
                || isWord && (name.contains("_") || Self.known.contains(name))
        else { return nil }
        self.name = name
        end = close + 1
        hidesContent = !isClosing && Self.code.contains(name)
        isBlock = !["caption", "embed"].contains(name)
    }

    /// The bracket that ends it: one in quotes does not, and a shortcode holds no other.
    private static func close(_ bytes: [UInt8], from start: Int) -> Int? {
        var quote: UInt8?
        for place in start..<min(bytes.count, start + longest) {
            let byte = bytes[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "]") {
                return place
            } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "<") {
                return nil
            }
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        97...122 ~= byte || 48...57 ~= byte || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
