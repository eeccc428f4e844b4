/// Arithmetic on bytes as polynomials over GF(2), modulo x⁸ + x⁴ + x³ + x² + 1, and Reed–Solomon codes over it.
enum GaloisField {
    private static let powers: (exponential: [UInt8], logarithm: [Int]) = {
        var exponential = [UInt8](repeating: 0, count: 255)
        var logarithm = [Int](repeating: 0, count: 256)
        var value = 1
        for power in 0..<255 {
            exponential[power] = UInt8(value)
            logarithm[value] = power
            value <<= 1
            if value > 255 { value ^= 0b1_0001_1101 }
        }
        return (exponential, logarithm)
    }()

    /// The generator 2 to that power, which is 0 or more.
    static func exponential(_ power: Int) -> UInt8 { powers.exponential[power % 255] }

    static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
        a == 0 || b == 0 ? 0 : exponential(powers.logarithm[Int(a)] + powers.logarithm[Int(b)])
    }

    /// The polynomial with the roots 2⁰, 2¹, … , without its leading 1, highest power first.
    static func generator(degree: Int) -> [UInt8] {
        var generator: [UInt8] = [1]
        for root in 0..<degree {
            var next = generator + [0]
            for (place, factor) in generator.enumerated() { next[place + 1] ^= product(factor, exponential(root)) }
            generator = next
        }
        return Array(generator.dropFirst())
    }

    /// The codewords that follow `data`: what is left of it, shifted, after division by the generator.
    static func correction(of data: some Sequence<UInt8>, count: Int) -> [UInt8] {
        let generator = generator(degree: count)
        var rest = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ rest.removeFirst()
            rest.append(0)
            for place in rest.indices { rest[place] ^= product(generator[place], factor) }
        }
        return rest
    }
}
