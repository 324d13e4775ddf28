extension Settings {
  /// Pictures that `shrink` makes lighter where they lie, and `build` where it publishes them.
  static let originals: [Setting] = [
    Setting(
      "originals", .any([.choice(OriginalsSettings.Published.allCases), .mapping(original)]),
      """
      What shrink makes of the pictures of a repository, and build of those that it publishes: the fewest bytes, in each
      file's own format, name and pixel size, that meet this. originals: keep alone has build publish each file as it is.
        build: lighter, or keep. Without a target of its own it asks for the scores of quality:, of a palette in the place
               of a PNG's colors too, unless png: lossless stands here.
        target: the SSIMULACRA2 score of a lossy file, compared with its original: 90 is what nobody sees when the two are
                shown in turn, 80 what nobody sees side by side.
        png: lossless keeps every pixel of a PNG; lossy takes a palette where that meets the target.
        max: the most pixels of the longer side, for shrink. Left out, the size stays. --max is for one run.
        apply: the same for some pictures. The first rule whose glob fits a picture counts; build knows a picture by its
               path among the pages.
      """,
      example: """
        originals:
          build: lighter
          # target: 85
          # png: lossless
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
    Setting("build", .choice(OriginalsSettings.Published.allCases), "What build publishes."),
    Setting("target", .number(30...100), "The score."),
    Setting("png", .choice(OriginalsSettings.PNG.allCases), "What is kept of a PNG."),
    Setting("max", .integer(16...100_000), "The longer side."),
  ]
}
