import Foundation

/// Reads QR codes in pictures by `zbarimg`, of Debian's zbar-tools.
package enum CodeReader {
    private static let program = "/usr/bin/zbarimg"
    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }
    package static let howToInstall = "zbarimg is not installed: apt-get install zbar-tools"

    /// What is read in pictures, a line each; `true` is a dark dot, and every dot is drawn four pixels wide and high.
    package static func texts(in pictures: [[[Bool]]]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "codes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try pictures.enumerated().map { index, picture in
            let file = folder.appending(path: "\(index).pgm")
            try pgm(picture).write(to: file)
            return file.path
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"] + files
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return lines.split(separator: "\n").map(String.init)
    }

    private static func pgm(_ picture: [[Bool]]) -> Data {
        let scale = 4
        var data = Data("P5 \((picture.first?.count ?? 0) * scale) \(picture.count * scale) 255\n".utf8)
        for row in picture {
            let line = Data(row.flatMap { Array(repeating: $0 ? 0 : 255, count: scale) })
            for _ in 0..<scale { data.append(line) }
        }
        return data
    }
}
