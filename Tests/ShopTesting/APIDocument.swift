import FoundationEssentials
import HTTPTransport
import LiveAPI
import Testing

/// `docs/api/openapi.yaml`, as far as answers can be held against it. It reads the document's own way of writing, one
/// thing a line, and no other YAML.
package struct APIDocument: Sendable {
    /// Of one status of an operation: the name of the response it refers to; nil where it is written out.
    package typealias Operation = [Int: String?]

    package private(set) var paths: [String: [HTTPMethod: Operation]] = [:]
    /// The codes that a response's problem may have.
    package private(set) var codes: [String: Set<String>] = [:]

    package static let own = Result { try APIDocument(#filePath) }

    private init(_ testFile: String) throws {
        let root = testFile.split(separator: "/").dropLast(3).joined(separator: "/")
        let data = try Data(contentsOf: URL(filePath: "/" + root + "/docs/api/openapi.yaml"))
        var place: [String] = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let indent = line.prefix { $0 == " " }.count
            let text = line.dropFirst(indent)
            guard indent % 2 == 0, let colon = text.firstIndex(of: ":"),
                !text.hasPrefix("-") || text.contains("enum: [")
            else { continue }
            let key = text[..<colon].filter { $0 != "\"" }
            place = Array(place.prefix(indent / 2)) + [String(key)]
            read(place, rest: text[text.index(after: colon)...])
        }
    }

    private mutating func read(_ place: [String], rest: Substring) {
        switch (place.first, place.count) {
        case ("paths", 2): paths[place[1]] = [:]
        case ("paths", 3):
            if let method = HTTPMethod(rawValue: place[2].uppercased()) { paths[place[1]]?[method] = [:] }
        case ("paths", 5) where place[3] == "responses":
            guard let method = HTTPMethod(rawValue: place[2].uppercased()), let status = Int(place[4]) else { return }
            let name = rest.split(separator: "/").last.map { String($0.prefix { $0 != "\"" }) }
            paths[place[1]]?[method]?[status] = .some(rest.contains("$ref") ? name : nil)
        case ("components", 3...) where place[1] == "responses":
            guard let list = rest.split(separator: "[").last, rest.contains("code: { enum: [") else { return }
            let names = list.prefix { $0 != "]" }.split(separator: ",").map { $0.filter { $0 != " " } }
            codes[place[2], default: []].formUnion(names)
        default: break
        }
    }

    /// The documented path that a request's path is one of.
    package func pattern(of path: String) -> String? {
        let parts = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        return paths.keys.first { pattern in
            let names = pattern.split(separator: "/", omittingEmptySubsequences: false)
            return names.count == parts.count
                && zip(names, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") && !$1.isEmpty }
        }
    }

    /// Records an issue where the server answers what the document does not say.
    package func check(_ response: HTTPResponse, to method: HTTPMethod, _ path: String, _ location: SourceLocation) {
        guard let pattern = pattern(of: path) else {
            #expect(response.status == 404, "\(path) is not in the document", sourceLocation: location)
            return
        }
        let asked = method == .head ? .get : method
        // A method that is refused is refused as every operation of the path says.
        guard let operation = paths[pattern]?[asked] ?? paths[pattern]?.values.first else { return }
        guard let name = operation[response.status] else {
            Issue.record(
                "\(method.rawValue) \(pattern): \(response.status) is not documented", sourceLocation: location)
            return
        }
        guard response.headers["Content-Type"] == Problem.mediaType, method != .head else { return }
        do {
            let problem: Problem = try response.value(response.status)
            #expect(
                name.flatMap { codes[$0] }?.contains(problem.code) == true,
                "\(method.rawValue) \(pattern): \(response.status) \(problem.code) is not documented",
                sourceLocation: location)
        } catch {
            Issue.record("\(method.rawValue) \(pattern): \(error)", sourceLocation: location)
        }
    }
}
