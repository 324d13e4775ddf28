/// Where a run stands. Reported from whatever thread did the work.
public enum PipelineProgress: Hashable, Sendable {
  /// Posts are being read.
  case scanning
  /// The site's own program builds a copy: the command, as far as it is known by now. Told before it runs.
  case building(command: String?)
  /// Image files are being opened for their dimensions.
  case inspecting(sources: Int)
  /// Images are being made: how many of the sources are done.
  case rendering(done: Int, of: Int)
  /// The copy of the site is being written.
  case writing
  /// A browser opens the site's pages without its sandbox, which it cannot set up: what it says of that.
  case unsandboxed(reason: String)
  /// Pages are being looked at in a browser: how many are done.
  case looking(done: Int, of: Int)
}
