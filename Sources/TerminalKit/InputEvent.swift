import Text

/// What a mouse did, at a cell.
package struct MouseEvent: Hashable, Sendable {
    package enum Button: Hashable, Sendable { case left, middle, right }

    package enum Kind: Hashable, Sendable {
        case press(Button)
        case wheelUp, wheelDown
    }

    package let kind: Kind
    package let x: Int
    package let y: Int

    package init(_ kind: Kind, x: Int, y: Int) {
        self.kind = kind
        self.x = x
        self.y = y
    }
}

/// Everything a terminal tells.
package enum InputEvent: Hashable, Sendable {
    case key(KeyPress)
    /// Pasted as one piece: never a command, never a confirmation.
    case paste(SafeText)
    case mouse(MouseEvent)
    case resize(Size)
    /// The terminal's window gained or lost the focus.
    case focus(Bool)
    /// Nothing more will come: the terminal was hung up. Told once.
    case endOfInput

    /// Tells whether somebody did it at the terminal: what was done too early is thrown away, and what else is told is not.
    package var isTyped: Bool {
        switch self {
        case .key, .paste, .mouse: true
        case .resize, .focus, .endOfInput: false
        }
    }
}
