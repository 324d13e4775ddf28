import AssetModel
import SiteFiles

/// The ways in which generators other than Jekyll find the file of a URL.
extension URLResolver {
  /// The ways for a region.
  func rules(_ region: Region) -> [URLRule] {
    switch region {
    case .body: rules.markdown
    case .definition: rules.markdownReference.isEmpty ? rules.markdown : rules.markdownReference
    case .html: rules.html
    case .tag: rules.tag
    case .embed: rules.embeds
    case .frontMatter: rules.frontMatter
    }
  }

  /// Tries ways in order. The first that leads to an image counts; if there is none, the first that leads to a file
  /// determines the problem.
  ///
  /// - Parameters:
  ///   - ways: the ways.
  ///   - path: the URL's path, percent-encoding undone.
  ///   - isEncoded: whether the author encoded any of it.
  ///   - form: how the author wrote it.
  ///   - page: the post that it stands in.
  func byRules(_ ways: [URLRule], path: String, isEncoded: Bool, _ form: Form, _ page: Page) -> Result {
    var failure: Result?
    for rule in ways {
      for candidate in candidates(rule.way, path, isEncoded: isEncoded, form, page) {
        var result = candidate.isOutside ? Self.outside : finish(candidate.path, candidate.link)
        if result.status == .local {
          result.obstacle = candidate.obstacle ?? rule.obstacle
          result.htmlLink = candidate.htmlLink
          return result
        }
        if failure == nil || (failure?.missing != nil && result.missing == nil) { failure = result }
      }
    }
    return failure
      ?? Result(
        status: .missing, message: "\(path) is no path that the generator looks for",
        advice: "write it as the generator's documentation shows"
      )
  }

  /// A site file that a URL may mean.
  private struct Option {
    var path = ""
    var link = LinkForm(prefix: "")
    var htmlLink: LinkForm?
    var obstacle: String?
    var isOutside = false

    static let outside = Option(isOutside: true)
  }

  private func candidates(
    _ way: URLRule.Way, _ path: String, isEncoded: Bool, _ form: Form, _ page: Page
  ) -> [Option] {
    let isRooted = path.hasPrefix("/")
    switch way {
    case .published: return published(path, isRooted: isRooted, form, page)
    case .publishedAtRoot:
      guard form.origin.isEmpty else { return [] }
      return published(path, isRooted: true, form, page)
    case .publishedFromRoot:
      guard isRooted || !form.origin.isEmpty else { return [] }
      return published(path, isRooted: true, form, page)
    case .besideBundle:
      guard page.page.bundle != nil else { return [] }
      fallthrough
    case .besidePost:
      guard !isRooted, form.origin.isEmpty else { return [] }
      return beside(FileName(page.path).folder, path, form, page)
    case .below(let folder, let isLoose):
      guard isRooted || isLoose, form.origin.isEmpty, let inner = SiteRoot.normalize(path) else { return [] }
      let mount = LinkForm.Mount(folder)
      let link = form.rooted(isRooted ? "/" : "", mounts: [mount] + rules.mounts)
      return [Option(path: Self.join(folder, inner.joined(separator: "/")), link: link)]
    case .alias(let prefix, let folder):
      guard path.hasPrefix(prefix), let inner = SiteRoot.normalize(String(path.dropFirst(prefix.count)))
      else {
        return []
      }
      let link = form.rooted(prefix, mounts: [LinkForm.Mount(folder)])
      return [Option(path: Self.join(folder, inner.joined(separator: "/")), link: link)]
    case .marker(let markers, let folder):
      // A marker is text of the source: one whose braces are encoded is none.
      guard let marker = markers.first(where: { form.written.hasPrefix($0) && path.hasPrefix($0) }) else {
        return []
      }
      return marked(String(path.dropFirst(marker.count)), marker, folder, form, page)
    case .nearest(let folders, let isLoose):
      guard isRooted || isLoose, form.origin.isEmpty, let inner = SiteRoot.normalize(path) else { return [] }
      return MarkdownSurvey.order(folders, around: page.path).map { folder in
        let link = form.rooted(isRooted ? "/" : "", mounts: [LinkForm.Mount(folder)] + rules.mounts)
        return Option(path: Self.join(folder, inner.joined(separator: "/")), link: link)
      }
    case .byName:
      // Notes name files as they are called, signs of percent and hashes included.
      let file = [form.written, path].lazy.compactMap { names?.path(of: $0, from: page.path) }.first
      guard form.origin.isEmpty, let file else { return [] }
      return [Option(path: file)]
    case .assetFolder:
      guard !isRooted, form.origin.isEmpty else { return [] }
      let name = FileName(page.path)
      let folder = Self.join(name.folder, name.stem)
      guard let parts = SiteRoot.normalize(folder + "/" + path) else { return [.outside] }
      var option = Option(path: parts.joined(separator: "/"))
      guard form.region.isMarkdown, let address = page.page.assetFolder else {
        option.obstacle = "its file is copied to the page's own folder"
        return [option]
      }
      let mounts = [LinkForm.Mount(folder, at: address)] + rules.mounts
      option.link = form.rooted("/", mounts: mounts)
      option.htmlLink = rules.markdownRoot.map { form.rooted($0, mounts: mounts) }
      return [option]
    }
  }

