# For a Homebrew tap, as `make packages` fills it in: dist/optimize-assets.rb names the release's source archive and its
# digest. It builds that; `brew install --HEAD` builds a clone.
class OptimizeAssets < Formula
  desc "Gives blog posts lighter, responsive images"
  homepage "https://github.com/@REPOSITORY@"
  url "https://github.com/@REPOSITORY@/releases/download/v@VERSION@/@ARCHIVE@"
  version "@VERSION@"
  sha256 "@SHA256@"
  license "MIT"
  head "https://github.com/@REPOSITORY@.git", branch: "main"

  depends_on "pkgconf" => :build
  depends_on "tomlplusplus" => :build
  depends_on "cmark-gfm"
  depends_on "glib"
  depends_on "gumbo-parser"
  depends_on "libyaml"
  depends_on macos: :sequoia
  depends_on "nettle"
  # macOS has a SQLite of its own, without the headers' .pc file.
  depends_on "sqlite"
  depends_on "vips"

  on_macos do
    depends_on xcode: ["16.3", :build]
  end

  on_linux do
    depends_on "swift" => :build
  end

  def install
    # A clone tells its version from its tags.
    ENV["OPTIMIZE_ASSETS_VERSION"] = version.to_s unless build.head?
    # Homebrew builds in a sandbox already, and SwiftPM cannot make one inside.
    system "make", "install", "PREFIX=#{prefix}", "SWIFT_FLAGS=--disable-sandbox"
    pkgshare.install "Assets/sample-blog"
  end

  test do
    assert_match "libvips", shell_output("#{bin}/optimize-assets version")
    cp_r pkgshare/"sample-blog", testpath
    system bin/"optimize-assets", "sample-blog", "--output", "staged"
    refute_empty Dir["staged/assets/optimized/**/*.webp"]
  end
end
