import TerminalKit
import Testing

@testable import NcursesTerminal

@Suite struct ColorQuantizerTests {
    private func index(_ color: Color, of colors: Int) -> Int32 { ColorQuantizer(colors: colors).index(color).index }

    @Test(arguments: [0, 1, 2, 8, 16, 256, 0x100_0000]) func theDefaultStaysTheDefault(colors: Int) {
        #expect(index(.default, of: colors) == -1)
    }

    @Test func aTerminalWithoutColoursGetsNone() {
        #expect(index(.rgb(255, 0, 0), of: 0) == -1)
        #expect(index(.ansi(3), of: -1) == -1)
    }

    @Test func the256AreFoundNearest() {
        #expect(index(.rgb(255, 0, 0), of: 256) == 196)
        #expect(index(.rgb(0, 0, 0), of: 256) == 16)
        #expect(index(.rgb(95, 135, 175), of: 256) == 67)
        #expect(index(.rgb(128, 128, 128), of: 256) == 244)
        #expect(index(.rgb(255, 255, 255), of: 256) == 231)
        #expect(index(.indexed(200), of: 256) == 200)
        #expect(index(.ansi(12), of: 256) == 12)
    }

    @Test func sixteenAndEight() {
        #expect(index(.rgb(250, 10, 10), of: 16) == 9)
        #expect(index(.indexed(46), of: 16) == 10)
        #expect(ColorQuantizer(colors: 8).index(.ansi(12)) == .init(index: 4, isBrightened: true))
        #expect((0..<8).contains(index(.rgb(1, 2, 3), of: 8)))
        #expect(index(.indexed(240), of: 8) >= 0)
    }

    @Test func directColourKeepsTheColour() {
        #expect(index(.rgb(0x12, 0x34, 0x56), of: 0x100_0000) == 0x123456)
        #expect(index(.ansi(1), of: 0x100_0000) == 1)
        #expect(index(.ansi(9), of: 0x100_0000) == 0xFF0000)
    }

    @Test func everyColourHasANumberInRange() {
        for colors in [8, 16, 88, 256] {
            for value in 0...255 {
                let value = UInt8(value)
                for color in [Color.ansi(value), .indexed(value), .rgb(value, 255 - value, value / 2)] {
                    #expect((-1..<Int32(colors)).contains(index(color, of: colors)))
                }
            }
        }
    }

    /// Text that a theme's author could read on its background can be read on what both become.
    @Test(arguments: [8, 16, 256]) func whatCouldBeReadStillCan(colors: Int) {
        let quantizer = ColorQuantizer(colors: colors)
        var random = SplitMix(state: 41)
        func brightness(_ number: Int32) -> Int {
            let found = XtermPalette.color(UInt8(number))
            return (299 * Int(found.red) + 587 * Int(found.green) + 114 * Int(found.blue)) / 1000
        }
        for _ in 0..<4000 {
            let channels = (0..<6).map { _ in UInt8(random.next(256)) }
            let ink = Color.rgb(channels[0], channels[1], channels[2])
            let paper = Color.rgb(channels[3], channels[4], channels[5])
            let found = quantizer.pair(Style(foreground: ink, background: paper))
            let difference = abs(brightness(found.foreground.index) - brightness(found.background.index))
            #expect(difference >= 100, "\(channels)")
        }
        // The terminal's own are left alone, whatever they look like.
        let own = quantizer.pair(Style(foreground: .ansi(4), background: .ansi(0)))
        #expect(own.foreground.index == 4 && own.background.index == 0)
    }
}
