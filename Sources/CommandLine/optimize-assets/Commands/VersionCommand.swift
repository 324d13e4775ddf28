import Arguments
import AssetModel
import CVersion
import VariantWorkers

/// `optimize-assets version`
struct VersionCommand: Runnable {
  var format = OutputFormat.text

  static let command = Command(
    VersionCommand.self, "version", "Show the version, the libvips in use, and its formats."
  ) {
    [SharedOptions.resultFormat(\.format)]
  }

  func run() throws {
    let engine: Engine
    do throws(EngineError) {
      engine = try Engine.loaded()
    } catch {
      Terminal.printError("error: \(error)")
      throw ExitCode(ExitStatus.generatorFailed.rawValue)
    }
    let report = VersionReport(version: String(cString: optimize_assets_version()), libvips: engine)
    switch format {
    case .json: try Terminal.printJSON(report)
    case .text: print(report.text)
    }
  }
}

/// What `optimize-assets version` tells.
struct VersionReport: Encodable {
  /// The program's own.
  var version: String
  var libvips: Engine

  /// For people: what is there, and what other builds of libvips have.
  var text: String {
    var lines = [
      "optimize-assets \(version)",
      "libvips \(libvips.version)" + (libvips.path.map { ", \($0)" } ?? ""),
      "reads   " + Self.list(libvips.reads),
      "writes  " + Self.list(libvips.writes),
    ]
    let unread = Engine.allReads.filter { !libvips.reads.contains($0) }
    let unwritten = Engine.allWrites.filter { !libvips.writes.contains($0) }
    if !unread.isEmpty { lines.append("This libvips does not read " + Self.list(unread)) }
    if !unwritten.isEmpty { lines.append("This libvips does not write " + Self.list(unwritten)) }
    return lines.joined(separator: "\n")
  }

  private static func list(_ formats: [ImageFormat]) -> String {
    formats.isEmpty ? "nothing" : formats.map(\.title).joined(separator: ", ")
  }
}
