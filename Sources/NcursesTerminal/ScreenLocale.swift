import Glibc

enum ScreenLocale {
    /// The user's character set where it is UTF-8, and otherwise UTF-8 all the same: it is what we draw.
    static func choose() {
        setlocale(LC_CTYPE, "")
        guard !isUTF8 else { return }
        setlocale(LC_CTYPE, "C.UTF-8")
    }

    private static var isUTF8: Bool {
        guard let name = nl_langinfo(Int32(CODESET)) else { return false }
        return strcmp(name, "UTF-8") == 0
    }
}
