extension DoctorReport.Section {
    /// What is known of the database's file.
    package struct Database: Sendable, Equatable {
        package var bytes: Int
        package var mode: UInt32
        /// Steps of the schema, of those that this program knows.
        package var schema: Int
        package var newestSchema: Int
        package var synchronous: String
        /// What the integrity check said; nil when all is in order.
        package var damage: String?

        package init(
            bytes: Int, mode: UInt32, schema: Int, newestSchema: Int, synchronous: String, damage: String?
        ) {
            self.bytes = bytes
            self.mode = mode
            self.schema = schema
            self.newestSchema = newestSchema
            self.synchronous = synchronous
            self.damage = damage
        }
    }

    /// - Parameters:
    ///   - found: nil where there is no file yet, or none that can be read.
    ///   - problem: why it cannot be used, and what to do.
    package static func database(path: String, found: Database?, problem: String?) -> Self {
        var section = Self("database")
        section.fact("path", .text(path))
        if let found {
            let mode = String(found.mode, radix: 8)
            section.fact("bytes", .number(found.bytes))
            section.fact("mode", .text(mode))
            section.fact("schema", .number(found.schema))
            section.fact("synchronous", .text(found.synchronous))
            section.fact("intact", .flag(found.damage == nil))
            section.say(path)
            section.say(
                "\(size(found.bytes)), mode \(mode), schema \(found.schema) of \(found.newestSchema), "
                    + "synchronous \(found.synchronous), \(found.damage == nil ? "intact" : "damaged")")
            if let damage = found.damage {
                section.complain("\(damage): move \(path) away to start with a new one (the shop keeps orders)")
            }
            if found.mode & 0o077 != 0 { section.complain("others can read it: say chmod 600 \(path)") }
        } else {
            section.say(problem == nil ? "\(path) is not there yet" : path)
        }
        if let problem { section.complain(problem) }
        return section
    }

    /// - Parameters:
    ///   - bytes: nil where there is no file yet.
    ///   - source: who chose the level.
    package static func log(path: String, bytes: Int?, level: String, source: String, problem: String?) -> Self {
        var section = Self("log")
        section.fact("path", .text(path))
        section.fact("bytes", bytes.map { .number($0) } ?? .none)
        section.fact("level", .text(level))
        section.fact("levelSource", .text(source))
        section.say(path)
        section.say("\(bytes.map(size) ?? "not there yet"), level \(level) (\(source))")
        if let problem { section.complain(problem) }
        return section
    }

    /// A test glyph, with the cells that the program counts for it and those that the terminal went on by.
    package struct Glyph: Sendable, Equatable {
        package var text: String
        package var expected: Int
        package var measured: Int

        package init(_ text: String, expected: Int, measured: Int) {
            self.text = text
            self.expected = expected
            self.measured = measured
        }
    }

    /// What is known of the terminal.
    package struct Terminal: Sendable, Equatable {
        package var type: String
        /// Whether curses can draw on it.
        package var isUsable: Bool
        package var columns: Int
        package var rows: Int
        package var colors: Int
        package var isTrueColor: Bool
        package var refusesColor: Bool
        /// Whether links (OSC 8), clips (OSC 52) and titles are written.
        package var hasLinks: Bool
        package var locale: String
        package var charset: String
        /// nil where it does not answer when it is asked for the cursor's place.
        package var glyphs: [Glyph]?

        package init(
            type: String, isUsable: Bool, columns: Int, rows: Int, colors: Int, isTrueColor: Bool, refusesColor: Bool,
            hasLinks: Bool, locale: String, charset: String, glyphs: [Glyph]?
        ) {
            self.type = type
            self.isUsable = isUsable
            self.columns = columns
            self.rows = rows
            self.colors = colors
            self.isTrueColor = isTrueColor
            self.refusesColor = refusesColor
            self.hasLinks = hasLinks
            self.locale = locale
            self.charset = charset
            self.glyphs = glyphs
        }
    }

    /// - Parameter found: nil where input or output is none.
    package static func terminal(_ found: Terminal?) -> Self {
        var section = Self("terminal")
        section.fact("isTerminal", .flag(found != nil))
        guard let found else {
            section.say("input or output is no terminal: not looked at")
            return section
        }
        section.fact("type", .text(found.type))
        section.fact("usable", .flag(found.isUsable))
        section.fact("columns", .number(found.columns))
        section.fact("rows", .number(found.rows))
        section.fact("colors", .number(found.colors))
        section.fact("trueColor", .flag(found.isTrueColor))
        section.fact("locale", .text(found.locale))
        section.fact("charset", .text(found.charset))
        section.fact("writesLinks", .flag(found.hasLinks))
        section.fact("answersCursorReport", .flag(found.glyphs != nil))
        let colors = found.colors > 0 ? "\(found.colors) colours" : "no colours"
        let more =
            (found.isTrueColor ? " (24 bit by COLORTERM)" : "") + (found.refusesColor ? ", refused by NO_COLOR" : "")
        section.say(
            "\(found.type.isEmpty ? "TERM is not set" : found.type), \(found.columns)x\(found.rows), \(colors)\(more), locale \(found.locale), \(found.charset)"
        )
        if found.isUsable {
            section.say(
                found.hasLinks
                    ? "links (OSC 8), clipboard (OSC 52), title: written; not known if taken"
                    : "links, clipboard, title: not written, it might print them")
        } else {
            section.complain("it cannot place text: set TERM to what it is, or use ‘vitrine --plain’")
        }
        if found.charset != "UTF-8" {
            section.complain("the locale is not UTF-8: set LANG=C.UTF-8 or another one that ‘locale -a’ lists as UTF-8")
        }
        if found.columns < 80 || found.rows < 24 {
            section.complain("the window is smaller than 80x24: make it larger, or some of each screen is left out")
        }
        measure(found.glyphs, into: &section)
        return section
    }

    private static func measure(_ glyphs: [Glyph]?, into section: inout Self) {
        guard let glyphs, !glyphs.isEmpty else { return section.say("widths of test glyphs: it does not say") }
        let wrong = glyphs.filter { $0.measured != $0.expected }
        section.fact("glyphs", .list(glyphs.map { "\($0.text) \($0.measured)" }))
        guard !wrong.isEmpty else { return section.say("widths of \(glyphs.count) test glyphs: as expected") }
        let words = wrong.map { "\($0.text) is \($0.measured) wide, expected \($0.expected)" }.joined(separator: "; ")
        section.say("widths of test glyphs: \(wrong.count) of \(glyphs.count) differ")
        section.complain("\(words): columns may be torn; set the terminal's width of ambiguous characters to narrow")
    }

    /// - Parameter found: each with what it is for, and where it is; nil where it is missing, which is no problem.
    package static func programs(_ found: [(name: String, use: String, path: String?)]) -> Self {
        var section = Self("programs")
        for program in found { section.fact(program.name, program.path.map { .text($0) } ?? .none) }
        let present = found.filter { $0.path != nil }.map(\.name)
        let missing = found.filter { $0.path == nil }.map { "\($0.name) (\($0.use))" }
        if !present.isEmpty { section.say(present.joined(separator: ", ")) }
        if !missing.isEmpty { section.say("not installed: \(missing.joined(separator: ", "))") }
        return section
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 10_240 ? "\(bytes) B" : bytes < 10_485_760 ? "\(bytes / 1024) KB" : "\(bytes / 1_048_576) MB"
    }
}
