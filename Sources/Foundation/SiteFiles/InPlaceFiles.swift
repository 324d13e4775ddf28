/// The names of the files that a run in place keeps in a site's root.
public enum InPlaceFiles {
  /// What was edited and made, so that it can be updated and undone. It belongs to the site and is meant to be
  /// committed; no generator needs it.
  public static let journal = "optimize-assets.lock.json"
  /// Where images are made before they are moved to their places. It is there during a run, and after one that was
  /// killed; the next run and `restore` remove it.
  public static let workFolder = ".optimize-assets.tmp"
}
