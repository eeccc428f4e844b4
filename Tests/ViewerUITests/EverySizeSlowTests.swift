import FieldOracle
import TerminalKit
import Testing

/// No size is too small, too wide or too odd for any state.
@Suite struct EverySizeSlowTests {
    @Test(arguments: Scene.all) func everySizeIsDrawnAndNothingIsTorn(scene: Scene) {
        EverySize.check(scene, EverySize.all)
    }
}

enum EverySize {
    /// Every size around the smallest, where all is tightest, and from 1×1 to 200×60 in steps that share no factor.
    static let all: [Size] =
        (39...45).flatMap { columns in (9...15).map { Size(columns: columns, rows: $0) } }
        + stride(from: 1, through: 200, by: 13).flatMap { columns in
            stride(from: 1, through: 60, by: 5).map { Size(columns: columns, rows: $0) }
        } + [Size(columns: 76, rows: 10), Size(columns: 200, rows: 60)]

    static func check(_ scene: Scene, _ sizes: [Size]) {
        let state = scene.make()
        for size in sizes {
            let frame = GoldenScreen.frame(of: state, size, theme: .terminal)
            #expect(frame.grid.size == size)
            if let torn = FieldOracle.tear(in: frame.grid) { Issue.record("\(size): half a glyph at \(torn)") }
            if let cursor = frame.grid.cursor { #expect(frame.grid.bounds.contains(cursor), "\(size)") }
            for target in frame.targets { #expect(frame.grid.bounds.intersection(target.area) == target.area) }
        }
    }
}
