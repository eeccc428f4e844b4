import LiveAPI
import Text

/// The names that somebody may choose. Whoever reads a chat goes by names: none may be taken for that of a host or a
/// moderator, say that it is one, or hold a sign that viewers draw beside those who are.
struct NameRules: Sendable {
    /// Why a name is refused, as a sentence for whoever chose it.
    enum Refusal: String, Error, Sendable {
        case length = "A name has 1 to 40 characters."
        case sign = "A name has letters, numbers, spaces, dots, dashes, apostrophes and emoji."
        case guest = "A name does not begin as those of guests do."
        case role = "A name does not say that you are a host, a moderator or somebody of the shop."
        case taken = "This name looks like that of a host or a moderator."
    }

    /// Skeletons of hosts and moderators; a long one is looked for inside of names too.
    private var taken: Set<Skeleton> = []
    private var within: Set<Skeleton> = []

    /// - Parameters:
    ///   - hosts: as they are shown.
    ///   - moderators: the same.
    init(hosts: some Sequence<String>, moderators: some Sequence<String>) {
        for name in hosts { protect(name, inside: true) }
        for name in moderators { protect(name, inside: false) }
    }

    private mutating func protect(_ name: String, inside: Bool) {
        // Who writes a name in two scripts writes it twice: the first one alone is the whole name.
        for form in [name, Self.firstScript(of: name)].compactMap({ $0 }) {
            let looks = Skeleton.all(form)
            taken.formUnion(looks)
            if inside { within.formUnion(looks.filter(Self.isLong)) }
        }
    }

    /// Long enough to be no part of other names by chance.
    private static func isLong(_ look: Skeleton) -> Bool {
        look.text.count >= (look.text.utf8.allSatisfy { $0 < 0x80 } ? 6 : 4)
    }

    private static func firstScript(of name: String) -> String? {
        let first = name.unicodeScalars.prefix { !$0.isASCII || !$0.isLetterOrNumber }
        let rest = name.unicodeScalars.dropFirst(first.count)
        let letters = first.count { $0.isLetterOrNumber }
        return letters > 1 && rest.contains { $0.isLetterOrNumber } ? String(String.UnicodeScalarView(first)) : nil
    }

    /// The name as it is kept: one line of visible text, with single spaces.
    func checked(_ typed: String) throws(Refusal) -> String {
        guard typed.utf8.count <= 4 * WireLimits.nameCharacters else { throw .length }
        let name = SafeText(typed).string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty, name.count <= WireLimits.nameCharacters else { throw .length }
        try check(name)
        return name
    }

    /// Looks at a name that is kept already, which may be from before a rule or a host.
    func check(_ name: String) throws(Refusal) {
        guard name.allSatisfy(Self.isAllowed), name.unicodeScalars.contains(where: \.isLetterOrNumber) else {
            throw .sign
        }
        let words = Self.words(of: name)
        guard words.first.map({ !Skeleton.all($0).contains(Self.guest) }) ?? true else { throw .guest }
        for word in words where !Skeleton.all(word).isDisjoint(with: Self.roles) { throw .role }
        // Numbers before and behind a name change nobody's mind about whose it is.
        let looks = [name, words.joined()].reduce(into: Set<Skeleton>()) { $0.formUnion(Skeleton.all($1)) }
        guard looks.isDisjoint(with: taken) else { throw .taken }
        for look in looks { for form in within where look.text.contains(form.text) { throw .taken } }
    }

    // MARK: Parts of names

    /// Words between signs and spaces, without the numbers around them. Single letters that follow each other are one word.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var isSpelt = false
        for part in name.split(whereSeparator: { !$0.unicodeScalars.contains(where: \.isLetterOrNumber) }) {
            let word = part.trimmed { $0.isNumber }
            guard !word.isEmpty else { continue }
            if word.count == 1, isSpelt, let last = words.popLast() {
                words.append(last + word)
            } else {
                words.append(String(word))
            }
            isSpelt = word.count == 1
        }
        return words
    }

    private static func isAllowed(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return false }
        if signs.contains(character) || first.isLetterOrNumber { return !character.isSquare }
        // An emoji by itself, or a sign that is made one; none that says that something is certified.
        let isEmoji =
            first.properties.isEmojiPresentation || first.properties.isEmoji && scalars.contains("\u{FE0F}")
        return isEmoji && !certifying.contains(first)
    }

    private static let signs: Set<Character> = [" ", ".", "-", "_", "'", "’", "·", "・"]
    private static let certifying: Set<Unicode.Scalar> = ["✅", "☑", "✔", "🛡", "🔰", "👮"]

    private static let guest = Skeleton("guest")

    /// In some languages of those who shop; in others the viewer's own mark has to do.
    private static let roles: Set<Skeleton> = Set(
        [
            "host", "hosts", "cohost", "hostess", "presenter", "moderator", "moderators", "moderation", "mod", "mods",
            "admin", "admins", "administrator", "official", "verified", "staff", "support", "team", "seller", "shop",
            "system", "vitrine", "gastgeber", "gastgeberin", "moderatorin", "offiziell", "modérateur", "modératrice",
            "animateur", "animatrice", "officiel", "moderador", "moderadora", "presentador", "presentadora",
            "oficial", "moderatore", "moderatrice", "ufficiale", "модератор", "ведущий", "админ", "モデレーター", "管理者",
            "公式", "主播", "管理员", "官方", "운영자", "진행자", "공식", "مشرف", "مضيف",
        ].flatMap(Skeleton.all))
}

extension Character {
    /// Letters in a frame, of which signs are made.
    fileprivate var isSquare: Bool { unicodeScalars.contains { (0x1F100...0x1F1FF).contains($0.value) } }
}

extension StringProtocol {
    fileprivate func trimmed(_ isOutside: (Character) -> Bool) -> SubSequence {
        let head = drop(while: isOutside)
        guard let last = head.lastIndex(where: { !isOutside($0) }) else { return head.prefix(0) }
        return head[...last]
    }
}
