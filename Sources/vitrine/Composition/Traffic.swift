import ArgumentParser
import CurlTransport
import Diagnostics
import Domain
import Engine
import FoundationEssentials
import HTTPTransport
import Lines

/// Whether what is said to the shop is kept in a file, or comes from one.
struct RecordingOptions: ParsableArguments {
    @Option(help: "Keep what is asked of the server and its answers in this file, without secrets: for a report.")
    var record: String?

    @Option(help: "Take the answers from this recording instead of a server; nothing is bought.")
    var replay: String?

    func validate() throws {
        guard record == nil || replay == nil else { throw ValidationError("expected one of --record and --replay") }
    }

    /// For what would change the user's own account while no server is there to agree.
    func refuseReplay(of what: String) throws {
        guard replay == nil else { throw ValidationError("--replay: \(what) needs the server, not a recording of it") }
    }

    var source: Traffic.Source {
        if let replay { return .recording(replay) }
        return .network(recordedInto: record)
    }
}

/// What carries a session's questions: the network, the network with a recorder beside it, or a recording.
final class Traffic {
    enum Source {
        case network(recordedInto: String?)
        case recording(String)
    }

    /// The recording that stands in the network's place.
    let replayer: Replayer?
    private let recordedInto: String?
    private let curl: CurlClient
    private var recorder: Recorder?

    /// Nothing is sent or written yet.
    init(_ source: Source, on network: Network) throws {
        curl = network.client()
        switch source {
        case .network(let path): (replayer, recordedInto) = (nil, path)
        case .recording(let path):
            recordedInto = nil
            do { replayer = try Replayer(path: path) } catch { throw CommandFailure(.usage, error.description) }
        }
    }

    /// In a replay the time goes on from the recording's beginning, so that a countdown shows what it showed then.
    var clock: LoopClock { LoopClock(at: replayer.map { Timestamp(milliseconds: $0.startedAt) }) }

    /// - Parameter account: the one that is signed in.
    func client(origin: String, account: Account?, at now: Timestamp) throws -> HTTPClient {
        if let replayer { return replayer.client }
        guard let recordedInto else { return curl.client }
        let recorder: Recorder
        do {
            recorder = try Recorder(
                path: recordedInto, program: vitrineVersion, startedAt: now.milliseconds, origin: origin,
                account: account.map { ($0.id, $0.name.string) })
        } catch {
            throw CommandFailure(.usage, error.description)
        }
        self.recorder = recorder
        return recorder.client(curl.client)
    }

    func networkChanged() { curl.dropConnections() }

    func close() {
        curl.shutdown()
        if let note = recorder?.finish() { Output.complain(note) }
    }
}
