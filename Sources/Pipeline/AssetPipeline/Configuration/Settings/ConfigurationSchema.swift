import Foundation

/// The JSON Schema of the configuration, `Config/schema.json`, by which editors complete and check `optimize-assets.yml`.
/// Draft 7 (https://json-schema.org/draft-07), which editors' YAML plugins read.
package enum ConfigurationSchema {
  /// The file's text.
  package static var text: String {
    get throws {
      var top = mapping(Settings.all)
      top.members["$schema"] = .text("http://json-schema.org/draft-07/schema#")
      top.members["title"] = .text("optimize-assets.yml")
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(top), as: UTF8.self) + "\n"
    }
  }

  /// A schema, or a value in one.
  fileprivate indirect enum Value: Encodable {
    case text(String)
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case list([Value])
    case schema(Schema)

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .text(let text): try text.encode(to: encoder)
      case .number(let number): try number.encode(to: encoder)
      case .integer(let number): try number.encode(to: encoder)
      case .boolean(let flag): try flag.encode(to: encoder)
      case .list(let values): try values.encode(to: encoder)
      case .schema(let schema): try schema.encode(to: encoder)
      }
    }
  }

  fileprivate struct Schema: Encodable {
    var members: [String: Value]

    init(_ members: [String: Value]) { self.members = members }

    func encode(to encoder: any Encoder) throws { try members.encode(to: encoder) }
  }

  private static func mapping(_ settings: [Setting]) -> Schema {
    let properties = settings.map { setting in
      var schema = schema(setting.kind)
      schema.members["description"] = .text(setting.help.replacing("\n", with: " "))
      return (setting.key, Value.schema(schema))
    }
    var members: [String: Value] = [
      "type": .list([.text("object"), .text("null")]), "additionalProperties": .boolean(false),
      "properties": .schema(Schema(Dictionary(properties, uniquingKeysWith: { first, _ in first }))),
    ]
    let required = settings.filter(\.isRequired)
    if !required.isEmpty { members["required"] = .list(required.map { .text($0.key) }) }
    return Schema(members)
  }

  private static func schema(_ kind: Setting.Kind) -> Schema {
    switch kind {
    // A number or a word of YAML's is a text to the reader.
    case .text: return Schema(["type": .list(["string", "number", "boolean"].map { .text($0) })])
    case .boolean: return Schema(["type": .text("boolean")])
    case .integer(let bounds):
      return Schema([
        "type": .text("integer"), "minimum": .integer(bounds.lowerBound),
        "maximum": .integer(bounds.upperBound),
      ])
    case .number(let bounds):
      return Schema([
        "type": .text("number"), "minimum": .number(bounds.lowerBound), "maximum": .number(bounds.upperBound),
      ])
    case .bytes:
      return either([
        Schema(["type": .text("integer"), "minimum": .integer(1)]),
        Schema([
          "type": .text("string"), "pattern": .text("^[0-9]+(\\.[0-9]+)? *([kKmMgGtT][iI]?)?[bB]?$"),
        ]),
      ])
    case .time:
      return Schema(["type": .text("string"), "pattern": .text("^[0-9]+(\\.[0-9]+)? *(s|min|h|d|w)$")])
    case .words(let words): return Schema(["enum": .list(words.map { .text($0) })])
    case .list(let kind):
      return either([
        Schema(["type": .text("array"), "items": .schema(schema(kind))]), schema(kind),
      ])
    case .mapping(let settings): return mapping(settings)
    case .named(let kind):
      return Schema([
        "type": .list([.text("object"), .text("null")]), "additionalProperties": .schema(schema(kind)),
      ])
    case .any(let kinds): return either(kinds.map(schema))
    }
  }

  private static func either(_ schemas: [Schema]) -> Schema {
    Schema(["anyOf": .list(schemas.map { .schema($0) })])
  }
}
