import TerminalKit
import Text

/// Turns what the terminal sends into events: keys, pastes, mouse, focus; its answers to questions are swallowed.
///
/// A state machine over bytes, so that nothing waits: an Esc that may begin a sequence has a deadline instead, and
/// what is half received keeps its meaning whatever happens in between (docs/decisions/0005).
struct KeyDecoder {
    enum Mode { case ground, paste, string }

    /// How long an Esc waits for the rest of a sequence.
    static let escapePatience = Duration.milliseconds(25)
    /// How long the rest of anything else that has begun is waited for: a slow line may bring it byte by byte.
    static let sequencePatience = Duration.milliseconds(500)
    /// How long after an Esc that was believed to stand alone the rest of a sequence is still known for one.
    static let lateness = Duration.milliseconds(500)
    /// How long an unfinished answer of the terminal's is waited for before keys are believed again.
    static let stringPatience = Duration.seconds(1)
    static let longestPaste = 1 << 20
    /// A paste that has stopped for so long may have lost its end.
    static let pasteSilence = Duration.seconds(1)
    static let longestSequence = 128

    private let table: KeyTable
    private var pending: [UInt8] = []
    private var head = 0
    private var mode = Mode.ground
    private var pasted: [UInt8] = []
    private var lastArrival: ContinuousClock.Instant?
    private var discardsNext = false
    /// When an Esc was believed that may have been the start of a sequence.
    private var loneEscapeAt: ContinuousClock.Instant?
    /// What is pending may go on where that Esc left off.
    private var mayBeLate = false
    /// Ctrl-C was pressed in a paste that does not end.
    private var isInterrupted = false

    init(table: KeyTable = KeyTable()) { self.table = table }

    /// When `decode` must be called even if nothing arrives.
    private(set) var deadline: ContinuousClock.Instant?

    /// What was received so far shall not count, not even when the rest of it comes.
    mutating func discardUnfinished() {
        discardsNext = discardsNext || mode == .paste || head < pending.count
    }

    mutating func feed(_ bytes: some Sequence<UInt8>, now: ContinuousClock.Instant) {
        let wasQuiet = lastArrival.map { now - $0 >= Self.pasteSilence } ?? true
        let known = pending.count
        if let escape = loneEscapeAt {
            mayBeLate = known == 0 && now - escape <= Self.lateness
            loneEscapeAt = nil
        }
        pending.append(contentsOf: bytes)
        // What is pasted may hold any byte; one that comes alone after a silence was typed.
        isInterrupted = mode == .paste && wasQuiet && pending.count == known + 1 && pending.last == 0x03
        lastArrival = now
    }

    /// Everything that is complete, or that has waited long enough.
    mutating func decode(now: ContinuousClock.Instant, into events: inout [InputEvent]) {
        deadline = nil
        while head < pending.count || mode == .string {
            if mode == .ground, !mayBeLate, 0x20..<0x7F ~= pending[head] {
                // Most keys are these, and a flood of them must not keep Ctrl-C waiting.
                deliver(.key(.character(Unicode.Scalar(pending[head]))), to: &events)
                head += 1
                continue
            }
            let step = nextStep()
            switch step {
            case .taken(let length, let event):
                head += length
                mayBeLate = false
                deliver(event, to: &events)
            case .wait(let patience):
                let due = (lastArrival ?? now) + patience
                guard now >= due else {
                    deadline = due
                    compact()
                    return
                }
                if mayBeLate {
                    mayBeLate = false
                } else {
                    giveUp(&events, now)
                }
            case .waitForEver:
                compact()
                return
            }
        }
        compact()
    }

    private mutating func compact() {
        pending.removeFirst(head)
        head = 0
    }

    private mutating func deliver(_ event: InputEvent?, to events: inout [InputEvent]) {
        // Part of a paste or an answer: the unit goes on.
        if event == nil, mode != .ground { return }
        if let event, !discardsNext { events.append(event) }
        discardsNext = false
    }

    private mutating func nextStep() -> KeyStep {
        switch mode {
        case .ground:
            if mayBeLate, let step = lateStep() { return step }
            switch KeyParser(bytes: pending[head...], table: table).step() {
            case .taken(let length, let meaning): return taken(length, meaning)
            case .wait:
                return .wait(pending[head...].elementsEqual([0x1B]) ? Self.escapePatience : Self.sequencePatience)
            }
        case .paste: return pasteStep()
        case .string: return stringStep()
        }
    }

