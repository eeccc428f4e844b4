import Diagnostics
import Foundation
import Testing

@Suite struct DoctorReportTests {
    typealias Section = DoctorReport.Section

    private static let terminal = Section.Terminal(
        type: "xterm-256color", isUsable: true, columns: 120, rows: 36, colors: 256, isTrueColor: false,
        refusesColor: false, hasLinks: true, locale: "C.UTF-8", charset: "UTF-8",
        glyphs: [.init("漢", expected: 2, measured: 2), .init("●", expected: 1, measured: 1)])

    private static func healthy() -> [Section] {
        [
            .versions(program: "1.0", libraries: [("libcurl", "7.88.1"), ("SQLite", "3.40.1")]),
            .settings(file: "/c/config.toml", exists: true, problems: [], variables: []),
            .server(
                address: "https://shop.example", source: "--server",
                reach: .answered(connected: 3, firstByte: 12, secondsAhead: 1)),
            .proxy([]), .account(source: "/s/accounts", problem: nil),
            .database(
                path: "/d/v.sqlite",
                found: .init(bytes: 204_800, mode: 0o600, schema: 4, newestSchema: 4, synchronous: "FULL", damage: nil),
                problem: nil),
            .log(path: "/s/v.log", bytes: 12, level: "notice", source: "default", problem: nil),
            .terminal(terminal), .programs([("mpv", "video", "/usr/bin/mpv"), ("chafa", "pictures", nil)]),
        ]
    }

