import Domain
import Lines
import LiveAPI

extension Session {
    /// Follows a host, or no longer, and says so or prints all that are followed.
    /// - Parameter name: the host's id, as lists print it.
    package func changeFollow(of name: String, to isFollowed: Bool, json: Bool) throws {
        let (channel, id) = try choose(name)
        let host = HostID(id).placed(in: place(of: channel))
        let (hosts, known) = try follow(host, isFollowed)
        if json {
            try Output.json(Page(items: hosts))
        } else {
            Output.line(Self.words(for: host, isFollowed, [known].compactMap { $0 } + hosts))
        }
    }
}
