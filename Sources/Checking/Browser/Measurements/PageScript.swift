/// What runs in the pages that are looked at. It adds nothing that a page shows.
enum PageScript {
  /// Runs before a page's own scripts: notes what shifts and what is painted largest.
  static let observers = """
    (() => {
      const seen = { shift: 0, largest: null, read: Infinity };
      Object.defineProperty(window, '__optimizeAssets', { value: seen, configurable: true });
      if (window !== top) return;
      const shifts = list => { for (const e of list) if (!e.hadRecentInput) seen.shift += e.value; };
      const paints = list => {
        for (const e of list) {
          // A script's scrolling, unlike a reader's, does not end the search for the largest paint.
          if (e.element && e.startTime <= seen.read) seen.largest = { element: e.element, url: e.url || '' };
        }
      };
      const watch = (type, take) => {
        const observer = new PerformanceObserver(list => take(list.getEntries()));
        observer.observe({ type, buffered: true });
        return () => take(observer.takeRecords());
      };
      const a = watch('layout-shift', shifts), b = watch('largest-contentful-paint', paints);
      seen.flush = () => { a(); b(); };
    })();
    """

  /// Waits, without a clock, for what comes with a frame, and for images.
  private static let waiting = """
    const frames = async count => { for (; count > 0; count--) await new Promise(done => requestAnimationFrame(done)); };
    const hasBox = e => e.getClientRects().length > 0;
    const ready = image => image.decode().catch(() => {});
    """

  /// What comes to rest once the page has loaded: fonts, and the images in the first view. Gives what was painted largest
  /// before anything was scrolled.
  static let rest = """
    (async () => {
      \(waiting)
      await document.fonts.ready;
      await Promise.all([...document.images].filter(image => {
        const box = image.getBoundingClientRect();
        return hasBox(image) && box.top < innerHeight && box.bottom > 0;
      }).map(ready));
      await frames(4);
      window.__optimizeAssets.flush?.();
      return true;
    })()
    """

  /// Reads the page to its end, so that whatever waits for being near the view is loaded, and goes back.
  static let read = """
    (async () => {
      \(waiting)
      window.__optimizeAssets.read = performance.now();
      const root = document.scrollingElement || document.documentElement;
      const to = y => window.scrollTo({ top: y, behavior: 'instant' });
      // A page that grows while it is read has no end.
      const most = root.scrollHeight * 2 + 20 * innerHeight;
      for (let y = 0; y < Math.min(root.scrollHeight, most); y += innerHeight) { to(y); await frames(2); }
      for (const image of document.images) {
        if (image.complete || !hasBox(image)) continue;
        image.scrollIntoView({ block: 'center', behavior: 'instant' });
        await frames(2);
        await ready(image);
      }
      to(0);
      await frames(2);
      return true;
    })()
    """

  /// Functions that name elements by their place with `<picture>` unwrapped.
  static let places = """
    const flat = new Set(['picture']);
    const dropped = new Set(['source', 'script', 'style', 'template', 'noscript', 'br', 'link', 'meta', 'title', 'head']);
    const children = function* (e) {
      for (const c of e.children) {
        const tag = c.localName;
        if (flat.has(tag)) yield* children(c);
        else if (!dropped.has(tag)) yield c;
      }
    };
    const above = e => { let p = e.parentElement; while (p && flat.has(p.localName)) p = p.parentElement; return p; };
    const names = new Map();
    const place = e => {
      if (!e || e.localName === 'html') return '';
      if (!names.has(e)) {
        const parent = above(e), counts = {}, prefix = parent ? place(parent) : '';
        if (!parent) return '';
        for (const c of children(parent)) {
          const n = counts[c.localName] = (counts[c.localName] || 0) + 1;
          const own = n === 1 ? c.localName : c.localName + '[' + n + ']';
          names.set(c, prefix ? prefix + ' > ' + own : own);
        }
      }
      return names.get(e) || '';
    };
    const content = e => {
      const box = e.getBoundingClientRect(), s = getComputedStyle(e);
      const sum = (...n) => n.reduce((a, k) => a + (parseFloat(s[k]) || 0), 0);
      return {
        width: Math.max(0, box.width - sum('paddingLeft', 'paddingRight', 'borderLeftWidth', 'borderRightWidth')),
        height: Math.max(0, box.height - sum('paddingTop', 'paddingBottom', 'borderTopWidth', 'borderBottomWidth')),
        top: box.top + scrollY, left: box.left + scrollX,
      };
    };
    """

