/// Whether each image of a page stands as it stood, and offers what shows the same picture.
///
/// ``PageComparison`` looks past `<picture>`, whose elements take no room. Browsers do not: they take the first `<source>` of
/// the one that an `<img>` is a child of.
package enum PictureComparison {
  /// The first image that stands in a `<picture>` as it should not, and did not before; nil where there is none.
  ///
  /// - Parameters:
  ///   - before: a page with the same images, in the same order.
  ///   - after: the page that is judged.
  static func misplaced(_ before: RenderedPage, _ after: RenderedPage) -> PageComparison.Difference? {
    let known = Set(faults(of: before).map(\.kind))
    guard let fault = faults(of: after).first(where: { !known.contains($0.kind) }) else { return nil }
    let place = PageComparison.path(in: after.tokens, to: fault.token)
    return PageComparison.Difference(path: place, before: "none", after: fault.kind.text)
  }

  /// A file that an image offers, and that shows another picture.
  package struct Stranger: Hashable {
    /// The number of the image, from 0.
    package var image: Int
    /// What it shows: the URL of its `src`.
    package var shown: String
    /// What it offers.
    package var url: String

    var difference: PageComparison.Difference {
      PageComparison.Difference(
        path: image == 0 ? "img" : "img[\(image + 1)]", before: shown,
        after: "\(url), which shows another picture")
    }
  }

  /// The first image that offers a file of another picture than it showed before; nil where there is none. Files of which
  /// nothing is known are no fault.
  ///
  /// - Parameters:
  ///   - before: a page with the same images, in the same order.
  ///   - after: the page that is judged.
  ///   - original: what identifies the picture that the file behind a URL shows; nil where that is not known.
  package static func stranger(
    _ before: PageImages, _ after: PageImages, original: (_ url: String) -> String?
  ) -> Stranger? {
    for (index, (old, new)) in zip(before.pictures, after.pictures).enumerated() where old != new {
      let own = old.urls
      let pictures = Set(own.compactMap(original))
      guard !pictures.isEmpty else { continue }
      for url in new.urls where !own.contains(url) {
        guard let picture = original(url), !pictures.contains(picture) else { continue }
        return Stranger(image: index, shown: old.img["src"] ?? own.first ?? "", url: url)
      }
    }
    return nil
  }

  // MARK: How images stand

  private struct Fault {
    enum Kind: Hashable {
      /// The number of an image, or how many there are before the end of a `<picture>`.
      case nested(Int)
      case second(Int)
      case apart(Int)
      case empty(Int)

      var text: String {
        switch self {
        case .nested: "an <img> in a <picture> in a <picture>"
        case .second: "a second <img> in a <picture>"
        case .apart: "an <img> in a <picture> that is no child of it"
        case .empty: "a <picture> without an <img>"
        }
      }
    }

    var kind: Kind
    /// The token that it stands at.
    var token: Int
  }

  private static func faults(of page: RenderedPage) -> [Fault] {
    var faults: [Fault] = []
    var images = 0
    // The names of the open elements, and how many images each open picture has.
    var open: [String] = []
    var pictures: [Int] = []
    for (token, value) in page.tokens.enumerated() {
      switch value {
      case .start(let element):
        if element.name == "img", let last = pictures.indices.last {
          pictures[last] += 1
          if pictures.count > 1 { faults.append(Fault(kind: .nested(images), token: token)) }
          if pictures[last] > 1 { faults.append(Fault(kind: .second(images), token: token)) }
          if open.last != "picture" { faults.append(Fault(kind: .apart(images), token: token)) }
        }
        if element.name == "img" { images += 1 }
        if element.name == "picture" { pictures.append(0) }
        open.append(element.name)
      case .end(let name):
        if !open.isEmpty { open.removeLast() }
        if name == "picture", pictures.popLast() == 0 {
          faults.append(Fault(kind: .empty(images), token: token))
        }
      case .text, .comment: continue
      }
    }
    return faults
  }
}

extension PageImages.Picture {
  /// Every URL of an image in the attributes of the `<img>` and its `<source>` elements, those that scripts read among them.
  var urls: [String] {
    ([img] + sources).flatMap { element in
      element.attributes.flatMap { name, value in
        if name.hasSuffix("srcset") { return SourceCandidate.parse(value).map(\.url) }
        let isURL = name == "src" || name.hasPrefix("data-") && ImageURLs.isImage(value)
        return isURL ? [value] : []
      }
    }
  }
}
