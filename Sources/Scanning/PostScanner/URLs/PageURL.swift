import Foundation

/// The URL that Jekyll gives the page of a file.
struct PageURL: Sendable {
  let configuration: JekyllConfiguration
  private let zone: TimeZone

  init(_ configuration: JekyllConfiguration) {
    self.configuration = configuration
    zone = configuration.timezone.flatMap(TimeZone.init(identifier:)) ?? .current
  }

  /// The URL path below baseurl, with a leading `/`.
  ///
  /// - Parameters:
  ///   - path: the file's path.
  ///   - role: what Jekyll takes the file for.
  ///   - matter: its front matter.
  ///   - outputExtension: `.html` for Markdown, the file's own for others.
  ///   - modified: when the file was last changed, in seconds since 1970: the date of a draft.
  /// - Returns: the URL, and whether the present time is part of it: Jekyll's date of what has none.
  func url(
    of path: String,
    role: JekyllFiles.Role,
    matter: FrontMatter,
    outputExtension: String,
    modified: Int
  ) -> (url: String, dependsOnClock: Bool) {
    switch role {
    case .page: return (page(path, matter, outputExtension), false)
    case .partial(let url): return (url, false)
    case .post:
      return document(path, label: "posts", isDraft: false, matter, outputExtension, modified: modified)
    case .draft:
      return document(path, label: "posts", isDraft: true, matter, outputExtension, modified: modified)
    case .document(let label):
      return document(path, label: label, isDraft: false, matter, outputExtension, modified: modified)
    }
  }

  /// The URL of a file in a collection's folder that is copied as it is (`StaticFile#url`).
  func staticURL(of path: String, label: String) -> String {
    let name = FileName(path)
    let template = collectionTemplate(label)
    let cleaned = name.withoutExtension(below: collectionFolder(label))
    let url = Permalink.fill(template) { placeholder in
      switch placeholder {
      case "collection": label
      case "path": cleaned
      case "output_ext", "title": ""
      case "name": name.stem
      default: nil
      }
    }
    return (url.hasSuffix("/") ? String(url.dropLast()) : url) + name.extension
  }

  private func collectionFolder(_ label: String) -> String {
    let folder = configuration.collectionsFolder
    return folder.isEmpty ? "_\(label)" : "\(folder)/_\(label)"
  }

  private func collectionTemplate(_ label: String) -> String {
    configuration.collections.first { $0.label == label }?.permalink
      ?? "/:collection/:path" + Permalink.suffix(style: configuration.permalink)
  }

  private func page(_ path: String, _ matter: FrontMatter, _ outputExtension: String) -> String {
    let name = FileName(path)
    let folder = name.folder.isEmpty ? "/" : "/\(name.folder)/"
    let isHTML = [".html", ".xhtml", ".htm"].contains(outputExtension)
    var template = "/:path/:basename"
    if !isHTML {
      template += ":output_ext"
    } else if name.stem == "index" {
      template = "/:path/"
    } else {
      template += Permalink.suffix(style: configuration.permalink)
    }
    let permalink =
      matter.text("permalink") ?? configuration.defaultValue("permalink", path: path, type: "pages")
    return Permalink.fill(permalink ?? template) { placeholder in
      switch placeholder {
      case "path": folder
      case "basename": name.stem
      case "output_ext": outputExtension
      default: nil
      }
    }
  }

  private func document(
    _ path: String,
    label: String,
    isDraft: Bool,
    _ matter: FrontMatter,
    _ outputExtension: String,
    modified: Int
  ) -> (url: String, dependsOnClock: Bool) {
    let name = FileName(path)
    let relative =
      configuration.collectionsFolder.isEmpty || !path.hasPrefix(configuration.collectionsFolder + "/")
      ? path : String(path.dropFirst(configuration.collectionsFolder.count + 1))
    let dated = name.date
    let slug =
      matter.text("slug") ?? configuration.defaultValue("slug", path: relative, type: label)
      ?? dated?.slug ?? name.stem
    var template = collectionTemplate(label)
    if label == "posts" {
      template = configuration.postsPermalink ?? Permalink.template(style: configuration.permalink)
    }
    template =
      matter.text("permalink") ?? configuration.defaultValue("permalink", path: relative, type: label)
      ?? template
    let statedDate = date(matter, relative, label) ?? dated?.date
    let date = statedDate ?? local(isDraft ? modified : nil)
    var dependsOnClock = false
    let categories = categories(relative, label, isDraft, matter)
    func datePart(_ placeholder: String) -> String? {
      let text = date.text(placeholder)
      if statedDate == nil, !isDraft, text != nil { dependsOnClock = true }
      return text
    }
    let url = Permalink.fill(template) { placeholder in
      switch placeholder {
      case "title": Permalink.slug(slug, pretty: true)
      case "slug": Permalink.slug(slug)
      case "name": Permalink.slug(name.stem)
      case "path": name.withoutExtension(below: label == "posts" ? "" : collectionFolder(label))
      case "collection": label
      case "output_ext": outputExtension
      case "categories": unique(categories.map { $0.lowercased() }).joined(separator: "/")
      case "slugified_categories": unique(categories.map { Permalink.slug($0) }).joined(separator: "/")
      default: datePart(placeholder)
      }
    }
    return (url, dependsOnClock)
  }

