import Foundation
import Testing

/// A real browser's view of built pages: where each element stands, and which files it chose and fetched.
enum Browser {
  /// A window's size in CSS pixels and its device pixels to each.
  struct Viewport: Sendable, CustomStringConvertible {
    var width: Int
    var height: Int
    var density: Double

    static let phone = Viewport(width: 412, height: 915, density: 2.625)
    static let laptop = Viewport(width: 1440, height: 900, density: 1)

    var description: String { "\(width)x\(height)@\(density)" }
  }

  /// One page as it was laid out.
  struct View: Decodable, Sendable {
    var page: String
    /// The viewport's width that the page saw.
    var width: Double
    /// Every element in document order, but for those that have no box of their own.
    var boxes: [Box]
    /// Every `<img>` in document order.
    var images: [Picture]
    /// Bytes of each image file that was fetched while the page was read to its end, by URL path.
    var fetched: [String: Int]

    var bytes: Int { fetched.values.reduce(0, +) }
  }

  /// An element's border box in CSS pixels from the page's top left.
  struct Box: Decodable, Sendable, CustomStringConvertible {
    var tag: String
    /// x, y, width and height.
    var frame: [Double]
    /// For text that can be a caption: its font, colour, alignment and display.
    var style: String

    var description: String { "\(tag) \(frame) \(style)" }
  }

  /// An `<img>`.
  struct Picture: Decodable, Sendable {
    var src: String
    /// The candidate that was chosen.
    var currentSrc: String
    var naturalWidth: Double
    var naturalHeight: Double
    var isComplete: Bool
    /// Width in CSS pixels.
    var width: Double
    /// The colours a tenth of the way in from each corner (top left, top right, bottom left, bottom right): red, green
    /// and blue. Empty where the image was not shown.
    var colours: [[Int]]
  }

  /// Opens pages of a built site one after the other and measures each.
  ///
  /// Each page is shown in a frame of exactly the viewport's size, in a window that is larger: headless windows have
  /// a smallest width and give part of their height to controls that nobody sees. The pages are served as they were
  /// built, and nothing is put into them.
  ///
  /// - Parameters:
  ///   - site: the folder of the built site.
  ///   - pages: paths in it.
  static func measure(_ site: String, pages: [String], at viewport: Viewport) async throws -> [View] {
    let chromium = try #require(Tools.chromium)
    let server = try StaticServer(root: site, pages: ["/-measure": try driver(pages, viewport)])
    let profile = try TemporaryFolder()
    let arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
      "--no-first-run", "--disable-extensions", "--disable-background-networking",
      // A page's remote images and fonts must neither be waited for nor change between two builds.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--user-data-dir=\(profile.path)",
      "--force-device-scale-factor=\(viewport.density)",
      "--window-size=\(viewport.width + 200),\(viewport.height + 300)",
      "http://127.0.0.1:\(server.port)/-measure",
    ]
    // The browser stays open until it is told to end; one that ends by itself leaves nothing to wait for.
    let browser = Task {
      defer { server.stop() }
      return try await Command.run(chromium, arguments, seconds: 180)
    }
    var views: [View]?
    for await post in server.posts {
      views = try? JSONDecoder().decode([View].self, from: post)
      break
    }
    browser.cancel()
    let end = await browser.result
    guard let views else { throw Command.Failure(description: "no measurements from the browser: \(end)") }
    return views
  }

  private static func driver(_ pages: [String], _ viewport: Viewport) throws -> String {
    let list = String(decoding: try JSONEncoder().encode(pages), as: UTF8.self)
    return """
      <!DOCTYPE html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;display:block}</style>
      <script>const PAGES = \(list), WIDTH = \(viewport.width), HEIGHT = \(viewport.height);
      \(script)</script>
      """
  }

  private static let script = """
    const wait = ms => new Promise(done => setTimeout(done, ms));
    const within = (ms, promise) => Promise.race([promise, wait(ms)]);
    const hidden = ['picture', 'source', 'script', 'style', 'template', 'noscript', 'br'];
    const texts = ['em', 'p', 'figcaption'];
    const isImage = name => /\\.(jpe?g|png|gif|webp|avif|svg|ico)$/i.test(new URL(name).pathname);

    async function open(page) {
      const frame = document.createElement('iframe');
      frame.style.width = WIDTH + 'px';
      frame.style.height = HEIGHT + 'px';
      const loaded = new Promise(done => frame.onload = done);
      frame.src = '/' + page.split('/').map(encodeURIComponent).join('/');
      document.body.append(frame);
      await within(30000, loaded);
      return frame;
    }

    async function readToTheEnd(win) {
      const root = win.document.scrollingElement || win.document.documentElement;
      for (let y = 0; y < root.scrollHeight; y += HEIGHT / 2) { win.scrollTo(0, y); await wait(40); }
      const images = [...win.document.images];
      await within(20000, Promise.all(images.map(image => image.decode().catch(() => {}))));
      win.scrollTo(0, 0);
      await wait(100);
    }

    function colours(image) {
      if (!image.complete || image.naturalWidth === 0) return [];
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 20;
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0, 20, 20);
      return [[2, 2], [17, 2], [2, 17], [17, 17]].map(
        ([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
    }

    function measure(page, win) {
      const boxes = [], images = [], fetched = {};
      for (const e of win.document.querySelectorAll('body *')) {
        const tag = e.tagName.toLowerCase();
        if (hidden.includes(tag) || e.closest('svg')) continue;
        const r = e.getBoundingClientRect(), style = win.getComputedStyle(e);
        boxes.push({
          tag, frame: [r.x + win.scrollX, r.y + win.scrollY, r.width, r.height].map(v => Math.round(v * 100) / 100),
          style: texts.includes(tag)
            ? [style.fontSize, style.fontStyle, style.fontWeight, style.color, style.textAlign, style.display].join(' ')
            : '',
        });
        if (tag === 'img') images.push({
          src: e.getAttribute('src') || '', currentSrc: e.currentSrc, naturalWidth: e.naturalWidth,
          naturalHeight: e.naturalHeight, isComplete: e.complete && e.naturalWidth > 0, width: r.width,
          colours: colours(e),
        });
      }
      for (const entry of win.performance.getEntriesByType('resource')) {
        const url = new URL(entry.name);
        if (url.origin === location.origin && isImage(entry.name)) fetched[url.pathname] = entry.encodedBodySize;
      }
      return { page, width: win.innerWidth, boxes, images, fetched };
    }

    onload = async () => {
      const views = [];
      for (const page of PAGES) {
        const frame = await open(page);
        await readToTheEnd(frame.contentWindow);
        views.push(measure(page, frame.contentWindow));
        frame.remove();
      }
      await fetch('/-measured', { method: 'POST', body: JSON.stringify(views) });
    };
    """
}
