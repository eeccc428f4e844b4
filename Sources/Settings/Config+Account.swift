extension Config {
    /// `token_command`: a program and its arguments, which no shell reads.
    static func tokenCommand(_ table: TOMLTable, _ reader: inout TOMLReader) -> [String] {
        var command: [String] = []
        for (key, value) in table.entries {
            guard key == "token_command" else {
                reader.unknown(key, value, known: ["token_command"])
                continue
            }
            guard case .array(let nodes, _) = value.value, let words = words(nodes), words.first?.isEmpty == false
            else {
                // A token that somebody has written here by mistake is not shown again.
                reader.complain(
                    value,
                    "account.token_command: expected a list of words, such as [\"pass\", \"show\", \"vitrine\"]")
                continue
            }
            command = words
        }
        return command
    }

    private static func words(_ nodes: [TOMLNode]) -> [String]? {
        var words: [String] = []
        for node in nodes {
            guard case .string(let word) = node.value, !word.utf8.contains(0) else { return nil }
            words.append(word)
        }
        return words
    }
}