  private func date(_ matter: FrontMatter, _ path: String, _ label: String) -> PostDate? {
    if let scalar = matter.keys["date"]?.scalar, !scalar.isNull {
      return PostDate(scalar.string, isTimestamp: scalar.style == .plain, zone: zone)
    }
    return configuration.defaultValue("date", path: path, type: label)
      .flatMap { PostDate($0, isTimestamp: true, zone: zone) }
  }

  private func local(_ modified: Int?) -> PostDate {
    let moment = modified ?? Int(Date().timeIntervalSince1970)
    return PostDate(
      seconds: moment + zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(moment)))
    )
  }

  /// The folders above `_posts`, the defaults and the front matter's own (`populate_categories`).
  private func categories(
    _ path: String,
    _ label: String,
    _ isDraft: Bool,
    _ matter: FrontMatter
  ) -> [String] {
    var categories: [String] = []
    if label == "posts" {
      let folder = isDraft ? "_drafts" : "_posts"
      categories = path.split(separator: "/").map(String.init).prefix { $0 != folder }.map { $0 }
    }
    categories += configuration.defaultCategories(path: path, type: label)
    categories += matter.words("categories")
    if let node = matter.keys["category"] {
      categories += node.texts ?? node.text.map { [$0] } ?? []
    } else if let category = configuration.defaultValue("category", path: path, type: label) {
      categories.append(category)
    }
    return unique(categories)
  }

  private func unique(_ words: [String]) -> [String] {
    var visited: Set<String> = []
    return words.filter { visited.insert($0).inserted }
  }
}

/// The parts of a file's path.
struct FileName {
  /// The folder, without a trailing `/`.
  let folder: String
  /// The name without its extension, dots at its end taken off.
  let stem: String
  /// The extension with its dot; empty where there is none.
  let `extension`: String
  private let path: String

  init(_ path: String) {
    self.path = path
    let slash = path.lastIndex(of: "/")
    folder = slash.map { String(path[..<$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let dot = name.dropFirst().lastIndex(of: ".")
    self.extension = dot.map { String(name[$0...]) } ?? ""
    var stem = dot.map { String(name[..<$0]) } ?? name
    while stem.hasSuffix(".") { stem.removeLast() }
    self.stem = stem
  }

  /// The name with its extension.
  var name: String { String(folder.isEmpty ? path[...] : path.dropFirst(folder.count + 1)) }

  /// The extension in small letters, without its dot.
  var kind: String { self.extension.dropFirst().lowercased() }

  /// The date and slug of a name such as `2019-08-18-title` (`DATE_FILENAME_MATCHER`).
  var date: (date: PostDate, slug: String)? {
    let parts = stem.split(separator: "-", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, (2...4).contains(parts[0].count), (1...2).contains(parts[1].count),
      (1...2).contains(parts[2].count),
      parts.prefix(3).allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }), !self.extension.isEmpty,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    let full = parts[0].count == 2 ? (year < 69 ? year + 2000 : year + 1900) : year
    return (PostDate(year: full, month: month, day: day), String(parts[3]))
  }

  /// The path without its extension, below a folder, with a leading `/` (`cleaned_relative_path`).
  func withoutExtension(below base: String) -> String {
    var text = String(path.dropLast(self.extension.count))
    if !base.isEmpty, text.hasPrefix(base) { text.removeFirst(base.count) }
    while text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
