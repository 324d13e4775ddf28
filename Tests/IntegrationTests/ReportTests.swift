import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `report`, as a user runs it, and the page as a reader uses it.
  @Suite struct ReportTests {
    @Test(.needsBrowser) func aReaderSortsFiltersAndCompares() async throws {
      let folder = try TemporaryFolder()
      let site = try BlogCase.sample.put(into: folder)
      _ = try await Product.optimize(site, "--output", folder("staged"))
      let arguments = ["report", site, "--staged", folder("staged"), "--quiet", "--output"]
      #expect(try await Product.run(arguments + [folder("report.html")]).status == 0)
      #expect(try await Product.run(arguments + [folder("again.html")]).status == 0)
      #expect(try FileAccess.read(folder("report.html")) == FileAccess.read(folder("again.html")))
      try await OpenPage.with(folder("report.html")) { page in
        try await Self.checkQuiet(page)
        try await Self.checkSorting(page)
        try await Self.checkFilter(page)
        try await Self.checkSlider(page)
        try await Self.checkWidths(page)
        #expect(page.tab.messages == [])
      }
    }

    /// Nothing but the page itself is asked for, and the console stays empty.
    private static func checkQuiet(_ page: OpenPage) async throws {
      #expect(page.tab.resources.filter { !$0.url.hasPrefix("data:") }.map(\.type) == ["Document"])
      #expect(page.tab.messages == [])
      // The console is listened to: a request that the policy forbids is told, and so is a script that fails.
      _ = try await page.evaluate(
        """
        new Promise((done) => {
          console.warn('a word', 7);
          setTimeout(() => { throw new Error('failed'); });
          const image = new Image();
          image.onerror = () => setTimeout(() => done(1));
          image.src = 'http://127.0.0.1:9/x.png';
        })
        """, as: Int.self)
      let messages = page.tab.messages
      #expect(messages.contains { $0.level == "error" && $0.text.contains("Content Security Policy") })
      #expect(messages.contains { $0.level == "warning" && $0.text == "a word 7" })
      #expect(messages.contains { $0.level == "exception" && $0.text.contains("failed") })
      try await page.open()
    }

    private static let posts =
      "[...document.querySelectorAll('.sortable tbody th')].map((cell) => cell.textContent)"
    private static let shown = """
      [...document.querySelectorAll('.images > li:not([hidden])')].map((image) => image.dataset.name)
      """

    private static func checkSorting(_ page: OpenPage) async throws {
      try await reload(page)
      let worst = [
        "_posts/2026-03-14-sea-walk.md", "_posts/2026-04-02-building-a-keyboard.md",
        "_posts/2026-05-20-reading-screens.md",
      ]
      let heaviest = try await page.evaluate(posts, as: [String].self)
      #expect(heaviest.first == worst[0] && Set(heaviest) == Set(worst))
      func sort() async throws -> String {
        try await page.evaluate(
          "document.activeElement.parentElement.getAttribute('aria-sort') ?? ''", as: String.self)
      }
      // By keyboard alone: the table's scrolling region is followed by the buttons of its heads.
      _ = try await page.evaluate(
        "document.querySelector('.sortable').parentElement.focus(), 1", as: Int.self)
      try await page { try $0.press(.tab) }
      try await page { try $0.press(.enter) }
      #expect(try await page.evaluate(posts, as: [String].self) == worst)
      #expect(try await sort() == "ascending")
      try await page { try $0.press(.space) }
      #expect(try await page.evaluate(posts, as: [String].self) == worst.reversed())
      #expect(try await sort() == "descending")
      // By mouse: images, the most first.
      let place = try await page.evaluate(
        """
        (() => {
          const button = document.querySelectorAll('.sortable button')[6];
          button.scrollIntoView({ block: 'center' });
          const box = button.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        })()
        """, as: [Double].self)
      try await page { try $0.click(x: place[0], y: place[1]) }
      let counts = try await page.evaluate(
        "[...document.querySelectorAll('.sortable tbody td:nth-child(7)')].map((cell) => Number(cell.textContent))",
        as: [Int].self)
      #expect(counts == counts.sorted(by: >) && Set(counts).count > 1)
      #expect(try await sort() == "descending")
      #expect(
        try await page.evaluate("document.querySelectorAll('.sortable [aria-sort]').length", as: Int.self)
          == 1)
    }

    private static func checkFilter(_ page: OpenPage) async throws {
      try await reload(page)
      func count() async throws -> String {
        try await page.evaluate("document.querySelector('[aria-live=polite]').textContent", as: String.self)
      }
      func set(_ control: String, _ change: String) async throws {
        _ = try await page.evaluate(
          """
          (() => {
            const control = document.getElementById('\(control)');
            control.\(change);
            control.dispatchEvent(new Event('input', { bubbles: true }));
            return 1;
          })()
          """, as: Int.self)
      }
      let all = try await page.evaluate(shown, as: [String].self)
      #expect(all.count == 15)
      #expect(try await count() == "15 of 15 images")
      _ = try await page.evaluate("document.getElementById('filter').focus(), 1", as: Int.self)
      try await page { try $0.type("SEA-walk sun") }
      #expect(try await page.evaluate(shown, as: [String].self) == ["assets/images/sea-walk/sunrise.jpg"])
      #expect(try await count() == "1 of 15 images")
      try await set("filter", "value = ''")
      try await set("format", "value = 'PNG'")
      let png = try await page.evaluate(shown, as: [String].self)
      #expect(!png.isEmpty && png.count < all.count && png.allSatisfy { $0.hasSuffix(".png") }, "\(png)")
      try await set("format", "value = ''")
      try await set("flagged", "checked = true")
      #expect(try await page.evaluate(shown, as: [String].self).contains("assets/images/sea-walk/coffee.jpg"))
      #expect(try await page.evaluate(shown, as: [String].self).count < all.count)
      try await set("flagged", "checked = false")
      try await set("order", "value = 'name'")
      #expect(try await page.evaluate(shown, as: [String].self) == all.sorted())
      try await set("order", "value = 'saved'")
      let saved = try await page.evaluate(
        "[...document.querySelectorAll('.images > li')].map((image) => Number(image.dataset.saved))",
        as: [Int].self)
      #expect(saved == saved.sorted(by: >) && saved.contains { $0 > 0 })
    }

    private static func checkSlider(_ page: OpenPage) async throws {
      try await reload(page)
      /// The share of the first view's width that shows the file before, by what is painted.
      func cut() async throws -> String {
        try await page.evaluate(
          "getComputedStyle(document.querySelector('.views img + img')).clipPath", as: String.self)
      }
      let sizes = try await page.evaluate(
        """
        (async () => {
          const images = [...document.querySelectorAll('.views img')];
          await Promise.all(images.map((image) => image.decode()));
          return images.map((image) => image.naturalWidth === Number(image.getAttribute('width')));
        })()
        """, as: [Bool].self)
      #expect(sizes.count == 28 && sizes.allSatisfy(\.self))
      #expect(try await cut() == "inset(0px 0px 0px 50%)")
      _ = try await page.evaluate("document.querySelector('.views input').focus(), 1", as: Int.self)
      try await page { try $0.press(.arrowRight) }
      #expect(try await cut() == "inset(0px 0px 0px 51%)")
      try await page { try $0.press(.home) }
      #expect(try await cut() == "inset(0px 0px 0px 0%)")
      let place = try await page.evaluate(
        """
        (() => {
          const views = document.querySelector('.views');
          views.scrollIntoView({ block: 'center' });
          const box = views.getBoundingClientRect();
          return [box.x + box.width * .25, box.y + box.height / 2];
        })()
        """, as: [Double].self)
      try await page { try $0.click(x: place[0], y: place[1]) }
      #expect(try await cut() == "inset(0px 0px 0px 25%)")
      // Where a picture is transparent, the other one must not show through.
      #expect(
        try await page.evaluate(
          "getComputedStyle(document.querySelector('.views img')).clipPath", as: String.self)
          == "inset(0px 75% 0px 0px)")
    }

    /// At no width does the page itself scroll sideways, its details open.
    private static func checkWidths(_ page: OpenPage) async throws {
      for width in [320, 360, 768, 1440] {
        try await page { try $0.setViewport(width: width, height: 780, density: 1) }
        try await reload(page)
        let beyond = try await page.evaluate(
          """
          (() => {
            for (const details of document.querySelectorAll('details')) details.open = true;
            for (const image of document.querySelectorAll('.images > li')) image.style.contentVisibility = 'visible';
            return document.documentElement.scrollWidth - innerWidth;
          })()
          """, as: Int.self)
        #expect(beyond <= 0, "\(width)")
      }
    }

    /// Opens the page anew, as it was at first.
    private static func reload(_ page: OpenPage) async throws {
      #expect(page.tab.messages == [])
      try await page.open()
    }

    // MARK: The command

    @Test func tellsThatNothingWasMadeYet() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let before = try TreeState.contents(of: folder("site"))
      let command = try await Product.run(["report", folder("site")], in: folder.path)
      #expect(command.status == 0, "\(command.errors)")
      let page = String(decoding: try FileAccess.read(folder("report.html")), as: UTF8.self)
      #expect(page.contains("No variants exist yet") && page.contains("<code>optimize-assets site</code>"))
      #expect(page.contains("바다 사진 (1).jpg") && !page.contains("<img"))
      #expect(TreeState.differences(before, try TreeState.contents(of: folder("site"))) == [])
    }

    /// The default folder of a run, then the journal of one in place, are found without being named.
    @Test func findsWhatRunsMade() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let output = folder("report.html")
      func report(_ arguments: String...) async throws -> String {
        let command = try await Product.run(
          ["report", folder("site"), "--output", output, "--quiet"] + arguments)
        #expect(command.status == 0, "\(command.errors)")
        return String(decoding: try FileAccess.read(output), as: UTF8.self)
      }
      _ = try await Product.optimize(folder("site"))
      let staged = try await report("--crops", "1")
      #expect(staged.contains("<code>_optimized</code>") && staged.contains("candidate"))
      #expect(staged.matches(of: /<figure/).count == 1)
      // Another picture under the same name: what was made of the old one says nothing of it.
      try FileManager.default.removeItem(atPath: folder("site/assets/images/screen.png"))
      try FileManager.default.copyItem(
        atPath: folder("site/assets/images/cut-out.png"), toPath: folder("site/assets/images/screen.png"))
      #expect(try await report().contains("has changed since its variants were made"))

      #expect(try await Product.run([folder("site"), "--in-place", "--quiet"]).status == 0)
      let state = try TreeState.contents(of: folder("site"))
      let inPlace = try await report()
      #expect(inPlace.contains("in place.") && inPlace.contains("candidate"))
      #expect(!inPlace.contains("data-name=\"assets/optimized"))
      #expect(TreeState.differences(state, try TreeState.contents(of: folder("site"))) == [])
    }

    @Test(arguments: [
      (["--output", "site/_posts/2024-01-02-harbour.md"], "ends in .html"),
      (["--output", "other.html"], "is no report"), (["--staged", "site"], "is no staged copy"),
    ])
    func refuses(arguments: [String], reason: String) async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      try folder.write("<p>mine</p>", to: "other.html")
      let before = try TreeState.contents(of: folder.path)
      let command = try await Product.run(["report", "site"] + arguments, in: folder.path)
      #expect(command.status == 64 && command.errors.contains(reason), "\(command.errors)")
      #expect(TreeState.differences(before, try TreeState.contents(of: folder.path)) == [])
    }
  }
}
