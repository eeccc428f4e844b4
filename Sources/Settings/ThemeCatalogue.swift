import Glibc
import Themes

/// The themes that can be chosen: those that are built in, then the user's own in `themes/` of the config folder.
package struct ThemeCatalogue: Sendable {
    package let names: [String]
    private let paths: XDGPaths

    /// Reads the folder's names, not the files.
    package init(_ paths: XDGPaths) {
        self.paths = paths
        let builtIn = Themes.all.map(\.name)
        names = builtIn + Self.files(in: paths.config + "/themes").filter { !builtIn.contains($0) }.sorted()
    }

    /// With problems, what is right in the theme's file still counts.
    package func theme(named name: String) -> (theme: Theme, problems: [ConfigProblem]) {
        ThemeFile.load(named: name, paths: paths)
    }

    /// Keeps a theme of the user's own, in the place of one of the same name.
    package func keep(_ text: String, as name: String) throws(SettingsError) {
        try XDGPaths.create(paths.config + "/themes")
        try TextFile.replace("\(paths.config)/themes/\(name).toml", with: text)
    }

    private static func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let file = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if file.hasSuffix(".toml") { names.append(String(file.dropLast(5))) }
        }
        return names.filter(ThemeFile.isName)
    }
}
