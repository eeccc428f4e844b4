extension JSONDocument {
    /// Whether some object has two members of one name, however they are spelt. Readers disagree about which of them
    /// counts (RFC 8259 §4), so that a request with them could be read in two ways.
    var hasRepeatedName: Bool {
        nodes.indices.contains { nodes[$0].kind == .object && hasRepeatedName(object: $0) }
    }

    private func hasRepeatedName(object: Int) -> Bool {
        var names: Set<String> = []
        var index = object + 1
        while index < Int(nodes[object].next) {
            // A name that is no Unicode is none that anybody reads.
            if let name = text(of: index), !names.insert(name).inserted { return true }
            index = Int(nodes[Int(nodes[index].next)].next)
        }
        return false
    }
}
