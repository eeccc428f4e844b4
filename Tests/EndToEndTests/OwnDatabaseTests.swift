import Glibc
import ProgramTesting
import TestThreads
import Testing

/// `vitrine-server` on a database of its own, with no demo.
@Suite(.programs, .timeLimit(.minutes(2))) struct OwnDatabaseTests {
    /// The first lines that a server says, before it is ended.
    private func lines(_ count: Int, _ arguments: [String]) throws -> [String] {
        let (input, output) = (try Channel(), try Channel())
        let child = try Child(
            Binaries.server, ["--listen", "127.0.0.1:0", "--until-stdin-closes"] + arguments,
            environment: ["PATH": "/usr/bin:/bin"], files: [input.reading, output.writing])
        close(output.writing)
        close(input.reading)
        defer { close(output.reading) }
        var (text, byte): ([UInt8], UInt8) = ([], 0)
        while text.count(where: { $0 == UInt8(ascii: "\n") }) < count, read(output.reading, &byte, 1) == 1 {
            text.append(byte)
        }
        close(input.writing)
        #expect(try child.wait() == .exit(0))
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func itSaysHowToBegin() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/own.sqlite"
        let empty = try lines(2, ["--db", path])
        #expect(empty.first?.hasPrefix("vitrine-server listening on http://127.0.0.1:") == true)
        #expect(
            empty.last == "There is nothing in \(path) yet. For a shop with shows, begin with: --world demo")
        #expect(try lines(1, ["--db", path, "--world", "quiet"]).count == 1)
        let words = try #require(try lines(2, ["--db", path]).last)
        #expect(words.hasPrefix("It has ") && words.contains(" hosts and "), "\(words)")
        #expect(words.hasSuffix("nobody runs the shows. A demo goes on with: --world demo"), "\(words)")
    }
}
