import RenderedHTML

/// The URLs of a `srcset` value.
enum SrcsetURLs {
  static func split(_ value: String) -> [String] { Srcset.candidates(value).map(\.url) }
}
