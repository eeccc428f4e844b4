import FoundationEssentials

/// What strace saw of a program, in the order in which the calls began.
struct Trace {
    struct Call {
        let thread: Int
        let name: String
        /// The how-manieth of this name in its thread, from 1 on: what `when=` counts.
        let ordinal: Int
        /// With the arguments, as far as they are known when the call begins.
        var text: String
        /// nil when the call did not come back.
        var result: String?
        /// The signal that its thread got right after it.
        var signal: String?

        var isInjected: Bool { result?.contains("(INJECTED)") ?? false }
        var isDone: Bool { result.map { !$0.hasPrefix("?") && !$0.hasPrefix("-1 ") } ?? false }
        func touches(_ file: String) -> Bool { text.contains(file + ">") }
    }

    private(set) var calls: [Call] = []

    init(path: String) throws {
        let text = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        var counts: [String: Int] = [:]
        var open: [Int: Int] = [:]
        var last: [Int: Int] = [:]
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " "), let thread = Int(line[..<space]) else { continue }
            let rest = line[space...].drop { $0 == " " }
            if rest.hasPrefix("--- SIG") {
                if let index = last[thread] {
                    calls[index].signal = rest.split(separator: " ").dropFirst().first.map { String($0) }
                }
            } else if rest.hasPrefix("<... ") {
                guard let index = open.removeValue(forKey: thread) else { continue }
                calls[index].text += rest
                calls[index].result = Self.result(of: rest)
            } else if let bracket = rest.firstIndex(of: "("), !rest.hasPrefix("+++") {
                let name = String(rest[..<bracket])
                let ordinal = counts["\(thread) \(name)", default: 0] + 1
                counts["\(thread) \(name)"] = ordinal
                let isOpen = rest.hasSuffix("<unfinished ...>")
                if isOpen { open[thread] = calls.count }
                last[thread] = calls.count
                calls.append(
                    Call(
                        thread: thread, name: name, ordinal: ordinal, text: String(rest),
                        result: isOpen ? nil : Self.result(of: rest)))
            }
        }
    }

    private static func result(of line: Substring) -> String? {
        guard let sign = line.lastRange(of: " = ") else { return nil }
        return String(line[sign.upperBound...])
    }

    /// The call at which a fault struck: the first that was asked for by its name and ordinal.
    func struck(_ name: String, _ ordinal: Int) -> Int? {
        calls.firstIndex { $0.name == name && $0.ordinal == ordinal }
    }
}

extension Substring {
    fileprivate func lastRange(of text: String) -> Range<Index>? {
        var found: Range<Index>?
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            found = range
            rest = rest[range.upperBound...]
        }
        return found
    }
}
