/// Where a run stands. Reported from whatever thread did the work.
public enum PipelineProgress: Hashable, Sendable {
  /// Posts are being read.
  case scanning
  /// The site's own generator builds a copy, to say which places of the posts are images.
  case judging
  /// Image files are being opened for their dimensions.
  case inspecting(sources: Int)
  /// Images are being made: how many of the sources are done.
  case rendering(done: Int, of: Int)
  /// The copy of the site is being written.
  case writing
  /// Pages are being looked at in a browser: how many are done.
  case looking(done: Int, of: Int)
}
