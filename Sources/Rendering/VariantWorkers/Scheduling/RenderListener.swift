import AssetModel

/// The events of decoding and encoding, for the part that knows the cache and the output: in the same process, or in
/// the parent of this one. Called from any of the engine's threads.
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
  /// No variant of a source is possible.
  func refused(_ job: Int, _ problem: Diagnostic)
  /// A search for a quality has ended.
  func searched(_ quality: RenderRecord.Quality, for key: String, of job: Int)
  /// A file is rendered, or was dropped because it saves too little.
  func rendered(_ job: Int, _ position: Int, _ file: RenderedFile)
  /// A file could not be rendered.
  func failed(_ job: Int, _ position: Int, _ message: String)
}
