import Diagnostics
import Foundation
import HTTPTransport
import Logging
import Synchronization
import Testing

@Suite struct LogTests {
    let folder = FileManager.default.temporaryDirectory.path + "/vitrine-log-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private var path: String { folder + "/vitrine.log" }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private func lines(_ suffix: String = "") throws -> [String] {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + suffix)), as: UTF8.self)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return text.split(separator: "\n").map(String.init)
    }

    @Test func aLineIsOneLineWithoutSecrets() throws {
        defer { remove() }
        let log = LogFile(path: path)
        log.append("one\ntwo \u{1B}[31m token=canary7")
        log.append("\u{9B}2J \u{202E}99 \u{E0041}")
        #expect(try lines() == ["one two \u{FFFD}[31m token=REMOVED", "\u{FFFD}2J 99 "])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    /// A disk that takes half a line, then nothing, then all again.
    @Test func linesThatAreLostAreSaid() throws {
        defer { remove() }
        let turns = Turns()
        let log = LogFile(path: path) { descriptor, bytes in
            switch turns.next() {
            case 2: return write(descriptor, bytes.baseAddress, 4)
            case 3:
                errno = ENOSPC
                return -1
            default: return write(descriptor, bytes.baseAddress, bytes.count)
            }
        }
        for word in ["one", "two words", "three", "four", "five"] { log.append(word) }
        #expect(try lines() == ["one", "two ", "lines lost: 2, the disk is full", "four", "five"])
    }

    @Test(arguments: ["pipe", "link", "folder"])
    func onlyAnOrdinaryFileIsWritten(_ kind: String) throws {
        defer { remove() }
        let other = folder + "/other"
        switch kind {
        case "pipe": try #require(mkfifo(path, 0o600) == 0)
        case "link": try #require(symlink(other, path) == 0)
        default: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let log = LogFile(path: path)
        log.append("one")
        #expect(!FileManager.default.fileExists(atPath: other))
    }

    private final class Turns: Sendable {
        private let count = Mutex(0)
        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    @Test func oldLinesGoInTheirOrder() throws {
        defer { remove() }
        let log = LogFile(path: path, largest: 100, generations: 2)
        for number in 0..<60 { log.append("line \(number) ........") }
        let kept = try lines(".2") + lines(".1") + lines()
        let numbers = kept.compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
        #expect(numbers.last == 59)
        #expect(numbers == Array((60 - numbers.count)..<60))
        #expect(!FileManager.default.fileExists(atPath: path + ".3"))
        for suffix in ["", ".1", ".2"] {
            let size = try FileManager.default.attributesOfItem(atPath: path + suffix)[.size] as? Int ?? .max
            #expect(size <= 100 + 20)
        }
    }

    /// As two programs: each has opened the file for itself. Nothing is lost while the generations last.
    @Test func twoWritersLoseNoLineWhileOneSetsTheFileAside() throws {
        defer { remove() }
        let (path, each) = (path, 500)
        let done = DispatchGroup()
        for writer in ["a", "b"] {
            done.enter()
            Thread.detachNewThread { [done] in
                let log = LogFile(path: path, largest: 4000, generations: 20)
                for number in 0..<each { log.append("\(writer) \(number) of a line that is long enough to tell") }
                done.leave()
            }
        }
        done.wait()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files.count > 5 && files.count <= 21, "\(files)")
        let all = try files.flatMap { try lines(String($0.dropFirst("vitrine.log".count))) }
        #expect(all.count == 2 * each)
        #expect(Set(all).count == 2 * each)
        #expect(all.allSatisfy { $0.hasSuffix("long enough to tell") })
    }

    /// A file that others have set aside is not written for ever.
    @Test func aWriterFollowsTheName() throws {
        defer { remove() }
        let log = LogFile(path: path)
        log.append("before")
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        log.append("after")
        #expect(try lines(".1") == ["before"])
        #expect(try lines() == ["after"])
    }

    @Test func aLinkIsNotFollowedAndNothingFails() throws {
        defer { remove() }
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder + "/elsewhere")
        LogFile(path: path).append("nothing")
        LogFile(path: "/proc/none/vitrine.log").append("nothing")
        #expect(!FileManager.default.fileExists(atPath: folder + "/elsewhere"))
    }

    @Test func theLevelIsTheCommandLinesThenTheEnvironments() {
        #expect(LogLevel(verbosity: 0, environment: [:]).level == .notice)
        #expect(LogLevel(verbosity: 1, environment: ["VITRINE_LOG": "error"]).level == .info)
        #expect(LogLevel(verbosity: 2, environment: [:]).level == .trace)
        let named = LogLevel(verbosity: 0, environment: ["VITRINE_LOG": "Debug"])
        #expect(named.level == .debug && named.source == "VITRINE_LOG" && named.problem == nil)
        let odd = LogLevel(verbosity: 0, environment: ["VITRINE_LOG": "loud"])
        #expect(odd.level == .notice && odd.problem?.contains("trace, debug, info") == true)
    }

    /// An address that ends like a secret's name hides nothing that comes after it.
    @Test func tellsTheStatusOfEachExchange() throws {
        defer { remove() }
        let client = HTTPClient { _, completion in
            completion(.success(HTTPResponse(status: 200, headers: HTTPHeaders(), body: Data("ok".utf8))))
            return HTTPCancellation {}
        }.logged(by: FileLog.logger(path: path, level: .debug))
        _ = client.send(HTTPRequest(.post, "https://shop.example/v1/sign-in/token")) { _ in }
        let written = try lines()
        // Other tests of this process teach the log secrets, of which the address may be one.
        #expect(written.first?.contains("POST https://shop.example") == true, "\(written)")
        #expect(written.first?.contains(" → 200, 2 bytes, ") == true, "\(written)")
    }

    @Test func aLoggerWritesWhatItsLevelAllows() throws {
        defer { remove() }
        let log = FileLog.logger(path: path, level: .info)
        log.debug("not this")
        log.info("GET https://shop.example/v1?token=canary7")
        let written = try lines()
        #expect(written.count == 1)
        #expect(written.first?.hasSuffix(" info GET https://shop.example/v1?token=REMOVED") == true)
    }
}
