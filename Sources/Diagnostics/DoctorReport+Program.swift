extension DoctorReport.Section {
    /// The program and the libraries that it runs on; nil for one that is not there.
    package static func versions(program: String, libraries: [(name: String, version: String?)]) -> Self {
        var section = Self("vitrine")
        section.fact("version", .text(program))
        for library in libraries { section.fact(library.name, library.version.map { .text($0) } ?? .none) }
        section.say(
            ([program] + libraries.map { "\($0.name) \($0.version ?? "missing")" }).joined(separator: " · "))
        for library in libraries where library.version == nil {
            section.complain("\(library.name) cannot be loaded: install its package")
        }
        return section
    }

    /// - Parameters:
    ///   - problems: each with file and line.
    ///   - variables: the names of those that are set and change something.
    package static func settings(file: String, exists: Bool, problems: [String], variables: [String]) -> Self {
        var section = Self("settings")
        section.fact("file", .text(file))
        section.fact("exists", .flag(exists))
        section.fact("variables", .list(variables))
        section.say(exists ? file : "\(file) is not there: the defaults")
        if !variables.isEmpty { section.say("variables set: \(variables.joined(separator: ", "))") }
        for problem in problems { section.complain("\(problem); correct that line") }
        return section
    }

    /// What came of asking the server what it is.
    package enum Reach: Sendable, Equatable {
        /// Durations in milliseconds; the clock is how far ahead this machine's is.
        case answered(connected: Int, firstByte: Int, secondsAhead: Int?)
        /// It answers, but not as a shop does.
        case notUnderstood(String)
        case failed(String)
    }

    /// A clock that is further off is told: what it says of deals and of the year of a certificate is wrong.
    static let largestClockError = 60

    /// - Parameter source: where its address was given.
    package static func server(address: String?, source: String, reach: Reach?) -> Self {
        var section = Self("server")
        section.fact("address", address.map { .text(Redactor.address($0)) } ?? .none)
        section.fact("source", address == nil ? .none : .text(source))
        guard let address else {
            section.say("none")
            section.complain(
                "none is named: say --server URL, or server = \"URL\" in config.toml, or try ‘vitrine demo’")
            return section
        }
        section.say("\(Redactor.address(address)), from \(source)")
        switch reach {
        case .answered(let connected, let firstByte, let ahead):
            section.fact("reachable", .flag(true))
            section.fact("connectMs", .number(connected))
            section.fact("firstByteMs", .number(firstByte))
            section.fact("clockAheadSeconds", ahead.map { .number($0) } ?? .none)
            section.say("connected in \(connected) ms, first byte after \(firstByte) ms, \(clockWords(ahead))")
            if let ahead, abs(ahead) > largestClockError {
                section.complain(
                    "\(clockWords(ahead)): set this machine's clock, by ‘timedatectl set-ntp true’ for instance")
            }
        case .notUnderstood(let reason):
            section.fact("reachable", .flag(true))
            section.say("it answers, but not as a shop does")
            section.complain("\(reason): look at the address, and whether a network's sign-in page stands before it")
        case .failed(let reason):
            section.fact("reachable", .flag(false))
            section.say("not reached")
            section.complain("\(reason): look at the address, the network and the proxy")
        case nil: break
        }
        return section
    }

    /// What one of the places says of itself that a channel is made of.
    package struct Source: Sendable, Equatable {
        package var channel: String
        /// Such as `an Owncast stream`.
        package var kind: String
        package var address: String
        /// How long its answer took, in milliseconds; or why there was none.
        package var answer: Result<Int, Unanswered>
        /// Further questions that it was asked.
        package var parts: [Part]

        package init(
            channel: String, kind: String, address: String, answer: Result<Int, Unanswered>, parts: [Part] = []
        ) {
            self.channel = channel
            self.kind = kind
            self.address = address
            self.answer = answer
            self.parts = parts
        }
    }

    /// One of the things that a place has: its products, its shows, a schedule's file.
    package struct Part: Sendable, Equatable {
        package var name: String
        /// Number of them.
        package var count: Result<Int, Unanswered>
        /// Parts of it that cannot be read, a line each.
        package var complaints: [String]

        package init(_ name: String, count: Result<Int, Unanswered>, complaints: [String] = []) {
            self.name = name
            self.count = count
            self.complaints = complaints
        }
    }

    package struct Unanswered: Error, Sendable, Equatable {
        package var reason: String
        /// Nobody answered at all.
        package var isUnreachable: Bool

        package init(reason: String, isUnreachable: Bool = false) {
            self.reason = reason
            self.isUnreachable = isUnreachable
        }

        fileprivate var words: String {
            isUnreachable ? "\(reason): look at the address, the network and the proxy" : reason
        }
    }

    /// The `[[channel]]`s of `config.toml`.
    package static func channels(_ sources: [Source]) -> Self {
        var section = Self("channels")
        for source in sources {
            let address = Redactor.address(source.address)
            let name = "\(source.channel), \(source.kind) at \(address)"
            switch source.answer {
            case .success(let milliseconds):
                section.fact(address, .number(milliseconds))
                section.say("\(name): answers in \(milliseconds) ms")
            case .failure(let failure):
                section.fact(address, .none)
                section.say("\(name): no answer that can be used")
                section.complain("\(source.channel): \(failure.words)")
            }
            // One cause is told once.
            var told: [String] = if case .failure(let failure) = source.answer { [failure.words] } else { [] }
            for part in source.parts { section.add(part, of: source.channel, at: address, told: &told) }
        }
        return section
    }

    private mutating func add(_ part: Part, of channel: String, at address: String, told: inout [String]) {
        switch part.count {
        case .success(let count):
            fact("\(address) \(part.name)", .number(count))
            say("  \(part.name): \(count)")
        case .failure(let failure):
            fact("\(address) \(part.name)", .none)
            guard !told.contains(failure.words) else { return }
            told.append(failure.words)
            complain("\(channel): \(part.name): \(failure.words)")
        }
        if !part.complaints.isEmpty { fact("\(address) \(part.name) left out", .list(part.complaints)) }
        for complaint in part.complaints { complain("\(channel): \(part.name): \(complaint)") }
    }

    /// - Parameters:
    ///   - path: nil where the system's are trusted alone.
    ///   - source: who has named it.
    ///   - count: how many are in the file; nil where it cannot be read.
    package static func certificates(path: String?, source: String?, count: Int?) -> Self {
        var section = Self("certificates")
        section.fact("file", path.map { .text($0) } ?? .none)
        section.fact("source", source.map { .text($0) } ?? .none)
        guard let path, let source else {
            section.say("the system's")
            return section
        }
        section.fact("count", count.map { .number($0) } ?? .none)
        section.say("\(path), from \(source)")
        switch count {
        case nil:
            section.complain("\(path) cannot be read, so that no server is trusted: mend it, or what \(source) says")
        case 0?: section.complain("\(path) holds no certificate (PEM), so that no server is trusted by it")
        default: break
        }
        return section
    }

    private static func clockWords(_ ahead: Int?) -> String {
        guard let ahead else { return "it tells no time" }
        // A reply's date is cut to the second.
        if abs(ahead) <= 2 { return "clocks agree" }
        return "this clock is \(abs(ahead)) s \(ahead > 0 ? "fast" : "slow")"
    }

    /// - Parameter variables: the proxy variables that are set; passwords do not get through.
    package static func proxy(_ variables: [(name: String, value: String)]) -> Self {
        var section = Self("proxy")
        let clean = variables.map {
            ($0.name, $0.name.lowercased() == "no_proxy" ? $0.value : Redactor.address($0.value))
        }
        for (name, value) in clean { section.fact(name, .text(value)) }
        section.say(clean.isEmpty ? "none" : clean.map { "\($0)=\($1)" }.joined(separator: " "))
        return section
    }

    /// Where the token comes from, and nothing of it.
    package static func account(source: String?, problem: String?) -> Self {
        var section = Self("account")
        section.fact("source", source.map { .text($0) } ?? .none)
        section.say(source ?? (problem == nil ? "none yet: a guest's is opened when one is needed" : "not usable"))
        if let problem { section.complain(problem) }
        return section
    }
}
