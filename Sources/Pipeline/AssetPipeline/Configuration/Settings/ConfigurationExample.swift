/// The annotated example, `Config/optimize-assets.yml`: every key with its default.
package enum ConfigurationExample {
  /// The file's text.
  package static var text: String {
    let header = [
      "The configuration of optimize-assets, with every key at its default.",
      "Copy it to your site as optimize-assets.yml and keep the lines that you change; an unknown key is an error.",
    ]
    let blocks = Settings.all.map { comment($0.help) + "\n" + $0.example }
    return ([comment(header.joined(separator: "\n"))] + blocks).joined(separator: "\n\n") + "\n"
  }

  private static func comment(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "#" : "# \($0)" }
      .joined(separator: "\n")
  }
}
