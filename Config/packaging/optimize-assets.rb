# For a Homebrew tap. Nothing is published yet, so `url` and `sha256` are placeholders that no release stands behind: a
# release puts its own source archive's there. Until then `brew install --HEAD` builds from a clone, with `head` led to it.
class OptimizeAssets < Formula
  desc "Gives blog posts lighter, responsive images"
  homepage "https://github.com/OWNER/optimize-assets"
  url "https://github.com/OWNER/optimize-assets/archive/refs/tags/vVERSION.tar.gz"
  version "0.0.0"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"
  head "https://github.com/OWNER/optimize-assets.git", branch: "main"

  depends_on "pkgconf" => :build
  depends_on "tomlplusplus" => :build
  depends_on "cmark-gfm"
  depends_on "glib"
  depends_on "gumbo-parser"
  depends_on "libyaml"
  depends_on macos: :sequoia
  depends_on "nettle"
  depends_on "vips"

  # macOS has a SQLite of its own, without the headers' .pc file.
  depends_on "sqlite"

  # On macOS it is Xcode's.
  on_linux do
    depends_on "swift" => :build
  end

  def install
    # Homebrew builds in a sandbox already, and SwiftPM cannot make one inside.
    system "make", "install", "PREFIX=#{prefix}", "SWIFT_FLAGS=--disable-sandbox"
  end

  test do
    assert_match "libvips", shell_output("#{bin}/optimize-assets version")
    (testpath/"_posts").mkpath
    (testpath/"_config.yml").write "title: blog\n"
    (testpath/"_posts/2026-01-01-post.md").write "---\ntitle: Post\n---\n\n![a](/a.png)\n"
    cp test_fixtures("test.png"), testpath/"a.png"
    assert_match "_posts/2026-01-01-post.md", shell_output("#{bin}/optimize-assets scan . --format json")
  end
end
