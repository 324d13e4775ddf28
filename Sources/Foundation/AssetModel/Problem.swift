/// Something that a person should know about a file of the site.
public struct Problem: Codable, Hashable, Sendable, Comparable {
  /// How much it matters.
  public enum Severity: String, Codable, Sendable {
    /// An image could not be processed; the run's exit code says so.
    case error
    /// The result is usable, and something deserves a look.
    case warning
    /// Nothing is wrong: something was left as it is, and this is why.
    case note
  }

  /// What kind of problem it is; stable, for machines.
  public enum Code: String, Codable, Sendable, CaseIterable {
    /// A file could not be decoded.
    case undecodable
    /// A file is damaged, or its color profile is, and was used as far as it goes.
    case damaged
    /// An encoder refused an image.
    case encodeFailed = "encode-failed"
    /// A file is larger, in pixels or bytes, than the pipeline takes on.
    case tooLarge = "too-large"
    /// A file could not be read or written.
    case unreadable
    /// A reference names no file.
    case missingFile = "missing-file"
    /// A reference leaves the site's root.
    case outsideSite = "outside-site"
    /// A reference's URL is template code that only the generator can evaluate.
    case templated
    /// A file is of a kind that is passed through untouched.
    case passedThrough = "passed-through"
    /// A file's extension does not say what it holds.
    case extensionMismatch = "extension-mismatch"
    /// An SVG holds scripts, or loads other files.
    case svgContent = "svg-content"
    /// Most browsers do not show files of this format.
    case notShown = "not-shown"
    /// No variant was smaller than the source.
    case alreadySmall = "already-small"
    /// Front matter could not be read.
    case badFrontMatter = "bad-front-matter"
    /// A post is not processed by its generator, or cannot be rewritten safely.
    case postSkipped = "post-skipped"
    /// A reference was left as the author wrote it.
    case referenceKept = "reference-kept"
    /// An attribute in a post asks for something that there is not, or that cannot be had there.
    case badAttribute = "bad-attribute"
    /// An HTML image has no alternative text.
    case missingAlt = "missing-alt"
    /// An image's alternative text is empty.
    case emptyAlt = "empty-alt"
    /// The scanner and the site's own generator differ on whether a place is an image.
    case oraclesDiffer = "judges-differ"
    /// A post that the site's own generator could not be asked about.
    case notJudged = "not-judged"
    /// The author changed what an earlier run in place had written.
    case authorEdit = "author-edit"
    /// A variant is not as an earlier run in place made it.
    case variantChanged = "variant-changed"
    /// The site's own configuration could not be read, or holds something unexpected.
    case siteConfiguration = "site-configuration"
    /// The cache cannot be used, or not any more: everything is made anew.
    case cacheUnusable = "cache-unusable"
    /// Something in the cache was damaged, and is made again.
    case cacheDamaged = "cache-damaged"
  }

  /// How much it matters.
  public var severity: Severity
  /// What kind of problem it is.
  public var code: Code
  /// The file, relative to the site's root.
  public var file: String
  /// The line, from 1.
  public var line: Int?
  /// The column in Unicode scalars, from 1.
  public var column: Int?
  /// What is wrong, without a full stop at its end.
  public var message: String
  /// What to do about it, without a full stop at its end.
  public var advice: String?

  /// Makes a problem.
  public init(
    _ severity: Severity, _ code: Code, file: String, line: Int? = nil, column: Int? = nil,
    message: String, advice: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.advice = advice
  }

  /// Problems are listed by file, then by position, then by code.
  public static func < (a: Problem, b: Problem) -> Bool {
    (a.file, a.line ?? 0, a.column ?? 0, a.code.rawValue, a.message)
      < (b.file, b.line ?? 0, b.column ?? 0, b.code.rawValue, b.message)
  }
}

extension Problem: CustomStringConvertible {
  /// `path:line:column: severity: message (what to do)`
  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
    let advice = advice.map { " (\($0))" } ?? ""
    return "\(place.joined(separator: ":")): \(severity.rawValue): \(message)\(advice)".printable
  }
}