  /// As a browser finds it: from the host's root, or from the page's folder.
  private func published(_ path: String, isRooted: Bool, _ form: Form, _ page: Page) -> [Option] {
    let base = baseurl.split(separator: "/").map(String.init)
    if isRooted || !form.origin.isEmpty {
      var parts = Self.browserPath(path)
      var prefix = "/"
      var obstacle: String?
      var htmlPrefix: String?
      if !base.isEmpty {
        if let root = rules.markdownRoot, form.region.isMarkdown {
          htmlPrefix = form.origin.isEmpty ? root : nil
        } else if parts.starts(with: base) {
          parts.removeFirst(base.count)
          prefix = baseurl + "/"
        } else {
          obstacle = "it is written without \(baseurl), the path that the site is published at"
        }
      }
      return files(at: parts.joined(separator: "/")).map { file in
        let link = form.rooted(prefix, mounts: file.mounts)
        return Option(
          path: file.path, link: link, htmlLink: htmlPrefix.map { form.rooted($0, mounts: file.mounts) },
          obstacle: obstacle)
      }
    }
    var parts = page.folder.split(separator: "/").map(String.init)
    var climbs = false
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": if parts.popLast() == nil { climbs = true }
      default: parts.append(String(part))
      }
    }
    let files = files(at: parts.joined(separator: "/"))
    // A browser stops at the host's root, where such a URL may still find a file.
    if climbs {
      let isShown = base.isEmpty && files.contains { index.look(up: $0.path) == .file($0.path) }
      guard isShown else { return [.outside] }
    }
    return files.map { file in
      Option(
        path: file.path, link: form.relative(to: page.folder, mounts: file.mounts),
        obstacle: climbs ? "its URL climbs above the site's root" : nil)
    }
  }

  /// The site files that could be published at a URL path, and the mounts that put them there.
  private func files(at url: String) -> [(path: String, mounts: [LinkForm.Mount])] {
    var files: [(path: String, mounts: [LinkForm.Mount])] = []
    for mount in rules.mounts {
      guard let inner = Self.inner(of: url, below: mount.url) else { continue }
      files.append((Self.join(mount.folder, inner), [mount] + rules.mounts))
    }
    // The bundle whose URL is the longest.
    var folder = FileName(url).folder
    while !bundles.isEmpty {
      if let bundle = bundles[folder], let inner = Self.inner(of: url, below: folder) {
        let mount = LinkForm.Mount(bundle, at: folder)
        files.append((Self.join(bundle, inner), [mount] + rules.mounts))
        break
      }
      guard !folder.isEmpty else { break }
      folder = FileName(folder).folder
    }
    return files
  }

  /// A file in a folder of posts. Raw HTML names it from the page instead.
  private func beside(_ folder: String, _ path: String, _ form: Form, _ page: Page) -> [Option] {
    guard let parts = SiteRoot.normalize(folder + "/" + path) else { return [.outside] }
    let target = parts.joined(separator: "/")
    if let bundle = page.page.bundle {
      let mounts = [LinkForm.Mount(bundle, at: page.folder)] + rules.mounts
      if let root = rules.bundleRoot, form.region.isMarkdown, !path.contains("/") {
        return [Option(path: target, link: form.rooted(root, mounts: mounts))]
      }
      return [Option(path: target, link: form.relative(to: page.folder, mounts: mounts))]
    }
    var link = form.relative(to: folder, mounts: nil)
    // `./x` and `x` differ for JavaScript's imports.
    if path.hasPrefix("./") { link.prefix += "./" }
    return [Option(path: target, link: link, htmlLink: form.relative(to: page.folder, mounts: rules.mounts))]
  }

  private func marked(_ path: String, _ marker: String, _ folder: String, _ form: Form, _ page: Page)
    -> [Option]
  {
    let isRooted = path.hasPrefix("/")
    let start = isRooted ? folder : FileName(page.path).folder
    guard let parts = SiteRoot.normalize(start + "/" + path) else { return [.outside] }
    let target = parts.joined(separator: "/")
    let isAttached = marker.contains("attach")
    let isPublished = rules.mounts.contains { $0.published(target) != nil }
    var mounts = rules.mounts
    var obstacle: String?
    if isAttached, isPublished {
      obstacle = "{attach} may move its file beside the page (write {static})"
    } else if !isPublished {
      // Its own URL is needed for candidates among which it is the widest.
      if rules.candidateForm != nil, !isAttached || rules.attachesBesidePages {
        mounts.append(isAttached ? Self.attached(target, to: page) : LinkForm.Mount(folder))
      } else {
        obstacle = "its file is published because this link asks for it (list its folder in STATIC_PATHS)"
      }
    }
    return [
      Option(
        path: target,
        link: form.rooted(marker + "/", mounts: [LinkForm.Mount(folder)]),
        htmlLink: form.rooted(rules.candidateForm?.prefix ?? baseurl + "/", mounts: mounts),
        obstacle: obstacle)
    ]
  }

  /// Where Pelican publishes a file that a page attaches: below the page's folder as it lies below the article's, or else
  /// right in it.
  private static func attached(_ target: String, to page: Page) -> LinkForm.Mount {
    let (folder, own) = (FileName(target).folder, FileName(page.path).folder)
    let inner =
      own.isEmpty ? folder : folder.hasPrefix(own + "/") ? String(folder.dropFirst(own.count + 1)) : ""
    return LinkForm.Mount(folder, at: join(page.folder, inner))
  }

  private static func join(_ folder: String, _ path: String) -> String {
    folder.isEmpty ? path : path.isEmpty ? folder : "\(folder)/\(path)"
  }

  /// A path below a folder; nil where it is not.
  private static func inner(of path: String, below folder: String) -> String? {
    guard !folder.isEmpty else { return path }
    return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : nil
  }
}

extension URLResolver.Form {
  func rooted(_ prefix: String, mounts: [LinkForm.Mount]) -> LinkForm {
    var link = rooted(prefix)
    link.mounts = mounts
    return link
  }

  func relative(to folder: String, mounts: [LinkForm.Mount]?) -> LinkForm {
    var link = relative(to: folder)
    link.mounts = mounts
    return link
  }
}
