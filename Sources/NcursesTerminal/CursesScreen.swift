import CNcurses
import Glibc
import TerminalKit

/// The calls that start, size and update curses' screen.
enum CursesScreen {
    /// Starts curses writing to `file`, for a terminal of a type or, where that is nil, of TERM.
    static func start(on file: UnsafeMutablePointer<FILE>, type: String?) throws(TerminalError) -> OpaquePointer {
        let named = type ?? getenv("TERM").map { String(cString: $0) } ?? ""
        let signals = SignalDispositions()
        defer { signals.restore() }
        for candidate in [named, substitute(for: named)].compactMap({ $0 }) where !candidate.isEmpty {
            guard let screen = newterm(candidate, file, file) else { continue }
            guard Terminfo.string("cup") != nil else {
                endwin()
                delscreen(screen)
                break
            }
            return screen
        }
        throw .unusable(type: named)
    }

    /// What newer terminals behave like where their own description is not installed.
    static func substitute(for type: String) -> String? {
        if type.hasPrefix("screen") { return "screen-256color" }
        if type.hasPrefix("tmux") { return "screen-256color" }
        let families = [
            "xterm", "alacritty", "foot", "ghostty", "kitty", "konsole", "vte", "wezterm", "contour", "rio",
        ]
        return families.contains(where: type.hasPrefix) ? "xterm-256color" : nil
    }

    static func configure(_ size: Size) {
        start_color()
        use_default_colors()
        // Characters that are moved take their links along to where these do not belong.
        idcok(curses_window(), false)
        // Without this curses looks for typed keys while it draws, in a file that has none.
        typeahead(-1)
        resize(size)
        // What curses has to say first is out of its buffer before anything of ours follows.
        wnoutrefresh(curses_window())
        doupdate()
    }

    /// Lets the whole height scroll. Curses set the margins for the size it guessed at the start, and below these a
    /// line feed would scroll instead of going down. Moves the cursor to the top left corner.
    static func margins(_ size: Size) -> String {
        curses_scroll_margins(0, Int32(clamping: max(size.rows, 1) - 1)).map { String(cString: $0) } ?? ""
    }

    static func resize(_ size: Size) {
        resize_term(Int32(clamping: size.rows), Int32(clamping: size.columns))
        // Curses' window is emptied with our record of it, and whatever the terminal made of its text is drawn over.
        werase(curses_window())
        clearok(curses_physical_screen(), true)
    }

    /// Sends what has changed, and leaves the cursor where it belongs.
    static func update(cursor: Point?) {
        let window = curses_window()
        curs_set(cursor == nil ? 0 : 1)
        leaveok(window, cursor == nil)
        if let cursor { _ = curses_move(Int32(clamping: cursor.y), Int32(clamping: cursor.x)) }
        wnoutrefresh(window)
        doupdate()
    }

    /// Sends what has changed, and leaves the cursor at a place, as visible as it is.
    static func settle(at place: Point) {
        let window = curses_window()
        leaveok(window, false)
        _ = curses_move(Int32(clamping: place.y), Int32(clamping: place.x))
        wnoutrefresh(window)
        doupdate()
    }

    static func repaint() {
        clearok(curses_physical_screen(), true)
        wnoutrefresh(curses_window())
        doupdate()
    }
}

/// What INT, TERM, TSTP and WINCH did before curses took them: the viewer's loop has its own answer to each.
private struct SignalDispositions {
    private let saved: [(number: Int32, action: sigaction)]

    init() {
        saved = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH].map { number in
            var action = sigaction()
            sigaction(number, nil, &action)
            return (number, action)
        }
    }

    func restore() {
        for (number, action) in saved {
            var action = action
            sigaction(number, &action, nil)
        }
    }
}
