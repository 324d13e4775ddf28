/// The door of Docusaurus: a configuration that it is told of by `--config`, with a remark plugin behind the author's.
///
/// It stands in a folder of its own with a link to the site's packages, so that the site and its caches stay where they are.
/// Names of plugins that begin with a dot are made absolute, for Docusaurus resolves them from the configuration.
enum DocusaurusDoor {
  static func files(
    site: String, author: String, pictures: String, stamp: String
  ) -> [GeneratorDoor.File] {
    let wrapper = """
      // Made by optimize-assets for one build. \(stamp)
      const site = \(JavaScriptText.literal(site))
      const author = \(JavaScriptText.literal(author))

      """
    return [
      GeneratorDoor.File(path: "docusaurus.config.cjs", text: wrapper + configuration),
      GeneratorDoor.File(path: "plugin.cjs", text: plugin),
      GeneratorDoor.File(path: "pictures.json", text: pictures),
    ]
  }

  /// Whatever the author's file gives: an object, a function, or a promise of either; as CommonJS, ES module or TypeScript,
  /// which Docusaurus's own loader reads.
  private static let configuration = JavaScriptText.file(PackageResources.docusaurus_configuration_js)

  /// An image that Docusaurus has made of Markdown is `<img src={require("…").default}>` with its size by now; those that an
  /// author writes are of the same kind, or name an import or a URL.
  private static let plugin = JavaScriptText.file(PackageResources.docusaurus_plugin_js)
}
