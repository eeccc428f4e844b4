extension String {
    /// The words with a capital, and with one mark at their end.
    /// - Parameter keepsStart: whether they begin with a name, which is told as it is.
    func asSentence(keepsStart: Bool = false) -> String {
        let isEnded = last.map { ".?!…".contains($0) } ?? true
        return (keepsStart ? self : prefix(1).uppercased() + dropFirst()) + (isEnded ? "" : ".")
    }
}

extension CommandFailure {
    /// Line of the dialogue that tells it.
    var sentence: String { description.asSentence(keepsStart: beginsWithName) }
}
