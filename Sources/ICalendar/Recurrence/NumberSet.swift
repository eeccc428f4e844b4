/// A set of small numbers, of which negative ones count from the end.
struct NumberSet: Hashable {
    private var bits: [Bool] = []
    private let limit: Int
    private(set) var isEmpty = true

    /// Takes −limit…−1 and 1…limit, and 0 where it counts.
    init(limit: Int) { self.limit = limit }

    /// Nil when a number is outside; `0` where it is no place.
    init?(_ list: some StringProtocol, limit: Int, hasZero: Bool = false, isSigned: Bool = true) {
        self.init(limit: limit)
        for part in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Digits.signed(part), -limit...limit ~= number, number != 0 || hasZero,
                number >= 0 || isSigned
            else { return nil }
            insert(number)
        }
    }

    mutating func insert(_ number: Int) {
        if bits.isEmpty { bits = Array(repeating: false, count: 2 * limit + 1) }
        bits[number + limit] = true
        isEmpty = false
    }

    func contains(_ number: Int) -> Bool { !isEmpty && -limit...limit ~= number && bits[number + limit] }

    /// Whether the `number`th of `count` is in it, counted from either end.
    func contains(_ number: Int, of count: Int) -> Bool { contains(number) || contains(number - count - 1) }

    /// In order, the negative ones first.
    var sorted: [Int] { bits.indices.filter { bits[$0] }.map { $0 - limit } }
}
