/// xterm's 256 colours, which the terminals of today share; the first sixteen are its own, and every user's differ.
package enum XtermPalette {
    package typealias Channels = (red: UInt8, green: UInt8, blue: UInt8)

    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static let basic: [Channels] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    /// A colour by its number: sixteen, then a 6×6×6 cube, then 24 greys.
    package static func color(_ number: UInt8) -> Channels {
        switch Int(number) {
        case let number where number < 16: return basic[number]
        case let number where number < 232:
            let place = number - 16
            return (levels[place / 36], levels[place / 6 % 6], levels[place % 6])
        default:
            let grey = 8 + 10 * (number - 232)
            return (grey, grey, grey)
        }
    }
}
