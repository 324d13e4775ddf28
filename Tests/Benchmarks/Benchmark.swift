import Arguments
import AssetModel
import AssetPipeline
import Foundation
import Vips

/// Measures the release binary, what its work costs at least, and others that do the same work.
@main
enum Benchmark {
  static func main() { Program(command, version: "0").main() }

  private static let command = Command(
    "Tests/Benchmarks/run", "Measures optimize-assets; see Tests/Benchmarks/README.md.",
    subcommands: [Measure.command, MeasureEffort.command, Draw.command, MeasureFloor.command],
    default: "measure")
}

/// Runs, floors and peers in turn.
struct Measure: Runnable {
  var site: String?
  var config: String?
  var repeats = 5
  var workers: Int?
  var only = "site,a-mid,b-small"
  var posts = 200
  var tool = ".build/release/optimize-assets"
  var scratch: String?
  var json: String?
  var python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"
  var hugo = ProcessInfo.processInfo.environment["HUGO"] ?? "hugo"

  static let command = Command(Measure.self, "measure", "Measures runs, their floors, and peers.") {
    [
      .option("--site", \.site, "A real site. (default: one that is drawn)", completion: .folder),
      .option(
        "--config", \.config, "The configuration for the site. (default: quality: fixed)",
        completion: .file(["yml", "yaml"])),
      .option("--repeats", \.repeats, "How often everything is run, in turn."),
      .option("--workers", \.workers, "How many images are worked on at once. (default: one a core)"),
      .option(
        "--only", \.only, "What is measured: site, a-mid, a-small, b-small, or several with commas."),
      .option("--posts", \.posts, "The posts of a drawn site."),
      .option("--tool", \.tool, "The release binary.", completion: .file()),
      .option(
        "--scratch", \.scratch,
        "A folder for what is made; it is left there. (default: a temporary one)", completion: .folder),
      .option("--json", \.json, "Where the figures go as JSON.", completion: .file()),
      .option("--python", \.python, "The Python that has Pillow."),
      .option("--hugo", \.hugo, "Hugo's binaries, with commas."),
    ]
  }

  /// All that was measured.
  struct Report: Codable {
    var date: String
    var cores: Int
    var libvips: String
    var repeats: Int
    var results: [Scenario.Result]
  }

  func run() throws {
    let files = FileManager.default
    let folder = scratch ?? NSTemporaryDirectory() + "/optimize-assets-benchmark-\(getpid())"
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { if scratch == nil { try? files.removeItem(atPath: folder) } }
    let cores = workers ?? ProcessInfo.processInfo.activeProcessorCount
    let own = URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL.path
    let programs = Programs(
      tool: URL(fileURLWithPath: tool).standardizedFileURL.path, own: own,
      peers: files.currentDirectoryPath + "/Tests/Benchmarks/Peers", python: python,
      hugos: hugo.split(separator: ",").map(String.init))
    let site = try site.map { URL(fileURLWithPath: $0).standardizedFileURL.path } ?? draw(in: folder, own)
    var results: [Scenario.Result] = []
    for scenario in try scenarios(site, in: folder, programs) {
      log("measuring \(scenario.name)")
      let result = try scenario.measure(programs, workers: cores, repeats: repeats, log: log)
      print(result.table.text)
      results.append(result)
    }
    let report = Report(
      date: Date.now.formatted(.iso8601.year().month().day()), cores: cores, libvips: VipsLibrary.version,
      repeats: repeats, results: results)
    print("\(report.date), \(cores) workers, libvips \(report.libvips), median of \(repeats), interleaved")
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(report).write(to: URL(fileURLWithPath: json))
    }
  }

  /// Draws a site, in a process of its own so that this one stays small.
  private func draw(in folder: String, _ own: String) throws -> String {
    let site = folder + "/drawn"
    try? FileManager.default.removeItem(atPath: site)
    log("drawing a site")
    _ = try ChildProcess.run([own, "draw", site, "--posts", "\(posts)"])
    return site
  }

  private func scenarios(_ site: String, in folder: String, _ programs: Programs) throws -> [Scenario] {
    let wanted = only.split(separator: ",")
    var found: [Scenario] = []
    if wanted.contains("site") {
      let configuration = folder + "/fixed.yml"
      try Data("quality: fixed\n".utf8).write(to: URL(fileURLWithPath: configuration))
      found.append(
        Scenario(
          name: "A site", site: site, configuration: config ?? configuration, scratch: folder + "/site-run"))
    }
    let tasks = wanted.filter { $0 != "site" }
    guard !tasks.isEmpty else { return found }
    let scanned = folder + "/scan.json"
    _ = try ChildProcess.run(
      [programs.tool, "scan", site, "--format", "json", "--quiet"], output: scanned, accepting: [0, 1])
    let manifest = try AssetManifest.read(scanned)
    for name in tasks {
      guard ["a-mid", "a-small", "b-mid", "b-small"].contains(name) else {
        throw UsageError("there is nothing called \(name) to measure")
      }
      let sources = name.hasSuffix("mid") ? TaskSet.mid(manifest) : TaskSet.small(manifest)
      let task = TaskSet(sources, site: site, avif: name.hasPrefix("b"))
      let place = folder + "/" + name
      try? FileManager.default.removeItem(atPath: place)
      let made = try task.write(to: place)
      let megapixels = String(format: "%.1f", task.megapixels)
      found.append(
        Scenario(
          name: "Task \(name): \(sources.count) images, \(megapixels) MP, \(task.files) files",
          site: made.site,
          configuration: made.configuration, task: task, scratch: place))
    }
    return found
  }
}

