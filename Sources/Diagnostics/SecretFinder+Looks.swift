/// Secrets by what they look like, wherever they stand.
extension SecretFinder {
    private static let knownBeginnings = [
        "vt_", "sk_", "pk_", "rk_", "ghp_", "gho_", "xoxb-", "xoxp-", "wc_order_", "ck_", "cs_", "shpat_", "shpss_",
    ].map { Array($0.utf8) }

    mutating func opaqueWords() -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        while start < units.count {
            guard Self.isTokenByte(units[start].byte) else {
                start += 1
                continue
            }
            var end = start
            while end < units.count, Self.isTokenByte(units[end].byte) { end += 1 }
            let word = units[start..<end].map(\.byte)
            if let scheme = credential(after: end, scheme: word) { found.append(scheme) }
            if word.starts(with: "eyJ".utf8), word.count >= 16 {
                // A JSON Web Token has three such words.
                while end < units.count, Self.isTokenByte(units[end].byte) || units[end].byte == UInt8(ascii: ".") {
                    end += 1
                }
                found.append(start..<end)
            } else if Self.looksSecret(word), !isCursor(start) {
                found.append(start..<end)
            }
            start = end
        }
        return found
    }

    private static func looksSecret(_ word: [UInt8]) -> Bool {
        if word.count >= 12, knownBeginnings.contains(where: word.starts) { return true }
        guard word.count >= 24 else { return false }
        let hasDigit = word.contains { 48...57 ~= $0 }
        let hasLower = word.contains { 97...122 ~= $0 }
        if hasDigit, hasLower, word.contains(where: { 65...90 ~= $0 }) { return true }
        return word.count >= 32 && hasDigit && word.allSatisfy { DecodedBytes.hexValue($0) != nil }
    }

    /// A list's next page is asked for by a word that opens nothing else.
    private func isCursor(_ start: Int) -> Bool {
        let name = "cursor="
        return start >= name.utf8.count
            && zip(units[(start - name.utf8.count)...], name.utf8).allSatisfy { $0.byte == $1 }
    }
}
