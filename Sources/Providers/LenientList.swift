/// A list of which the elements that cannot be understood are left out, so that one odd product hides no others.
struct LenientList<Element: Decodable>: Decodable {
    private(set) var elements: [Element] = []
    /// Of all elements, also of those left out.
    private(set) var count = 0

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            count += 1
            if let element = try? container.decode(Element.self) {
                elements.append(element)
            } else {
                _ = try container.decode(Skipped.self)
            }
        }
    }

    private struct Skipped: Decodable { init(from decoder: any Decoder) throws {} }
}
