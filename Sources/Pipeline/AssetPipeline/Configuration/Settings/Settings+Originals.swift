extension Settings {
  /// Pictures that `shrink` makes lighter where they lie.
  static let originals: [Setting] = [
    Setting(
      "originals", .mapping(original),
      """
      What shrink makes of the pictures of a repository: the fewest bytes, in each file's own format, name and pixel size,
      that meet this.
        target: the SSIMULACRA2 score of a lossy file, compared with its original: 90 is what nobody sees when the two are
                shown in turn, 80 what nobody sees side by side.
        png: lossless keeps every pixel of a PNG; lossy takes a palette where that meets the target.
        max: the most pixels of the longer side. Left out, the size stays. --max is for one run.
        apply: the same for some pictures. The first rule whose glob fits a picture counts.
      """,
      example: """
        originals:
          target: 85
          png: lossless
          # max: 2560
          # apply:
          #   - {glob: assets/hero/**, target: 92, max: 4000}
        """)
  ]

  private static var original: [Setting] {
    wishes + [
      Setting(
        "apply", .list(.mapping([Setting("glob", .text, "Which pictures.", isRequired: true)] + wishes)),
        "For some.")
    ]
  }

  private static let wishes: [Setting] = [
    Setting("target", .number(30...100), "The score."),
    Setting("png", .choice(OriginalsSettings.PNG.allCases), "What is kept of a PNG."),
    Setting("max", .integer(16...100_000), "The longer side."),
  ]
}