    private mutating func taken(_ length: Int, _ meaning: KeyParser.Meaning) -> KeyStep {
        switch meaning {
        case .event(let event): return .taken(length, event)
        case .nothing: return .taken(length, nil)
        case .beginPaste:
            mode = .paste
            pasted.removeAll()
        case .beginString: mode = .string
        }
        return .taken(length, nil)
    }

    /// The rest of a sequence whose Esc came so long before it that it was believed; nil for what may have been typed.
    private mutating func lateStep() -> KeyStep? {
        guard let first = pending[head...].first, first == 0x5B || first == 0x4F else { return nil }
        let whole = [0x1B] + pending[head...]
        switch KeyParser(bytes: whole[...], table: table).step() {
        case .wait: return .wait(Self.sequencePatience)
        // With parameters it was no person who wrote it.
        case .taken(let length, .nothing): return length > 3 ? .taken(length - 1, nil) : nil
        case .taken(let length, let meaning): return taken(length - 1, meaning)
        }
    }

    /// Up to the end of the paste. Ctrl-C ends one whose end was lost, or no key would ever work again; in what is
    /// pasted it is a byte as any other, or what follows it would be keys.
    private mutating func pasteStep() -> KeyStep {
        let end: [UInt8] = Array("\u{1B}[201~".utf8)
        var index = head
        while index < pending.count {
            let byte = pending[index]
            if byte == 0x03, isInterrupted { return finishPaste(content: index, next: index) }
            if byte == 0x1B {
                let rest = pending[index...].prefix(end.count)
                if rest.elementsEqual(end) { return finishPaste(content: index, next: index + end.count) }
                if end.starts(with: rest) { break }
            }
            index += 1
        }
        keepPasted(upTo: index)
        let taken = index - head
        return taken > 0 ? .taken(taken, nil) : .waitForEver
    }

    private mutating func keepPasted(upTo index: Int) {
        pasted.append(contentsOf: pending[head..<index].prefix(Self.longestPaste - pasted.count))
    }

    private mutating func finishPaste(content: Int, next: Int) -> KeyStep {
        keepPasted(upTo: content)
        mode = .ground
        defer { pasted = [] }
        return .taken(next - head, .paste(SafeText(String(decoding: pasted, as: UTF8.self))))
    }

    /// Over an answer of the terminal's, to its terminator.
    private mutating func stringStep() -> KeyStep {
        for index in head..<pending.count {
            switch pending[index] {
            case 0x07:
                mode = .ground
                return .taken(index + 1 - head, nil)
            case 0x1B:
                guard index + 1 < pending.count else {
                    return index > head ? .taken(index - head, nil) : .wait(Self.stringPatience)
                }
                mode = .ground
                // Esc and a backslash end it; any other sequence ends it too and counts.
                return .taken(index - head + (pending[index + 1] == 0x5C ? 2 : 0), nil)
            case 0x03, 0x18, 0x1A:
                mode = .ground
                return .taken(index - head, nil)
            default: break
            }
        }
        return pending.count > head ? .taken(pending.count - head, nil) : .wait(Self.stringPatience)
    }

    /// What has waited in vain: Esc by itself, Alt with a key that could have begun a sequence, or nothing.
    private mutating func giveUp(_ events: inout [InputEvent], _ now: ContinuousClock.Instant) {
        let rest = pending[head...]
        let wasString = mode == .string
        mode = .ground
        head = pending.count
        guard !wasString, rest.first == 0x1B else {
            discardsNext = false
            return
        }
        if rest.count == 1 {
            deliver(.key(.escape), to: &events)
            loneEscapeAt = now
        } else if rest.count == 2, let last = rest.last, last < 0x80 {
            deliver(.key(.alt(Unicode.Scalar(last))), to: &events)
        }
        discardsNext = false
    }
}

/// What the decoder does with the bytes at its head.
enum KeyStep {
    case taken(Int, InputEvent?)
    case wait(Duration)
    case waitForEver
}
