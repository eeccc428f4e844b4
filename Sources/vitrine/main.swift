import ArgumentParser
import Glibc

// A pipe whose reader has gone is told by write, not by a signal that kills.
signal(SIGPIPE, SIG_IGN)

do {
    var command = try Vitrine.parseAsRoot()
    try command.run()
} catch let failure as CommandFailure {
    Output.complain(failure.description)
    exit(failure.status.rawValue)
} catch {
    let code = Vitrine.exitCode(for: error)
    let message = Vitrine.fullMessage(for: error)
    guard code != .success else {
        Output.line(message)
        exit(ExitStatus.done.rawValue)
    }
    Output.usage(message)
    exit(ExitStatus.usage.rawValue)
}
