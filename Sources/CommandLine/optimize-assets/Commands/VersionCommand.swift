import Arguments
import AssetModel
import AssetPipeline
import CVersion
import VariantWorkers

/// `optimize-assets version`
struct VersionCommand: Runnable {
  var format = OutputFormat.text

  static let command = Command(
    VersionCommand.self, "version", "Show the version, the libvips in use, its formats and isolation."
  ) {
    [SharedOptions.resultFormat(\.format)]
  }

  func run() throws {
    let engine: Engine
    do throws(EngineError) {
      engine = try Engine.loaded()
    } catch {
      Terminal.print(error)
      throw ExitCode(ExitStatus.generatorFailed.rawValue)
    }
    let report = VersionReport(
      version: String(cString: optimize_assets_version()), libvips: engine, isolation: Isolation())
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
  var isolation: Isolation

  /// For people: what is there, and what other builds of libvips have.
  var text: String {
    var lines = [
      "optimize-assets \(version)",
      "libvips \(libvips.version)" + (libvips.path.map { ", \($0)" } ?? ""),
      "reads   " + Self.list(libvips.reads),
      "writes  " + Self.list(libvips.writes),
      "images are opened in \(isolation.description)",
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

/// What the decoders are held to on this machine: asked of a worker, not guessed.
struct Isolation: Encodable, CustomStringConvertible {
  /// Whether they run in a process of their own.
  var process = false
  /// Whether that reads the site and the system's libraries alone, and writes a scratch folder alone (Landlock).
  var files = false
  /// Whether it opens no socket and starts no program (seccomp).
  var calls = false

  init() {
    guard let program = RenderWorker.automatic.program, let held = try? Confinement.of(program) else {
      return
    }
    (process, files, calls) = (true, held.files, held.calls)
  }

  var description: String {
    guard process else { return "this process: no worker starts" }
    var words: [String] = []
    if files { words.append("it only reads the site, and only writes a scratch folder") }
    if calls { words.append("it has no network and starts no programs") }
    if words.isEmpty { words.append("nothing more holds here") }
    return "a process of their own: " + words.joined(separator: "; ")
  }
}