/// What efforts buy.
struct MeasureEffort: Runnable {
  var images: [String] = []
  var score = 70.0
  var json: String?

  static let command = Command(
    MeasureEffort.self, "effort", "Measures bytes and time of efforts at an equal score."
  ) {
    [
      .arguments(
        "images", \.images, "JPEG and PNG files. (default: some that are drawn)", completion: .file()),
      .option("--score", \.score, "The SSIMULACRA2 score."),
      .option("--json", \.json, "Where the figures go as JSON.", completion: .file()),
    ]
  }

  func run() throws {
    var curve = EffortCurve(target: score)
    if images.isEmpty {
      let folder = NSTemporaryDirectory() + "/optimize-assets-benchmark-\(getpid())"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try DrawnSite(posts: 1, seed: 1).write(to: folder)
      let names = ["1600x1067-2-0.jpg", "2400x1600-1-0.jpg", "1280x853-3-1.jpg", "1366x768-9-0.png"]
      try curve.measure(names.map { folder + "/images/" + $0 })
    } else {
      try curve.measure(images)
    }
    print(curve.table.text)
    if let json { try JSONEncoder().encode(curve).write(to: URL(fileURLWithPath: json)) }
  }
}

/// Draws a site.
struct Draw: Runnable {
  var folder = ""
  var posts = 200
  var seed = 1

  static let command = Command(Draw.self, "draw", "Draws a site.") {
    [
      .argument("folder", \.folder, "A folder that is not there yet.", required: true, completion: .folder),
      .option("--posts", \.posts, "The number of posts."),
      .option("--seed", \.seed, "Another number gives other images."),
    ]
  }

  func run() throws { try DrawnSite(posts: posts, seed: seed).write(to: folder) }
}

/// Measures a floor and prints it as JSON.
struct MeasureFloor: Runnable {
  var site = ""
  var config = ""
  var manifest = ""
  var workers = 0

  static let command = Command(MeasureFloor.self, "floor", isHidden: true) {
    [
      .option("--site", \.site, required: true),
      .option("--config", \.config, required: true),
      .option("--manifest", \.manifest, required: true),
      .option("--workers", \.workers, required: true),
    ]
  }

  func run() throws {
    let floor = try Floor.measure(
      site: site, configuration: Configuration(site: site, file: config), manifest: .read(manifest),
      workers: workers)
    FileHandle.standardOutput.write(try JSONEncoder().encode(floor))
  }
}

/// Says what is being done.
func log(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
