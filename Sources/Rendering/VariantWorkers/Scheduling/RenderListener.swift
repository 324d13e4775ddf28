import AssetModel

/// What decoding and encoding tell whoever knows the cache and the output: in the same process, or in the parent of this
/// one. Called from any of the engine's threads.
protocol RenderListener: Sendable {
  /// A unit of a job runs from now on.
  ///
  /// - Parameter operation: what it does, by libvips' name.
  /// - Returns: a number by which ``ended(_:)`` knows it.
  func began(_ job: Int, _ operation: String) -> Int
  func ended(_ unit: Int)
  /// A source is decoded.
  ///
  /// - Returns: what to make of it; nil where nothing more is wanted.
  func decoded(_ job: Int, _ facts: RenderRecord.Facts) -> RenderOrders?
  /// Nothing can be made of a source.
  func refused(_ job: Int, _ problem: Diagnostic)
  /// A search for a quality has ended.
  func searched(_ quality: RenderRecord.Quality, for key: String, of job: Int)
  /// A file is made, or turned out not to be worth having.
  func rendered(_ job: Int, _ position: Int, _ file: RenderedFile)
  /// A file could not be made.
  func failed(_ job: Int, _ position: Int, _ message: String)
}
