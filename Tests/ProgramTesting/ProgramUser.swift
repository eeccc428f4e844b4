import FoundationEssentials
import Testing

/// Somebody with a home of their own, in which everything that `vitrine` keeps for them lies: one who starts the program, or
/// one who has it run in the test's process.
package protocol ProgramUser: AnyObject {
    var home: TemporaryFolder { get }
    /// Server that every command is given; nil gives none.
    var server: String? { get set }
    /// Variables of its own, over the others.
    var more: [String: String] { get set }

    /// Runs a command to its end.
    /// - Parameter input: text that is piped into it, as much as a pipe holds.
    func run(_ arguments: [String], input: String) throws -> Outcome
}

/// End of a run of the program.
package enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
}

/// All that came of a command.
package struct Outcome: Sendable {
    package let ending: Ending
    package let output: String
    package let errors: String

    package init(ending: Ending, output: String, errors: String) {
        self.ending = ending
        self.output = output
        self.errors = errors
    }

    package var status: Int32 { if case .exit(let status) = ending { status } else { -1 } }
    /// The errors without the line's end; several lines stay several.
    package var complaint: String { errors.hasSuffix("\n") ? String(errors.dropLast()) : errors }
}

extension ProgramUser {
    /// Variables that the program finds: the one place that pins terminal, language, time zone and folders.
    package var variables: [String: String] {
        let folders = ["CONFIG_HOME": "config", "DATA_HOME": "data", "STATE_HOME": "state", "CACHE_HOME": "cache"]
        var variables = [
            "HOME": home.path, "TERM": "xterm-256color", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
        ]
        for (name, folder) in folders { variables["XDG_" + name] = home.path + "/" + folder }
        if let server { variables["VITRINE_SERVER"] = server }
        return variables.merging(more) { _, own in own }
    }

    package var database: String { home.path + "/data/vitrine/vitrine.sqlite" }

    package func run(_ arguments: String...) throws -> Outcome { try run(arguments, input: "") }

    package func run(_ arguments: [String]) throws -> Outcome { try run(arguments, input: "") }

    /// Writes a file below the home folder and returns its path.
    package func write(_ text: String, to name: String) throws -> String {
        let url = URL(filePath: home.path + "/" + name)
        try FileManager.default.createDirectory(
            atPath: url.deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    /// As `vitrine address` is told.
    package func tellAddress() throws -> Outcome {
        try run(
            "address", "--first-name", "Ana", "--last-name", "Lopez", "--street", "1 Main Street", "--city", "Oakland",
            "--state", "CA", "--postcode", "94607", "--country", "us", "--email", "ana@example.org")
    }

    /// A variant of which there are as many as `stock`.
    package func variant(stock: ClosedRange<Int> = 5...1000) throws -> ProductShape.Variant {
        let products = try run("products", "--json").decode(List<ProductShape>.self).items
        return try #require(products.flatMap(\.variants).first { stock.contains($0.stock ?? 0) })
    }

    /// Arguments that buy one of something in stock.
    package func purchase() throws -> [String] {
        let variant = try variant()
        return ["buy", variant.sku, "--max-total", "99999.00".suffixed(for: variant.price), "--yes"]
    }

    /// Makes servers of ours the channels of these names.
    package func addChannels(_ servers: [(name: String, origin: String)]) throws {
        for (name, origin) in servers {
            let added = try run("channel", "add", origin + "/", "--name", name)
            #expect(added.status == 0, "\(added.complaint)")
            #expect(added.output.hasPrefix("\(name)  a Vitrine server at \(origin)\n"))
        }
    }
}

extension String {
    /// The amount that the dialogue's last question asks for.
    package var totalToType: String {
        get throws {
            let start = try #require(ranges(of: "‘buy for ").last).upperBound
            return String(self[start...].prefix { $0 != "’" })
        }
    }
}
