import ArgumentParser
import Glibc
import ShowServer

/// What is taken from whom; the defaults are those of `Limits`.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What a request's body holds at most.", valueName: "bytes"))
    var maxBody = Limits().bodyBytes

    @Option(help: ArgumentHelp("What a request's first line and header fields hold at most.", valueName: "bytes"))
    var maxHeaders = Limits().headerBytes

    @Option(help: ArgumentHelp("Connections that are open at once; more wait.", valueName: "number"))
    var connections = Limits().connections

    @Option(
        help: ArgumentHelp(
            "Connections from one address; more are refused with 503. 0: any number, here and below.",
            valueName: "number"))
    var connectionsPerClient = Limits().connectionsPerClient ?? 0

    @Option(help: ArgumentHelp("Requests from one address in ten seconds; more: 429.", valueName: "number"))
    var requestsPerClient = Limits().requestsPerClient?.count ?? 0

    @Option(help: ArgumentHelp("Guests' accounts opened from one address in a minute.", valueName: "number"))
    var guestsPerClient = Limits().guestsPerClient?.count ?? 0

    @Option(help: ArgumentHelp("Requests in an account's name in ten seconds.", valueName: "number"))
    var requestsPerAccount = Limits().requestsPerAccount?.count ?? 0

    @Option(help: ArgumentHelp("Chat messages from an account in ten seconds.", valueName: "number"))
    var messagesPerAccount = Limits().messagesPerAccount?.count ?? 0

    @Option(
        help: ArgumentHelp(
            "From a request's first byte to the end of its header fields; later: 408.", valueName: "seconds"))
    var headTime = Limits().headTime.seconds

    @Option(help: ArgumentHelp("From there to the end of its body; later: 408.", valueName: "seconds"))
    var bodyTime = Limits().bodyTime.seconds

    @Option(help: ArgumentHelp("From there until its answer has been taken.", valueName: "seconds"))
    var answerTime = Limits().answerTime.seconds

    @Option(help: ArgumentHelp("How long a connection may lie idle.", valueName: "seconds"))
    var idleTime = Limits().idleTime.seconds

    @Flag(
        help: """
            Everybody comes through a proxy of yours, which appends the client's address to X-Forwarded-For; \
            the proxy bounds connections itself.
            """)
    var behindProxy = false

    func validate() throws {
        try check("--max-body", maxBody, 1024...2 * 1024 * 1024)
        try check("--max-headers", maxHeaders, 1024...1024 * 1024)
        try check("--connections", connections, 1...1_000_000)
        for (name, number) in [
            ("--connections-per-client", connectionsPerClient), ("--requests-per-client", requestsPerClient),
            ("--guests-per-client", guestsPerClient), ("--requests-per-account", requestsPerAccount),
            ("--messages-per-account", messagesPerAccount),
        ] { try check(name, number, 0...1_000_000) }
        for (name, time) in [
            ("--head-time", headTime), ("--body-time", bodyTime), ("--answer-time", answerTime),
            ("--idle-time", idleTime),
        ] where !(0.1...3600).contains(time) { throw ValidationError("\(name) is from 0.1 to 3600") }
    }

    private func check(_ name: String, _ number: Int, _ range: ClosedRange<Int>) throws {
        guard !range.contains(number) else { return }
        throw ValidationError("\(name) is from \(range.lowerBound) to \(range.upperBound)")
    }

    var limits: Limits {
        var limits = Limits()
        limits.bodyBytes = maxBody
        limits.headerBytes = maxHeaders
        limits.connections = connections
        limits.connectionsPerClient = connectionsPerClient == 0 ? nil : connectionsPerClient
        limits.requestsPerClient = rate(requestsPerClient, in: 10)
        limits.guestsPerClient = rate(guestsPerClient, in: 60)
        limits.requestsPerAccount = rate(requestsPerAccount, in: 10)
        limits.messagesPerAccount = rate(messagesPerAccount, in: 10)
        limits.headTime = .seconds(headTime)
        limits.bodyTime = .seconds(bodyTime)
        limits.answerTime = .seconds(answerTime)
        limits.idleTime = .seconds(idleTime)
        limits.isBehindProxy = behindProxy
        return limits
    }

    private func rate(_ count: Int, in seconds: Int) -> Limits.Rate? {
        count == 0 ? nil : Limits.Rate(count, in: seconds)
    }

    /// Lets the process open as many descriptors as it may: each connection is one.
    static func raiseDescriptors() {
        var descriptors = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors) == 0 else { return }
        descriptors.rlim_cur = descriptors.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors)
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
}
