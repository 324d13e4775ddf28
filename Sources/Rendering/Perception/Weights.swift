import Foundation

/// How the 108 norms make the score.
///
/// The numbers are those of SSIMULACRA 2.1 (Jon Sneyers, Cloudinary, April 2023; libjxl `tools/ssimulacra2.cc`,
/// `Msssim::Score`), found there by a search over four sets of pictures that people had judged.
enum Weights {
  /// Six numbers for each plane at each scale: for the mean of the error maps "structure", "artefact" and "lost detail",
  /// then for their 4-norms. The scales of a plane follow each other, then come those of the next: X, Y, B.
  static let published: [Double] = [
    // X, 1:1
    0.0, 0.0007376606707406586, 0.0, 0.0, 0.0007793481682867309, 0.0,
    // X, 1:2
    0.0, 0.0004371155730107379, 0.0, 1.1041726426657346, 0.00066284834129271, 0.00015231632783718752,
    // X, 1:4
    0.0, 0.0016406437456599754, 0.0, 1.8422455520539298, 11.441172603757666, 0.0,
    // X, 1:8
    0.0007989109436015163, 0.000176816438078653, 0.0, 1.8787594979546387, 10.94906990605142, 0.0,
    // X, 1:16
    0.0007289346991508072, 0.9677937080626833, 0.0, 0.00014003424285435884, 0.9981766977854967,
    0.00031949755934435053,
    // X, 1:32
    0.0004550992113792063, 0.0, 0.0, 0.0013648766163243398, 0.0, 0.0,
    // Y, 1:1
    0.0, 0.0, 0.0, 7.466890328078848, 0.0, 17.445833984131262,
    // Y, 1:2
    0.0006235601634041466, 0.0, 0.0, 6.683678146179332, 0.00037724407979611296, 1.027889937768264,
    // Y, 1:4
    225.20515300849274, 0.0, 0.0, 19.213238186143016, 0.0011401524586618361, 0.001237755635509985,
    // Y, 1:8
    176.39317598450694, 0.0, 0.0, 24.43300999870476, 0.28520802612117757, 0.0004485436923833408,
    // Y, 1:16
    0.0, 0.0, 0.0, 34.77906344483772, 44.835625328877896, 0.0,
    // Y, 1:32
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    // B, 1:1
    0.0, 0.0008680556573291698, 0.0, 0.0, 0.0, 0.0,
    // B, 1:2
    0.0, 0.0005313191874358747, 0.0, 0.00016533814161379112, 0.0, 0.0,
    // B, 1:4
    0.0, 0.0, 0.0, 0.0004179171803251336, 0.0017290828234722833, 0.0,
    // B, 1:8
    0.0020827005846636437, 0.0, 0.0, 8.826982764996862, 23.19243343998926, 0.0,
    // B, 1:16
    95.1080498811086, 0.9863978034400682, 0.9834382792465353, 0.0012286405048278493, 171.2667255897307,
    0.9807858872435379,
    // B, 1:32
    0.0, 0.0, 0.0, 0.0005130064588990679, 0.0, 0.00010854057858411537,
  ]

  /// A weight below this one counts as zero, so that planes without larger weights need not be computed: X at full
  /// size, B at the three largest scales, everything at the smallest: two fifths of the time and half of the memory.
  ///
  /// The published weights are either at least 0.285 or at most 0.0021; those 25 small ones add up to 0.0199. Leaving
  /// them out changed none of the scores of 250 pairs of encoded files (Tests/Perception/make-table) by more than
  /// 0.002.
  static let negligible = 0.0025

  /// The score of a weighted sum of norms: 100 where nothing differs, falling without end.
  static func score(_ weightedSum: Double) -> Double {
    let sum = weightedSum * 0.9562382616834844
    let bent =
      2.326765642916932 * sum - 0.020884521182843837 * sum * sum + 6.248496625763138e-05 * sum * sum * sum
    guard bent > 0 else { return 100 }
    return 100 - 10 * pow(bent, 0.6276336467831387)
  }
}
