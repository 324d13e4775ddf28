import AssetModel
import SystemResources

/// A render whose decoders and encoders run in this process: what breaks one of them ends the program.
struct InProcessRender: RenderListener {
  let run: RenderRun
  let queue: WorkQueue

  func began(_ job: Int, _ operation: String) -> Int { 0 }
  func ended(_ unit: Int) {}

  func decoded(_ job: Int, _ facts: RenderRecord.Facts) -> RenderOrders? {
    defer { stopWhereNothingCanBeWritten() }
    return run.decoded(job, facts)
  }

  func refused(_ job: Int, _ problem: Diagnostic) { run.refused(job, problem) }

  func searched(_ quality: RenderRecord.Quality, for key: String, of job: Int) {
    run.searched(quality, for: key)
  }

  func rendered(_ job: Int, _ position: Int, _ file: RenderedFile) {
    _ = run.rendered(job, position, file)
    stopWhereNothingCanBeWritten()
  }

  func failed(_ job: Int, _ position: Int, _ message: String) {
    _ = run.failed(job, position, message)
    stopWhereNothingCanBeWritten()
  }

  private func stopWhereNothingCanBeWritten() {
    if run.journal.hasFailed { queue.stop() }
  }
}
