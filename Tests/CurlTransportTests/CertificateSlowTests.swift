import Foundation
import Glibc
import HTTPTransport
import Testing

@testable import CurlTransport

/// Verification against a real TLS server. It is OpenSSL's own program; where that is missing, there is nothing to run.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: TLSServer.program)))
struct CertificateSlowTests {
    @Test func aCertificateThatNobodyKnowsIsRefused() async throws {
        try await withServer(name: "IP:127.0.0.1") { server in
            let client = CurlClient(version: "1")
            defer { client.shutdown() }
            let result = await failure(client, HTTPRequest(.get, server.url))
            #expect(result == .tls(reason: "the certificate is signed by itself"))
        }
    }

    @Test func aCertificateForAnotherHostIsRefused() async throws {
        try await withServer(name: "DNS:other.example") { server in
            let client = CurlClient(version: "1", certificates: server.certificate)
            defer { client.shutdown() }
            let result = await failure(client, HTTPRequest(.get, server.url))
            #expect(result == .tls(reason: "the certificate is for another host"))
        }
    }

    @Test(arguments: [
        ("20200101000000Z", "20200201000000Z", "the certificate has expired"),
        ("20990101000000Z", "20990201000000Z", "the certificate is not valid yet"),
    ])
    func aCertificateOutOfItsTimeIsRefused(from: String, until: String, reason: String) async throws {
        try await withServer(name: "IP:127.0.0.1", valid: (from, until)) { server in
            let client = CurlClient(version: "1", certificates: server.certificate)
            defer { client.shutdown() }
            #expect(await failure(client, HTTPRequest(.get, server.url)) == .tls(reason: reason))
        }
    }

    @Test func aCertificateThatIsTrustedIsAccepted() async throws {
        // Proves that the refusals above are about the certificate and not about the server.
        try await withServer(name: "IP:127.0.0.1") { server in
            let client = CurlClient(version: "1", certificates: server.certificate)
            defer { client.shutdown() }
            let response = try await client.client.response(to: HTTPRequest(.get, server.url))
            #expect(response.status == 200)
            #expect(response.timing.connected > .zero)
        }
    }

    @Test func aMissingFileOfCertificatesIsNamed() async throws {
        try await withServer(name: "IP:127.0.0.1") { server in
            let client = CurlClient(version: "1", certificates: server.certificate + ".missing")
            defer { client.shutdown() }
            let result = await failure(client, HTTPRequest(.get, server.url))
            #expect(result == .tls(reason: "the file of trusted certificates cannot be read"))
        }
    }

    private func withServer(
        name: String, valid: (from: String, until: String)? = nil, _ body: (TLSServer) async throws -> Void
    ) async throws {
        let server = try TLSServer(name: name, valid: valid)
        defer { server.stop() }
        try await body(server)
    }
}

private struct TLSServer {
    static let program = "/usr/bin/openssl"

    let url: String
    let certificate: String
    private let folder: URL
    private let process: Process

    struct CannotStart: Error {}

    /// - Parameters:
    ///   - name: the subject's alternative name, as OpenSSL writes it.
    ///   - valid: when its time begins and ends, as OpenSSL writes it; nil for from now on.
    init(name: String, valid: (from: String, until: String)?) throws {
        folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(component: "certificate.pem").path
        let key = folder.appending(component: "key.pem").path
        let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key]
        let subject = ["-subj", "/CN=vitrine test"]
        if let valid {
            let request = folder.appending(component: "request.pem").path
            try Self.make(["req", "-new", "-out", request] + subject + newKey)
            try Self.make(
                [
                    "ca", "-batch", "-notext", "-selfsign", "-config", Self.authority(name: name, in: folder),
                    "-extensions", "names",
                ]
                    + ["-keyfile", key, "-in", request, "-out", certificate]
                    + ["-startdate", valid.from, "-enddate", valid.until])
        } else {
            try Self.make(
                ["req", "-x509", "-days", "2", "-addext", "subjectAltName=\(name)", "-out", certificate] + subject
                    + newKey)
        }

        let server = try Self.run(["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"])
        process = server.process
        var text = ""
        var port: Substring?
        while port == nil {
            let more = server.output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw CannotStart() }
            text += String(decoding: more, as: UTF8.self)
            let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .first { $0.hasPrefix("ACCEPT 127.0.0.1:") }
            port = line?.split(separator: ":").last
        }
        url = "https://127.0.0.1:\(port ?? "")"
    }

    /// What OpenSSL wants to know of who signs: only so can a certificate's time be chosen.
    private static func authority(name: String, in folder: URL) throws -> String {
        let index = folder.appending(component: "index.txt")
        try Data().write(to: index)
        let text = """
            [ca]
            default_ca = own
            [own]
            database = \(index.path)
            new_certs_dir = \(folder.path)
            rand_serial = yes
            default_md = sha256
            policy = any
            [any]
            commonName = supplied
            [names]
            subjectAltName = \(name)
            """
        let file = folder.appending(component: "authority.cnf")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    private static func make(_ arguments: [String]) throws {
        let maker = try run(arguments)
        maker.process.waitUntilExit()
        guard maker.process.terminationStatus == 0 else { throw CannotStart() }
    }

    func stop() {
        // Not SIGTERM: a child inherits the blocked signals of the worker thread that started it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func run(_ arguments: [String]) throws -> (process: Process, output: Pipe) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, output)
    }
}
