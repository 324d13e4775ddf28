/// The names of the files that an in-place run keeps in a site's root.
public enum InPlaceFiles {
  /// The record of edits and generated files, from which they are updated and undone. It belongs to the site and is
  /// meant to be committed; no generator needs it.
  public static let journal = "optimize-assets.lock.json"
  /// Where images are generated before they are moved to their final paths. It exists during a run, and after one that
  /// was killed; the next run and `restore` remove it.
  public static let workFolder = ".optimize-assets.tmp"
}
