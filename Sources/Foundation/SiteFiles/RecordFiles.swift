/// The names of the files in a site's root in which runs record what they have done to the site's own files.
public enum RecordFiles {
  /// The record of edits and generated files, from which they are updated and undone. It belongs to the site and is
  /// meant to be committed; no generator needs it.
  public static let journal = "optimize-assets.lock.json"
  /// Which pictures were made lighter where they lie, and of what. It is meant to be committed, and its name begins with a
  /// dot, so that no generator publishes it.
  public static let originals = ".optimize-assets.originals.jsonl"
  /// Where images are generated before they are moved to their final paths. It exists during a run, and after one that
  /// was killed; the next run and `restore` remove it.
  public static let workFolder = ".optimize-assets.tmp"
}
