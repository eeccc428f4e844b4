import FoundationEssentials

extension Redactor {
    /// A request's or an answer's body: JSON member by member, anything else as text.
    /// - Parameter subject: what the whole of it is, as if it were the member of that name: `addresses`.
    /// - Returns: nil where it is no text at all.
    package static func body(_ body: Data, about subject: String? = nil) -> String? {
        guard let text = String(validating: body, as: UTF8.self) else { return nil }
        let known = SecretBook.shared.learned
        var json = JSONRedaction(Array(body), about: subject)
        let clean = json.redacted() ?? self.text(text)
        guard SecretBook.shared.learned != known else { return clean }
        // What was learned behind a place may stand before it, too.
        json = JSONRedaction(Array(body), about: subject)
        return json.redacted() ?? self.text(text)
    }
}

/// One pass over JSON that copies everything but the values which are secrets; numbers keep their digits and members
/// their order.
private struct JSONRedaction {
    private struct Container {
        let isObject: Bool
        /// Everything in it belongs to a secret member.
        let isSecret: Bool
        /// It says where somebody lives: its id and country are needed, and nothing else of it.
        let isAddress: Bool
    }

    private let bytes: [UInt8]
    private var index = 0
    private var output: [UInt8] = []
    private var containers: [Container] = []
    /// The member whose value comes next.
    private var member: String?
    private var expectsName = false

    init(_ bytes: [UInt8], about subject: String?) {
        self.bytes = bytes
        member = subject
    }

    private var isAddress: Bool {
        guard containers.last?.isAddress != true else { return true }
        let name = member.map { SecretName.plain($0.utf8) } ?? ""
        return name.hasSuffix("address") || name.hasSuffix("addresses") || name == "destination"
    }

    private var isSecret: Bool {
        containers.last?.isSecret == true || member.map { SecretName.isMember(SecretName.plain($0.utf8)) } == true
    }

    /// nil where it is no JSON: then nobody can say what belongs to which name.
    mutating func redacted() -> String? {
        guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        while index < bytes.count { guard step() else { return nil } }
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func step() -> Bool {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            containers.append(
                Container(isObject: byte == UInt8(ascii: "{"), isSecret: isSecret, isAddress: isAddress))
            expectsName = byte == UInt8(ascii: "{")
            member = nil
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            _ = containers.popLast()
            (member, expectsName) = (nil, false)
        case UInt8(ascii: ","):
            expectsName = containers.last?.isObject == true
            member = nil
        case UInt8(ascii: ":"): expectsName = false
        case 0x20, 0x09, 0x0A, 0x0D: break
        case UInt8(ascii: "-"), 48...57: return number()
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return literal()
        default: return false
        }
        output.append(byte)
        index += 1
        return true
    }

    private mutating func string() -> Bool {
        guard let end = stringEnd(), let text = Self.unescaped(bytes[(index + 1)..<end]) else { return false }
        let written: String
        if expectsName {
            member = text
            written = Redactor.text(text)
        } else {
            written = value(text)
            member = nil
        }
        if written == text { output += bytes[index...end] } else { output += Self.escaped(written) }
        index = end + 1
        return true
    }

    private func value(_ text: String) -> String {
        guard !isSecret else {
            SecretBook.shared.learn(text.utf8)
            return Redactor.mark
        }
        let name = member.map { SecretName.plain($0.utf8) } ?? ""
        if name.contains("checkout"), text.contains("://") { return Redactor.page(text) }
        if containers.last?.isAddress == true, !["id", "country", "nextcursor"].contains(name) { return Redactor.mark }
        // Words that a list goes on by; they open nothing else.
        return name == "nextcursor" ? text : Redactor.text(text)
    }

    private mutating func number() -> Bool {
        let end = bytes[index...].firstIndex { !(48...57 ~= $0 || "+-.eE".utf8.contains($0)) } ?? bytes.count
        output += isSecret ? [UInt8(ascii: "0")] : Array(bytes[index..<end])
        index = end
        member = nil
        return true
    }

    private mutating func literal() -> Bool {
        for word in ["true", "false", "null"] where bytes[index...].starts(with: word.utf8) {
            output += word.utf8
            index += word.utf8.count
            member = nil
            return true
        }
        return false
    }

    private func stringEnd() -> Int? {
        var place = index + 1
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""): return place
            case UInt8(ascii: "\\"): place += 2
            default: place += 1
            }
        }
        return nil
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        let quoted = Data([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
        return try? JSONDecoder().decode(String.self, from: quoted)
    }

    private static func escaped(_ text: String) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { Array($0) } ?? Array("\"\(Redactor.mark)\"".utf8)
    }
}
