/// The manifest's types as bytes that say everything a rewrite goes by, for keys: short to make, and never read back.
extension CompactWriter {
  package mutating func write(_ range: ByteRange) {
    write(range.start)
    write(range.end)
  }

  /// Writes all of a reference.
  package mutating func write(_ reference: Reference) {
    write(reference.post)
    write(reference.kind.rawValue)
    write(reference.range)
    write(reference.urlRange)
    write(reference.attributeListRange) { $0.write($1) }
    write(reference.line)
    write(reference.column)
    write(reference.url)
    write(reference.alt)
    write(reference.title)
    write(reference.status.rawValue)
    write(reference.reason)
    write(reference.source)
    write(reference.link) { $0.write($1) }
    write(reference.htmlLink) { $0.write($1) }
    write(reference.keptBecause)
    write(reference.printsPath) { $0.write($1) }
    write(reference.attributes.sorted { $0.key < $1.key }) { writer, attribute in
      writer.write(attribute.key)
      writer.write(attribute.value)
    }
    write(reference.field)
    write(reference.context) { $0.write($1.rawValue) }
    write(reference.imageOverride.map { StableText.of($0) ?? "" })
  }

  private mutating func write(_ link: LinkForm) {
    write(link.prefix)
    write(link.suffix)
    write(link.base)
    write(link.keepsUnicode)
    write(link.tail)
    write(link.mounts) { writer, mounts in
      writer.write(mounts) { writer, mount in
        writer.write(mount.folder)
        writer.write(mount.url)
      }
    }
  }

  /// Writes all of a post.
  package mutating func write(_ post: Post) {
    write(post.path)
    write(post.dialect.rawValue)
    write(post.allowsHTML)
    write(post.url)
    write(post.layout)
    write(post.hookName)
    write(post.bytes)
    write(post.sha256)
  }

  /// Writes all of a source but who made it, which no markup says.
  package mutating func write(_ source: Source) {
    write(source.path)
    write(source.sha256)
    write(source.bytes)
    write(source.format.rawValue)
    write(source.width)
    write(source.height)
    write(source.frames)
    write(source.orientation)
    write(source.alpha)
    write(source.icc)
    write(source.wideGamut)
    write(source.gps)
    write(source.content?.rawValue)
    write(source.contentReason)
    write(source.placeholder)
  }

  /// Writes all of a variant but its score, which no markup says.
  package mutating func write(_ variant: Variant) {
    write(variant.path)
    write(variant.source)
    write(variant.purpose.rawValue)
    write(variant.width)
    write(variant.height)
    write(variant.format.rawValue)
    write(variant.bytes)
    write(variant.sha256)
    write(variant.settings.loss.rawValue)
    write(variant.crop?.description)
    write(variant.media) { $0.write($1) }
  }
}
