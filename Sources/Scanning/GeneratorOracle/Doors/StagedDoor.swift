import AssetModel
import Foundation

/// The door of a generator in a staged copy: a configuration that has the author's name and takes in the author's, with a
/// plugin behind the author's own that gives Markdown images what a map says.
///
/// What it does not know stays as the generator prints it.
package enum StagedDoor {
  /// What adds the candidates, for people.
  package static func name(_ kind: Site.Kind) -> String {
    kind == .astro ? "a rehype plugin" : "a markdown-it rule"
  }

  /// The files in the copy: the configuration, the author's under its new name, and the map.
  ///
  /// - Parameters:
  ///   - kind: the site's generator.
  ///   - author: the bytes of the author's configuration.
  ///   - pictures: the map in JSON: by post, and by the destination of an image.
  ///   - stamp: what changes whenever the map does: generators keep what they rendered.
  package static func files(
    of kind: Site.Kind, _ door: Site.Door, author: Data, pictures: Data, stamp: String
  ) -> [(path: String, content: Data)] {
    let name = DoorFiles.author(of: door.configuration)
    return [
      (door.configuration, Data(configuration(of: kind, door, author: name, stamp).utf8)), (name, author),
      (DoorFiles.pictures, pictures),
    ]
  }

  private static func configuration(
    of kind: Site.Kind, _ door: Site.Door, author: String, _ stamp: String
  ) -> String {
    let author = JavaScriptText.literal("./" + author)
    let pictures = JavaScriptText.literal("./" + DoorFiles.pictures)
    let head = """
      // @ts-nocheck
      // Made by optimize-assets: gives Markdown images candidates. The author's configuration is \(author).

      """
    if kind == .astro {
      return head + """
        import fs from 'node:fs'
        import path from 'node:path'
        import { createRequire } from 'node:module'
        import { fileURLToPath } from 'node:url'
        import author from \(author)

        const stamp = \(JavaScriptText.literal(stamp))
        const pictures = JSON.parse(fs.readFileSync(new URL(\(pictures), import.meta.url), 'utf8'))

        """ + JavaScriptText.file(PackageResources.astro_configuration_js)
    }
    let code = JavaScriptText.file(PackageResources.eleventy_configuration_js)
    guard door.isModule else {
      return head + """
        const author = require(\(author))
        const pictures = require(\(pictures))

        module.exports = eleventyConfig => configured(eleventyConfig)
        module.exports.config = author.config

        """ + code
    }
    return head + """
      import fs from 'node:fs'
      import * as loaded from \(author)

      const author = loaded.default
      const pictures = JSON.parse(fs.readFileSync(new URL(\(pictures), import.meta.url), 'utf8'))

      export const config = loaded.config
      export default eleventyConfig => configured(eleventyConfig)

      """ + code
  }
}
