import Domain

/// One value for each channel; those that nothing has been said of have the same.
package struct PerChannel<Value: Sendable>: Sendable {
    private let usual: Value
    private var values: [Value] = []

    package init(_ usual: Value) { self.usual = usual }

    package subscript(channel: Channel) -> Value {
        get { values.indices.contains(channel.index) ? values[channel.index] : usual }
        set {
            while values.count <= channel.index { values.append(usual) }
            values[channel.index] = newValue
        }
    }

    /// Looks at a channel's value in place, without a copy of it.
    func read<Result>(_ channel: Channel, _ body: (Value) -> Result) -> Result {
        values.indices.contains(channel.index) ? body(values[channel.index]) : body(usual)
    }
}

extension PerChannel: Equatable where Value: Equatable {}
