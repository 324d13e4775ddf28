import AssetModel
import Foundation

/// A site and a configuration, or a task, that is measured: our run, its floor, and peers.
struct Scenario {
  var name: String
  var site: String
  var configuration: String
  /// What others are to make too; nil where only our run is looked at.
  var task: TaskSet?
  /// A folder for what is made.
  var scratch: String
}

/// The programs that are measured.
struct Programs {
  /// The release binary.
  var tool: String
  /// This program.
  var own: String
  /// The folder of the peers' scripts.
  var peers: String
  var python: String
  var hugos: [String]
}

extension Scenario {
  /// The result: everything measured, and the lines that sum it up.
  struct Result: Codable {
    var name: String
    var measurements: [Measurement]
    var floors: [Floor]
    var workers: Int
    var posts: Int

    /// The floor's CPU seconds.
    var floor: Double { floors.map(\.cpu).median }

    /// A measurement that was made.
    func measurement(_ name: String) -> Measurement? {
      measurements.first { $0.name == name && !$0.runs.isEmpty }
    }
  }

  private var output: String { scratch + "/out" }
  private var cache: String { scratch + "/cache" }
  private var manifest: String { output + "/.optimize-assets/manifest.json" }

  /// Measures everything in turn.
  func measure(_ programs: Programs, workers: Int, repeats: Int, log: (String) -> Void) throws -> Result {
    let files = FileManager.default
    try files.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    var floors: [Floor] = []
    let arguments = ["--config", configuration, "--jobs", "\(workers)", "--quiet"]
    // Some images of real sites are broken, which is exit status 1.
    let ours = { (command: [String]) in
      try ChildProcess.run(
        command + arguments, environment: ["XDG_CACHE_HOME": cache, "HOME": cache], accepting: [0, 1])
    }
    func clear() {
      for folder in [output, cache] { try? files.removeItem(atPath: folder) }
    }
    var contenders = [
      Contender(
        name: "scan", prepare: { try? files.removeItem(atPath: cache) },
        run: { try ours([programs.tool, "scan", site]) }),
      Contender(
        name: "cold run", prepare: clear, run: { try ours([programs.tool, site, "--output", output]) }),
      Contender(name: "warm run", run: { try ours([programs.tool, site, "--output", output]) }),
      Contender(
        name: "floor",
        run: {
          let found = scratch + "/floor.json"
          let run = try ChildProcess.run(
            [
              programs.own, "floor", "--site", site, "--config", configuration, "--manifest", manifest,
              "--workers",
              "\(workers)",
            ], output: found)
          floors.append(
            try JSONDecoder().decode(Floor.self, from: Data(contentsOf: URL(fileURLWithPath: found))))
          return run
        }),
    ]
    if let task { contenders += try peers(of: task, programs) }
    var measurements = Measurement.interleaved(contenders, repeats: repeats, log: log)
    // The floor's process also reads files and waits for its slowest image, so only its own figures count.
    measurements.removeAll { $0.name == "floor" && $0.skipped == nil }
    let made = try AssetManifest.read(manifest)
    return Result(
      name: name, measurements: measurements, floors: floors, workers: workers, posts: made.posts.count)
  }

