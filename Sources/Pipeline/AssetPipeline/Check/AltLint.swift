import AssetModel

/// Looks for images that say nothing to those who do not see them.
struct AltLint {
  /// How much it matters that an `<img>` has no `alt`; nil keeps quiet.
  var missing: Diagnostic.Severity?
  /// How much it matters that an `alt` is empty; nil keeps quiet.
  var empty: Diagnostic.Severity?

  func problems(of references: [Reference]) -> [Diagnostic] {
    references.compactMap { reference in
      switch reference.kind {
      case .htmlImage, .markdownInline, .markdownReference: break
      case .css, .frontMatter, .htmlSource, .markup, .metaImage, .preload, .templateTag, .videoPoster:
        return nil
      }
      // A Markdown image always gets an alt, be it empty.
      let isMissing = reference.kind == .htmlImage && reference.alt == nil
      guard isMissing || (reference.alt ?? "").isEmpty, let severity = isMissing ? missing : empty else {
        return nil
      }
      return Diagnostic(
        severity, isMissing ? .missingAlt : .emptyAlt, file: reference.writtenIn, line: reference.line,
        column: reference.column,
        message: isMissing ? "\(reference.url) has no alt text" : "\(reference.url) has an empty alt text",
        advice: isMissing
          ? "describe the image, or write alt=\"\" for a decoration"
          : "describe the image unless it is a decoration")
    }
  }
}
