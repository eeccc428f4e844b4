import Domain
import Text

extension AppState {
    mutating func tellStoreProblem(_ reason: SafeText) -> [Effect] {
        storeProblem = reason
        tell("Could not be kept on disk: " + reason, .problem)
        return []
    }
}