  /// The computed properties that count near images.
  private static let properties = [
    "display", "position", "float", "clear", "visibility", "opacity", "color", "font-family", "font-size",
    "font-style",
    "font-weight", "line-height", "letter-spacing", "text-align", "text-decoration-line", "text-transform",
    "vertical-align", "margin-top", "margin-right", "margin-bottom", "margin-left", "padding-top",
    "padding-right",
    "padding-bottom", "padding-left", "border-top-width", "border-right-width", "border-bottom-width",
    "border-left-width", "border-top-style", "border-top-color", "border-top-left-radius", "box-shadow",
    "transform",
    "object-fit", "object-position", "z-index",
  ]

  /// Every box, the styles that count, and every image.
  static let measure = """
    (async () => {
      \(places)
      const properties = \(list(properties));
      window.__optimizeAssets.flush?.();
      const round = v => Math.round(v * 1000) / 1000;
      const near = new Set();
      for (const image of document.images) {
        const carrier = above(image) === image.parentElement ? image : image.closest('picture');
        for (const e of [image, above(image), carrier.previousElementSibling, carrier.nextElementSibling])
          if (e) near.add(e);
      }
      const captions = new Set(['em', 'figcaption', 'p', 'small', 'cite']);
      const view = { width: innerWidth, paths: [], frames: [], styled: [], styles: [], images: [], backgrounds: [] };
      const known = new Map();
      const style = e => {
        const s = getComputedStyle(e);
        const text = properties.map(n => n + ':' + s.getPropertyValue(n)).join(';');
        if (!known.has(text)) { known.set(text, view.styles.length); view.styles.push(text); }
        return known.get(text);
      };
      const walk = parent => {
        for (const e of children(parent)) {
          const box = e.getBoundingClientRect();
          view.paths.push(place(e));
          view.frames.push(round(box.x + scrollX), round(box.y + scrollY), round(box.width), round(box.height));
          view.styled.push(near.has(e) || captions.has(e.localName) ? style(e) : -1);
          const shown = getComputedStyle(e);
          const url = /url\\("([^"]+)"\\)/.exec(shown.backgroundImage);
          if (url && /^auto( auto)?$/.test(shown.backgroundSize)) view.backgrounds.push({ path: place(e), url: url[1] });
          if (e.localName !== 'svg') walk(e);
        }
      };
      walk(document.documentElement);
      const pixels = new Map();
      const size = url => new Promise(done => {
        const probe = new Image();
        probe.onload = () => done([probe.naturalWidth, probe.naturalHeight]);
        probe.onerror = () => done(null);
        probe.src = url;
      });
      for (const image of document.images) {
        const box = content(image), picture = image.parentElement.localName === 'picture' ? image.parentElement : null;
        const sets = [image, ...(picture ? picture.querySelectorAll('source') : [])]
          .map(e => e.getAttribute('srcset') || '').filter(Boolean);
        const url = image.currentSrc;
        const wanted = sets.map(set => set.split(/,\\s+/).map(c => c.trim().split(/\\s+/)))
          .find(set => set.some(([u]) => { try { return new URL(u, document.baseURI).href === url; } catch { return false; } }));
        if (url && !pixels.has(url)) pixels.set(url, (await size(url))?.[0] ?? null);
        view.images.push({
          path: place(image), src: image.getAttribute('src') || '', chosen: url,
          isShown: image.complete && image.naturalWidth > 0,
          naturalWidth: image.naturalWidth, naturalHeight: image.naturalHeight,
          pixels: /\\.svg([?#]|$)/i.test(url) ? null : pixels.get(url) ?? null,
          width: round(box.width), height: round(box.height), top: round(box.top),
          fit: getComputedStyle(image).objectFit, loading: image.getAttribute('loading') || '',
          isResponsive: sets.length > 0,
          offered: (wanted || []).map(([, d]) => /^\\d+w$/.test(d || '') ? parseInt(d) : 0).filter(Boolean),
        });
      }
      for (const background of view.backgrounds) {
        const found = background.url.startsWith('data:') ? null : await size(background.url);
        background.size = found ? found.join('x') : null;
      }
      const seen = window.__optimizeAssets;
      view.shift = seen.shift;
      const largest = seen.largest;
      view.largestPaint = largest && largest.element.isConnected ? {
        path: place(largest.element), url: largest.url, loading: largest.element.getAttribute('loading') || '',
      } : null;
      return view;
    })()
    """

  /// A list of texts as JavaScript has it.
  static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// A text as JavaScript has it.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x20...0x7E where unit != 0x22 && unit != 0x5C && unit != 0x3C:
        out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return out + "\""
  }
}
