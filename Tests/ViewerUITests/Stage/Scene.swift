import AppCore
import Testing

/// A state of the program that has a golden screen of its name.
struct Scene: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () -> AppState

    init(_ name: String, _ make: @escaping @Sendable () -> Stage) {
        self.name = name
        self.make = { make().state }
    }

    var testDescription: String { name }

    static let all = lists + orderPages + watching + buying + payments + products + overlays + input
}
