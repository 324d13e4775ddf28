import Foundation
import SiteFiles

/// The builds of one judgement.
struct OracleSession {
  private let root: SiteRoot
  private let folder: BuildFolder
  private var command: BuildCommand
  private let isJekyll: Bool
  private let options: GeneratorOracle.Options
  private let guardian: BuildGuard
  private var verdicts: Verdicts

  init(
    root: SiteRoot, folder: BuildFolder, command: BuildCommand, isJekyll: Bool,
    options: GeneratorOracle.Options,
    guardian: BuildGuard
  ) {
    self.root = root
    self.folder = folder
    self.command = command
    self.isJekyll = isJekyll
    self.options = options
    self.guardian = guardian
    verdicts = Verdicts(command: command.line)
  }

  mutating func judge(_ wanted: [OraclePost]) throws -> Verdicts {
    let untouched = try build()
    let pages = try BuiltPages.pages(below: untouched)
    guard !pages.isEmpty else { throw GeneratorOracleError.noPages(command: verdicts.command) }
    verdicts.pages = pages.count
    folder.dropFiles(of: untouched)

    let posts = read(wanted)
    let prefix = Tokens.prefix(unlike: posts.lazy.map(\.bytes))
    let tokens = Tokens(prefix: prefix, forms: posts.flatMap { $0.candidates.map(\.form) })
    let pageOfPost = posts.map { post in post.post.url.flatMap { Evaluation.page(of: $0, among: pages) } }
    let postPages = Set(pageOfPost.compactMap(\.self))

    try write(posts, tokens) { _ in true }
    let first = try builtPages(untouched, tokens, postPages)
    let evaluation = Evaluation(first)
    var unsettled: [Int] = []
    for (index, post) in posts.enumerated() {
      if case .differs = evaluation.outcome(post, postPage: pageOfPost[index]) {
        unsettled.append(index)
      } else {
        take(evaluation.outcome(post, postPage: pageOfPost[index]), of: post)
      }
    }
    guard !unsettled.isEmpty else { return verdicts }
    try evaluate(
      unsettled.map { (posts[$0], pageOfPost[$0]) }, all: posts, first, tokens, untouched, postPages)
    return verdicts
  }

  /// Builds once more, with only those tokens of the posts left open that did not come out as text.
  private mutating func evaluate(
    _ unsettled: [(post: TokenizedPost, pageOfPost: String?)], all posts: [TokenizedPost],
    _ first: BuiltPages.Result,
    _ tokens: Tokens, _ untouched: String, _ postPages: Set<String>
  ) throws {
    var outputTokens = first.elsewhere
    var imageTokens: Set<Int> = []
    for page in first.pages {
      outputTokens.formUnion(page.tokens)
      imageTokens.formUnion(page.images.keys)
    }
    let open = Set(unsettled.flatMap { $0.post.tokens })
    let values = Set(
      unsettled.flatMap { one in one.post.tokens.filter { one.post.candidate($0).kind == .value } })
    // A value that a template looks up instead of printing it may be what changed the page.
    let wanted = open.filter {
      values.contains($0) ? outputTokens.contains($0) : imageTokens.contains($0) || !outputTokens.contains($0)
    }
    try write(posts, tokens) { wanted.contains($0) }
    let second = try builtPages(untouched, tokens, postPages)
    let evaluation = Evaluation(
      second, isWritten: { wanted.contains($0) },
      wasText: { outputTokens.contains($0) && !imageTokens.contains($0) })
    for (post, pageOfPost) in unsettled { take(evaluation.outcome(post, postPage: pageOfPost), of: post) }
  }

  private mutating func take(_ outcome: Evaluation.Outcome, of post: TokenizedPost) {
    let path = post.post.path
    switch outcome {
    case .judged(let results): verdicts.judged[path] = results
    case .differs(let page):
      verdicts.unjudged[path] = "the page \(page) changes when its images are marked"
    case .notRendered: verdicts.unjudged[path] = "no page of the build shows it"
    }
  }

  private mutating func read(_ wanted: [OraclePost]) -> [TokenizedPost] {
    var posts: [TokenizedPost] = []
    var token = 0
    for post in wanted {
      guard let data = try? FileAccess.read(root.absolute(post.path)) else {
        verdicts.unjudged[post.path] = "it cannot be read"
        continue
      }
      var tokenized = TokenizedPost(post, bytes: [UInt8](options.text?(post.path, data) ?? data))
      tokenized.firstToken = token
      token += tokenized.candidates.count
      posts.append(tokenized)
    }
    return posts
  }

  private func write(
    _ posts: [TokenizedPost], _ tokens: Tokens, where isWanted: (Int) -> Bool
  ) throws(FileError) {
    for post in posts where !post.candidates.isEmpty {
      let path = folder.source + "/" + post.post.path
      var info = stat()
      let isThere = stat(path, &info) == 0
      #if os(Linux)
      let time = info.st_mtim
      #else
      let time = info.st_mtimespec
      #endif
      try FileAccess.write(Data(post.written(tokens, where: isWanted)), to: path)
      // Templates print the time of a post's last change.
      if isThere { FileCopy.setModified(Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec), of: path) }
    }
  }

  private mutating func builtPages(
    _ untouched: String, _ tokens: Tokens, _ postPages: Set<String>
  ) throws -> BuiltPages.Result {
    let destination = try build()
    defer { folder.remove(destination) }
    return try BuiltPages(untouched: untouched, tokenized: destination, tokens: tokens, jobs: options.jobs)
      .read(postPages: postPages)
  }

  /// Builds the copy and says where to.
  private mutating func build() throws -> String {
    verdicts.builds += 1
    let destination = folder.destination(verdicts.builds)
    do {
      try run(destination)
    } catch GeneratorOracleError.failed(let line, let status, let output) {
      // Jekyll loads what a Gemfile names, and gives up where one gem of it is missing.
      guard isJekyll, verdicts.builds == 1, command.environment.isEmpty,
        output.contains(where: { $0.lowercased().contains("bundler") })
      else { throw GeneratorOracleError.failed(command: line, status: status, output: output) }
      command.environment["JEKYLL_NO_BUNDLER_REQUIRE"] = "true"
      try run(destination)
      verdicts.notes.append("the gems of the Gemfile are not all installed, so the site was built without it")
    }
    return destination
  }

  private func run(_ destination: String) throws {
    try BuildRun(
      command: command, source: folder.source, destination: destination, settings: folder.settings,
      log: folder.log,
      seconds: options.seconds,
      guardian: guardian
    ).run()
  }
}
