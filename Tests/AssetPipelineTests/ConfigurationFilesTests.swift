import Foundation
import Testing
import TestSupport

@testable import AssetPipeline

/// The files that are written from the declaration of the configuration.
@Suite struct ConfigurationFilesTests {
  @Test func filesAreWhatTheDeclarationSays() throws {
    let folder = URL(fileURLWithPath: Project.root).appendingPathComponent("Config")
    try Snapshot.expect(
      ConfigurationExample.text, at: folder.appendingPathComponent("optimize-assets.yml"))
    try Snapshot.expect(ConfigurationReference.text, at: folder.appendingPathComponent("reference.md"))
    try Snapshot.expect(ConfigurationSchema.text, at: folder.appendingPathComponent("schema.json"))
  }

  @Test func helpFitsTheColumnsOfAFile() {
    for setting in Settings.all {
      for line in setting.help.split(separator: "\n") {
        #expect(line.count <= 122, "\(setting.key): \(line)")
      }
      #expect(setting.example.contains("\(setting.key):"), "\(setting.key)")
    }
  }

  /// What the parser takes and refuses, the schema takes and refuses.
  private static let texts: [(yaml: String, isRight: Bool)] = [
    ("{}", true), ("jobs: 2", true), ("jobs: 0", false), ("jobs: many", false), ("widht: [1]", false),
    ("widths: 640", true), ("widths: [640, 0]", false), ("memoryLimit: 512MiB", true),
    ("memoryLimit: 5 apples", false), ("keepStale: 30d", true), ("keepStale: soon", false),
    ("quality: 60", true), ("quality: high", true), ("quality: best", false),
    ("quality: {photograph: 75}", true),
    ("quality: {photograph: 5}", false), ("formats: {avif: none, webp: {effort: 6}}", true),
    ("formats: {webp: {effort: 7}}", false), ("formats: {png: {loss: near-lossless}}", false),
    ("cache: false", true), ("cache: .cache", true), ("sizes: 100vw", true),
    ("sizes: [{glob: a, sizes: 50vw}]", true), ("sizes: [{glob: a}]", false),
    ("budgets: [{page: {total: 1.5 MiB}}]", true), ("budgets: [{page: {total: {phone: 1 MB}}}]", true),
    ("budgets: [{pages: {total: 1 MB}}]", false), ("crops: {wide: 16:9, tall: {size: 800x1000}}", true),
    ("crops: {wide: {ratoi: 1:1}}", false), ("apply: [{glob: a, crop: 16:9}]", true),
    ("lints: {oversized: error}", true), ("lints: {oversized: loud}", false),
    ("tags: [{argument: 1}]", false),
    ("devices: {wall: 3840x2160@1}", true),
  ]

  @Test func theParserReadsWhatIsRight() {
    for (yaml, isRight) in Self.texts {
      let configuration = try? Configuration(yaml: yaml, file: "c.yml")
      #expect((configuration != nil) == isRight, "\(yaml)")
    }
  }

  @Test(.needsPython("jsonschema", "yaml")) func theSchemaAgreesWithTheParser() async throws {
    let folder = try TemporaryFolder(["texts.json": Self.json])
    let check = try await Command.succeed(
      Programs.find("python3") ?? "", ["-c", Self.program, Project.root + "/Config", folder("texts.json")])
    #expect(check.text == "")
  }

  private static var json: String {
    get throws {
      let list = texts.map { [$0.yaml, $0.isRight ? "right" : "wrong"] }
      return String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
    }
  }

  /// Checks the schema by the official meta-schema, and each text by the schema; prints what is not as it should be.
  private static let program = """
    import json, sys, warnings
    warnings.simplefilter("ignore")
    import jsonschema, yaml
    # Only true and false are no texts in YAML 1.2, which editors read; Python's reader takes off for false.
    for letter in "oOyYnN":
      resolvers = yaml.SafeLoader.yaml_implicit_resolvers
      resolvers[letter] = [(tag, rule) for tag, rule in resolvers.get(letter, []) if not tag.endswith(":bool")]
    config, texts = sys.argv[1:]
    schema = json.load(open(config + "/schema.json"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    cases = json.load(open(texts)) + [[open(config + "/" + name).read(), "right"] for name in
                                      ("optimize-assets.yml", "budgets.yml")]
    for text, expected in cases:
      is_right = not list(validator.iter_errors(yaml.safe_load(text) or {}))
      if is_right != (expected == "right"): print(text, is_right)
    """
}