  private func peers(of task: TaskSet, _ programs: Programs) throws -> [Contender] {
    let list = scratch + "/task.json"
    try JSONEncoder().encode(task).write(to: URL(fileURLWithPath: list))
    let files = FileManager.default
    let target = scratch + "/peer"
    let clear = { () -> Void in try? files.removeItem(atPath: target) }
    func checked(_ command: [String]) throws -> ChildRun {
      let run = try ChildProcess.run(command)
      try task.check(target)
      return run
    }
    var contenders = [
      Contender(
        name: "vipsthumbnail", prepare: clear,
        skipped: ChildProcess.find(["vipsthumbnail"]) == nil ? "not installed" : nil,
        run: { try checked([programs.python, programs.peers + "/vipsthumbnail", list, target]) })
    ]
    let hasPillow = (try? ChildProcess.run([programs.python, "-c", "import PIL"])) != nil
    contenders.append(
      Contender(
        name: "Pillow", prepare: clear, skipped: hasPillow ? nil : "not installed",
        run: { try checked([programs.python, programs.peers + "/pillow", list, target]) }))
    for (number, hugo) in programs.hugos.enumerated() {
      let folder = scratch + "/hugo-\(number)"
      guard let path = ChildProcess.find([hugo]) else {
        contenders.append(Contender(name: "Hugo (\(number + 1))", skipped: "not installed"))
        continue
      }
      let name = "Hugo " + (Self.version(of: path, in: scratch) ?? "\(number + 1)")
      let build = {
        try checked([
          path, "--source", folder, "--destination", target, "--cacheDir", folder + "-cache", "--quiet",
        ])
      }
      contenders.append(
        Contender(
          name: name,
          prepare: {
            for old in [folder, folder + "-cache", target] { try? files.removeItem(atPath: old) }
            _ = try ChildProcess.run([programs.python, programs.peers + "/hugo-site", list, folder])
          }, run: build))
      contenders.append(Contender(name: name + ", warm", run: build))
    }
    return contenders
  }

  /// `0.111.3` of what `hugo version` says.
  private static func version(of hugo: String, in scratch: String) -> String? {
    let file = scratch + "/version.txt"
    guard (try? ChildProcess.run([hugo, "version"], output: file)) != nil,
      let text = try? String(contentsOfFile: file, encoding: .utf8),
      let start = text.range(of: "hugo v")?.upperBound
    else { return nil }
    return String(text[start...].prefix { $0.isNumber || $0 == "." })
  }
}

extension AssetManifest {
  /// Reads a manifest that a run or a scan wrote.
  static func read(_ path: String) throws -> AssetManifest {
    try JSONDecoder().decode(AssetManifest.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

extension Scenario.Result {
  var table: Table {
    var table = Table(
      title: name,
      columns: ["what", "wall s", "CPU s", "peak MB", "CPU / floor", "wall / floor", "our wall / its"])
    let cold = measurement("cold run")
    let bound = floor / Double(workers)
    table.rows.append(["floor", bound.digits(2), floor.digits(2), "", "1", "1", ""])
    for measured in measurements where !measured.runs.isEmpty {
      let isCold = measured.name != "scan" && !measured.name.contains("warm")
      let ours = ["scan", "cold run", "warm run"].contains(measured.name)
      let compared = measured.name.hasSuffix(", warm") ? measurement("warm run") : cold
      table.rows.append([
        measured.name, measured.wall.digits(2), measured.cpu.digits(2),
        (Double(measured.peak) / 1e6).digits(0), isCold ? (measured.cpu / floor).digits(2) : "",
        isCold ? (measured.wall / bound).digits(2) : "",
        ours ? "" : ((compared?.wall ?? .nan) / measured.wall).digits(2),
      ])
    }
    table.notes = notes
    return table
  }

  private var notes: [String] {
    var notes = measurements.compactMap { measured in
      measured.skipped.map { "\(measured.name): skipped, \($0)" }
    }
    if let floor = floors.first {
      let formats = floor.formats.keys.sorted().map { format in
        "\(format) \(floors.map { $0.formats[format] ?? 0 }.median.digits(2))"
      }
      notes.append(
        "floor: decode \(floors.map(\.decode).median.digits(2)) (\(floor.sources) sources, \(floor.decoded.digits(1)) MP)"
          + ", resize \(floors.map(\.resize).median.digits(2)), encode \(floors.map(\.encode).median.digits(2)) CPU s"
          + " (\(floor.files) files, \(floor.encoded.digits(1)) MP; \(formats.joined(separator: ", ")))")
    }
    if let scan = measurement("scan") {
      notes.append("scan: \((Double(posts) / scan.wall).digits(0)) posts a second (\(posts) posts)")
    }
    return notes
  }
}