    @Test func aHealthyProgramIsOneScreen() {
        let report = DoctorReport(Self.healthy())
        #expect(report.isWell)
        #expect(
            report.text() == [
                "vitrine   1.0 · libcurl 7.88.1 · SQLite 3.40.1",
                "settings  /c/config.toml",
                "server    https://shop.example, from --server",
                "          connected in 3 ms, first byte after 12 ms, clocks agree",
                "proxy     none",
                "account   /s/accounts",
                "database  /d/v.sqlite",
                "          200 KB, mode 600, schema 4 of 4, synchronous FULL, intact",
                "log       /s/v.log",
                "          12 B, level notice (default)",
                "terminal  xterm-256color, 120x36, 256 colours, locale C.UTF-8, UTF-8",
                "          links (OSC 8), clipboard (OSC 52), title: written; not known if taken",
                "          widths of 2 test glyphs: as expected",
                "programs  mpv",
                "          not installed: chafa (pictures)",
                "", "All is well.",
            ])
    }

    @Test func eachPartOfAChannelIsToldAndEachCauseOnce() {
        let firewall = Section.Unanswered(reason: "a firewall lets no programs through")
        let section = Section.channels([
            Section.Source(
                channel: "Lamps", kind: "a WooCommerce shop", address: "https://shop.example",
                answer: .failure(firewall),
                parts: [
                    .init("the products", count: .failure(firewall)),
                    .init("the ways to pay", count: .failure(firewall)),
                ]),
            Section.Source(
                channel: "Ana", kind: "an Owncast stream", address: "https://live.example", answer: .success(12),
                parts: [
                    .init("the shows", count: .success(2)),
                    .init(
                        "the schedule at https://live.example/a.ics", count: .success(3),
                        complaints: ["2 events cannot be read and left out"]),
                    .init("the products", count: .failure(.init(reason: "no answer", isUnreachable: true))),
                ]),
        ])
        #expect(
            section.lines == [
                "Lamps, a WooCommerce shop at https://shop.example: no answer that can be used",
                "Ana, an Owncast stream at https://live.example: answers in 12 ms", "  the shows: 2",
                "  the schedule at https://live.example/a.ics: 3",
            ])
        #expect(
            section.problems == [
                "Lamps: a firewall lets no programs through",
                "Ana: the schedule at https://live.example/a.ics: 2 events cannot be read and left out",
                "Ana: the products: no answer: look at the address, the network and the proxy",
            ])
    }

    @Test func certificatesOfOnesOwnAreTold() {
        #expect(Section.certificates(path: nil, source: nil, count: nil).lines == ["the system's"])
        let good = Section.certificates(path: "/e/ca.pem", source: "SSL_CERT_FILE", count: 2)
        #expect(good.lines == ["/e/ca.pem, from SSL_CERT_FILE"] && good.problems.isEmpty)
        for count in [0, nil] as [Int?] {
            let bad = Section.certificates(path: "/e/ca.pem", source: "config.toml", count: count)
            #expect(bad.problems.count == 1 && bad.problems[0].contains("/e/ca.pem"))
        }
    }

    @Test(arguments: [
        Section.versions(program: "1", libraries: [("libcurl", nil)]),
        .settings(file: "c", exists: true, problems: ["c:3: expected a text"], variables: []),
        .server(address: nil, source: "", reach: nil),
        .server(address: "https://s.example", source: "c", reach: .failed("the server cannot be reached")),
        .server(address: "https://s.example", source: "c", reach: .notUnderstood("status 200: no JSON")),
        .server(
            address: "https://s.example", source: "c",
            reach: .answered(connected: 1, firstByte: 1, secondsAhead: -86_400)),
        .account(source: nil, problem: "a: it can be read by others; say chmod 600 a"),
        .database(path: "d", found: nil, problem: "d is damaged; move it away"),
        .database(
            path: "d",
            found: .init(bytes: 1, mode: 0o644, schema: 4, newestSchema: 4, synchronous: "FULL", damage: nil),
            problem: nil),
        .database(
            path: "d",
            found: .init(bytes: 1, mode: 0o600, schema: 4, newestSchema: 4, synchronous: "FULL", damage: "page 3"),
            problem: nil),
        .log(path: "l", bytes: nil, level: "notice", source: "default", problem: "VITRINE_LOG: expected one of trace"),
        .terminal(with { $0.isUsable = false }), .terminal(with { $0.charset = "ANSI_X3.4-1968" }),
        .terminal(with { $0.columns = 60 }),
        .terminal(with { $0.glyphs = [.init("●", expected: 1, measured: 2)] }),
    ])
    func eachProblemIsOneLineThatSaysWhatToDo(section: Section) {
        #expect(section.problems.count == 1, "\(section.problems)")
        #expect(!section.lines.isEmpty)
        let report = DoctorReport([section])
        #expect(!report.isWell)
        #expect(report.text().last?.hasPrefix("! \(section.name): ") == true)
        // A reason, and after it what to do.
        #expect(section.problems.allSatisfy { $0.contains(where: { ":;".contains($0) }) })
    }

    private static func with(_ change: (inout Section.Terminal) -> Void) -> Section.Terminal {
        var terminal = terminal
        change(&terminal)
        return terminal
    }

    @Test func whatIsNoProblemIsNone() {
        for section in [
            Section.terminal(nil), .terminal(Self.with { $0.glyphs = nil }), .programs([("mpv", "video", nil)]),
            .account(source: nil, problem: nil), .database(path: "d", found: nil, problem: nil),
            .settings(file: "c", exists: false, problems: [], variables: ["NO_COLOR"]),
            .server(
                address: "https://s.example", source: "c",
                reach: .answered(connected: 1, firstByte: 1, secondsAhead: 30)),
        ] { #expect(section.problems.isEmpty && !section.lines.isEmpty, "\(section)") }
    }

    @Test func longLinesBreakBetweenWords() {
        let path = "/a/path/that/is/longer/than/the/line"
        let report = DoctorReport([.database(path: path, found: nil, problem: "\(path) is damaged; move it away")])
        #expect(
            report.text(columns: 30) == [
                "database  \(path)", "", "! database:", "  \(path)", "  is damaged; move it away",
            ])
    }

    @Test func programsReadTheSame() throws {
        let data = try JSONEncoder().encode(DoctorReport(Self.healthy()))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(json["ok"] as? Bool == true)
        #expect((json["problems"] as? [Any])?.isEmpty == true)
        let server = try #require(json["server"] as? [String: Any])
        #expect(server["address"] as? String == "https://shop.example" && server["firstByteMs"] as? Int == 12)
        let terminal = try #require(json["terminal"] as? [String: Any])
        #expect(terminal["glyphs"] as? [String] == ["漢 2", "● 1"])
        #expect((json["programs"] as? [String: Any])?["chafa"] is NSNull)
    }

    @Test func noSecretComesThrough() throws {
        let canary = "canary7"
        let report = DoctorReport([
            .settings(file: "c", exists: true, problems: ["c:1: \"token = \(canary)\" is unknown"], variables: []),
            .server(
                address: "https://me:\(canary)@shop.example", source: "--server",
                reach: .failed("Authorization: Bearer \(canary)")),
            .proxy([("https_proxy", "http://me:\(canary)@p.example:1"), ("all_proxy", "me:\(canary)@p.example:1")]),
            .account(source: "token=\(canary)", problem: "password: \(canary)"),
        ])
        let all = report.text().joined() + String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        #expect(!all.contains(canary), "\(all)")
    }
}
