/// An image of a built page with the candidates that its generator gave it, in a `<picture>` or in a `srcset`, and what they
/// lack.
///
/// The planner asks which files are wanted, the rewriter where they go.
package struct CandidateGroup {
  /// One `srcset`.
  package struct List {
    /// Its bytes, without quotes.
    package var range: ByteRange
    package var candidates: [Reference]
    /// Whether candidates may be added to it.
    var isOpen: Bool { candidates.allSatisfy { $0.keptBecause == nil } }
    /// Whether each candidate says its width.
    package var hasWidths: Bool { candidates.allSatisfy { $0.page?.width != nil } }
    /// Whether it is one file that says nothing of its size.
    package var isSingle: Bool {
      candidates.count == 1 && candidates[0].page?.width == nil && candidates[0].page?.density == nil
    }
    package var tag: ByteRange { candidates[0].range }
    package var attributes: [String: String] { candidates[0].attributes }
    package var media: String { attributes["media"] ?? "" }
    /// Whether its image is shown as wide as `sizes` say, whatever the width of its file.
    var fillsSizes: Bool { candidates.allSatisfy { $0.page?.fillsSizes == true } }
    /// Whether it is for a lazy loader, which puts it into place as it is.
    package var isLazy: Bool { attributes["data-srcset"] != nil || attributes["data-lazy-srcset"] != nil }
  }

  /// What a list lacks, or a `<source>` that is not there.
  package struct Wish {
    /// The list; nil for a new `<source>`.
    package var list: Int?
    /// The file that it is made of.
    package var source: Source
    package var format: ImageFormat
    package var widths: [Int]
    /// Whether what is made takes the place of candidates of the same width.
    package var replaces = false
  }

  package private(set) var lists: [List] = []
  /// The `<img>`.
  package private(set) var image: Reference?
  /// The offset of its tag, by which its references know it.
  package private(set) var start = 0
  /// Whether a script puts candidates into place.
  package var isLazy: Bool { lists.contains(where: \.isLazy) }

  /// The groups of a page.
  package static func all(of references: [Reference]) -> [CandidateGroup] {
    let grouped = Dictionary(grouping: references.filter { $0.page?.group != nil }) { $0.page?.group ?? 0 }
    return grouped.sorted { $0.key < $1.key }.map { CandidateGroup($0.value, start: $0.key) }
  }

  private init(_ references: [Reference], start: Int) {
    self.start = start
    image = references.first { $0.kind == .htmlImage }
    for reference in references where reference.kind == .htmlSource {
      guard let range = reference.page?.list else { continue }
      if let known = lists.firstIndex(where: { $0.range == range }) {
        lists[known].candidates.append(reference)
      } else {
        lists.append(List(range: range, candidates: [reference]))
      }
    }
    lists.sort { $0.range.start < $1.range.start }
  }

  /// Whether the image stands in a `<picture>`.
  package var isInPicture: Bool {
    lists.contains { $0.candidates[0].context.contains(.picture) }
  }

  // MARK: What is wanted

  /// - Parameters:
  ///   - sources: the files by path.
  ///   - widths: the ladder.
  ///   - markup: the form that is asked for.
  ///   - srcsetFormat: the format of a `srcset` whose files may be of any.
  ///   - folder: where variants are: an image that has some already lacks nothing.
  package func wishes(
    _ sources: [String: Source], widths: [Int], markup: MarkupForm, srcsetFormat: ImageFormat, folder: String
  ) -> [Wish] {
    let isOurs = lists.contains { $0.candidates.contains { $0.source?.hasPrefix(folder + "/") == true } }
    guard !lists.isEmpty, !isOurs else { return [] }
    let known = { (reference: Reference) -> Source? in
      guard reference.status == .local, let source = reference.source.flatMap({ sources[$0] }),
        source.frames == 1,
        source.width > 0, source.format != .svg, source.leftAlone == nil, source.orientation == 1
      else { return nil }
      return source
    }
    // A list that says other widths than its files have, or whose files have other shapes, is no list of one picture.
    let isOnePicture = { (list: List) -> Bool in
      let files = list.candidates.map { (said: $0.page?.width, file: known($0)) }
      guard let shape = files.lazy.compactMap(\.file).first else { return false }
      return files.allSatisfy { said, file in
        guard let file else { return true }
        let height = Double(file.width) * Double(shape.height) / Double(shape.width)
        // A file that is wider than its list says is sharper, and makes no box wider where sizes are filled.
        let isTold =
          abs((said ?? file.width) - file.width) <= max(2, file.width / 20)
          || said ?? 0 < file.width && list.fillsSizes
        return abs(height - Double(file.height)) <= max(2, 0.01 * height) && isTold
      }
    }
    guard lists.filter({ $0.media.isEmpty }).allSatisfy(isOnePicture) else { return [] }
    var found: [Wish] = []
    let added = markup == .picture ? newFormats(known) : []
    for (index, list) in lists.enumerated()
    where list.isOpen && (list.hasWidths || list.isSingle) && isOnePicture(list) {
      guard let best = best(for: list, known) else { continue }
      if list.isSingle, !isInPicture { continue }
      let own = list.candidates.compactMap { $0.page?.width ?? (list.isSingle ? known($0)?.width : nil) }
      guard let top = list.candidates.compactMap({ Self.width(of: $0, known($0)) }).max() else { continue }
      let mixes = list.attributes["type"] == nil && !isInPicture && added.isEmpty && !list.isLazy
      let held = format(of: list, known)
      guard let wanted = mixes ? srcsetFormat : held else { continue }
      if mixes, wanted != held {
        // A candidate that is wider than the ladder is what some screens load: it gets a lighter one beside it.
        let widest = min(top, best.width)
        var rungs = Self.rungs(widths, upTo: widest, beside: [])
        if Double(rungs.last ?? 0) < 0.87 * Double(widest) { rungs.append(widest) }
        found.append(Wish(list: index, source: best, format: wanted, widths: rungs, replaces: true))
      } else {
        let rungs = Self.rungs(widths, upTo: min(top, best.width), beside: own)
        if !rungs.isEmpty { found.append(Wish(list: index, source: best, format: wanted, widths: rungs)) }
      }
    }
    return found + wishes(for: added, widths, known)
  }

  private func wishes(
    for added: [ImageFormat], _ widths: [Int], _ known: (Reference) -> Source?
  ) -> [Wish] {
    guard let first = lists.first(where: { $0.hasWidths || $0.isSingle }), let best = best(for: first, known)
    else {
      return []
    }
    let tops = lists.flatMap(\.candidates).compactMap { Self.width(of: $0, known($0)) }
    guard let top = tops.max() else { return [] }
    return added.map {
      Wish(source: best, format: $0, widths: Self.rungs(widths, upTo: min(top, best.width), beside: []))
    }
  }

  /// The width of a candidate: what its list says, or its file's where that has more.
  package static func width(of candidate: Reference, _ file: Source?) -> Int? {
    guard let said = candidate.page?.width else { return file?.width }
    return file.map { Double($0.width) > 1.05 * Double(said) ? $0.width : said } ?? said
  }

  /// Rungs of the ladder that no candidate is near to, and the widest there may be where there is no candidate at all.
  private static func rungs(_ widths: [Int], upTo top: Int, beside own: [Int]) -> [Int] {
    let near = { (width: Int, other: Int) in Double(abs(width - other)) < 0.13 * Double(max(width, other)) }
    var rungs = widths.filter { width in width < top && !near(width, top) && !own.contains { near(width, $0) }
    }
    let widest = min(top, widths.max() ?? top)
    if own.isEmpty, !rungs.contains(widest) { rungs.append(widest) }
    return rungs.sorted()
  }

  /// Formats in which the image is not offered yet, although all browsers of today take them.
  private func newFormats(_ known: (Reference) -> Source?) -> [ImageFormat] {
    guard let image, image.keptBecause == nil, image.page?.pictureObstacle == nil,
      image.page?.sizeReason == nil,
      !lists.isEmpty, lists.allSatisfy({ $0.media.isEmpty && $0.isOpen && !$0.isLazy }),
      lists.allSatisfy({ $0.hasWidths || $0.isSingle })
    else { return [] }
    let formats = Set(lists.compactMap { format(of: $0, known) })
    if formats.contains(.avif) { return [] }
    return formats.contains(.webp) ? [.avif] : [.avif, .webp]
  }

  /// The format of a list's files: what it says, or what all of them hold.
  private func format(of list: List, _ known: (Reference) -> Source?) -> ImageFormat? {
    let held = Set(list.candidates.compactMap { known($0)?.format })
    guard let type = list.attributes["type"]?.lowercased() else { return held.count == 1 ? held.first : nil }
    let said = ImageFormat.allCases.first { $0.mediaType == type || type == "image/jpg" && $0 == .jpeg }
    return said.flatMap { [.avif, .webp, .jpeg, .png].contains($0) ? $0 : nil }
  }

  /// The file that candidates of a list are made of: the widest of its shape among its own files and those which are the same
  /// picture by their names, and of equally wide ones the one with the most bytes, which has lost least. A shape proves nothing:
  /// an author may show one picture in a `<source>` and another in the `<img>`.
  private func best(for list: List, _ known: (Reference) -> Source?) -> Source? {
    let own = list.candidates.compactMap(known)
    var pool = lists.filter { $0.media == list.media }.flatMap(\.candidates).compactMap(known)
    if list.media.isEmpty, let source = image.flatMap(known) { pool.append(source) }
    guard let shape = own.max(by: { $0.width < $1.width }) else { return nil }
    let names = Set(own.map(PictureName.init))
    let same = (own + pool.filter { names.contains(PictureName($0)) }).filter { source in
      let expected = Double(source.width) * Double(shape.height) / Double(shape.width)
      return abs(expected - Double(source.height)) <= max(1.5, 0.01 * expected)
    }
    return same.max { ($0.width, $0.bytes, $1.path) < ($1.width, $1.bytes, $0.path) }
  }
}
