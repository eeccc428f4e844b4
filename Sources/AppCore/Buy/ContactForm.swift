import Domain
import Text

// The short form for shops that know nobody: a line after the other, then a total for where it is sent to.

/// Outcome of keeping what a shop is told of who buys.
package enum KeptContact: Hashable, Sendable {
    case kept
    case failed(SafeText)
}

extension AppState {
    /// Begins with the first line, each with what is kept of it.
    mutating func openContactForm(_ details: ContactDetails) {
        guard buy?.stage == .choosing, prompt == nil else { return }
        contactForm = details
        ask(for: ContactDetails.Field.allCases[0])
    }

    private mutating func ask(for field: ContactDetails.Field, note: SafeText? = nil, text: String? = nil) {
        prompt = Prompt(
            .contact(field), text: SafeText(text ?? contactForm?[field] ?? ""), limit: ContactDetails.mostCharacters)
        prompt?.note = note
    }

    /// Goes back to the line before, or to the one after it. What has been typed is taken where it can be.
    mutating func moveInForm(from field: ContactDetails.Field, typed line: String, by step: Int) {
        let fields = ContactDetails.Field.allCases
        guard let index = fields.firstIndex(of: field), fields.indices.contains(index + step),
            var form = contactForm
        else { return }
        // A line that is needed is not passed by while it is missing.
        if let problem = form.set(field, line), step > 0 {
            ask(for: field, note: SafeText(problem), text: line)
            return
        }
        contactForm = form
        ask(for: fields[index + step])
    }

    /// Takes a line and goes on; one that cannot be is asked for again, with what is wrong with it.
    mutating func fill(_ field: ContactDetails.Field, with line: String) -> [Effect] {
        guard var form = contactForm else { return [] }
        if let problem = form.set(field, line) {
            ask(for: field, note: SafeText(problem), text: line)
            return []
        }
        contactForm = form
        let fields = ContactDetails.Field.allCases
        if let index = fields.firstIndex(of: field), index + 1 < fields.count {
            ask(for: fields[index + 1])
            return []
        }
        contactForm = nil
        return [.keepContact(form, of: focus)]
    }

    /// Once it is kept the shop is asked what it costs there.
    mutating func takeContact(_ problem: SafeText?) -> [Effect] {
        keptContact = problem.map { .failed($0) } ?? .kept
        if let problem {
            tell("The address was not kept: " + problem, .problem)
            return []
        }
        guard buy?.stage == .choosing else { return [] }
        buy?.refusal = nil
        return requote()
    }
}
