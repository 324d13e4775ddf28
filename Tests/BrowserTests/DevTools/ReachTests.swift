import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import Browser

/// What a page of a stranger's can reach from the browser that looks at it, and who can reach its server.
struct ReachTests {
  @Test func theServerAnswersItsOwnPagesAlone() throws {
    let folder = try TemporaryFolder(["site/index.html": "page"])
    let server = try StaticServer(folder: folder("site"))
    let port = server.port
    func status(_ line: String, _ host: String?) -> String {
      let host = host.map { "Host: \($0)\r\n" } ?? ""
      let answer = Loopback.answer(to: "\(line)\r\n\(host)\r\n", port: port)
      return String(answer.prefix { $0 != "\r\n" })
    }
    for host in ["127.0.0.1:\(port)", "localhost:\(port)", "LOCALHOST:\(port)"] {
      #expect(status("GET / HTTP/1.1", host) == "HTTP/1.1 200 OK", "\(host)")
    }
    for host in ["evil.example", "evil.example:\(port)", "127.0.0.1", "127.0.0.1:1", "", nil] {
      #expect(status("GET / HTTP/1.1", host) == "HTTP/1.1 421 Misdirected Request", "\(host ?? "none")")
    }
    let own = "127.0.0.1:\(port)"
    #expect(status("GET / HTTP/1.1", own + "\r\nHost: " + own).hasPrefix("HTTP/1.1 421"))
    #expect(status("GET http://evil.example/ HTTP/1.1", own).hasPrefix("HTTP/1.1 421"))
    #expect(status("POST / HTTP/1.1", own) == "HTTP/1.1 405 Method Not Allowed")
    #expect(status("nonsense", own) == "HTTP/1.1 400 Bad Request")
    #expect(!Loopback.answer(to: "HEAD / HTTP/1.1\r\nHost: \(own)\r\n\r\n", port: port).contains("page"))
  }

  /// Tries every way out that a script has, and waits for the end of each.
  private static func script(_ port: UInt16, _ datagrams: UInt16) -> String {
    """
    (async () => {
      const host = '127.0.0.1:\(port)', reached = [];
      const named = 'localhost:\(port)';
      const attempt = (name, promise) => promise.then(() => reached.push(name), () => {});
      const event = (target, good, bad) => new Promise((resolve, reject) => {
        target['on' + good] = resolve; target['on' + bad] = reject;
      });
      const element = (tag, values) => {
        const made = Object.assign(document.createElement(tag), values);
        const done = event(made, 'load', 'error');
        document.body.append(made);
        return done;
      };
      for (const way of ['preconnect', 'prefetch', 'dns-prefetch', 'preload', 'modulepreload']) {
        document.head.append(Object.assign(document.createElement('link'),
          {rel: way, as: way === 'preload' ? 'image' : '', href: `http://${host}/${way}`}));
      }
      navigator.sendBeacon(`http://${host}/beacon`, 'x');
      await Promise.all([
        attempt('fetch', fetch(`http://${host}/`, {mode: 'no-cors'})),
        attempt('name', fetch(`http://${named}/`, {mode: 'no-cors'})),
        attempt('secure', fetch(`https://${host}/`, {mode: 'no-cors'})),
        attempt('six', fetch(`http://[::1]:\(port)/`, {mode: 'no-cors'})),
        attempt('remote', fetch('http://example.com/', {mode: 'no-cors'})),
        attempt('image', element('img', {src: `http://${host}/i.png`})),
        attempt('script', element('script', {src: `http://${host}/s.js`})),
        attempt('socket', event(new WebSocket(`ws://${host}/`), 'open', 'error')),
        attempt('stream', event(new EventSource(`http://${host}/e`), 'open', 'error')),
        attempt('transport', (async () => {
          const transport = new WebTransport('https://127.0.0.1:\(datagrams)/');
          transport.closed.catch(() => {});
          await transport.ready;
        })()),
        (async () => {
          const peer = new RTCPeerConnection({iceServers: [
            {urls: 'stun:127.0.0.1:\(datagrams)'},
            {urls: [`turn:${host}?transport=tcp`, 'turn:127.0.0.1:\(datagrams)'], username: 'a', credential: 'b'}]});
          const other = new RTCPeerConnection();
          peer.createDataChannel('a');
          const gathered = new Promise(resolve => {
            peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') resolve(); };
          });
          await peer.setLocalDescription();
          await other.setRemoteDescription(peer.localDescription);
          await other.setLocalDescription();
          await peer.setRemoteDescription(other.localDescription);
          await peer.addIceCandidate({
            sdpMid: '0', candidate: 'candidate:1 1 udp 2122260223 127.0.0.1 \(datagrams) typ host'});
          // On a machine without a network it never ends.
          await Promise.race([gathered, new Promise(resolve => setTimeout(resolve, 10000))]);
          peer.close();
        })(),
      ]);
      return (await (await fetch('own.txt')).text()) + reached.join(' ');
    })()
    """
  }

  @Test(.needsBrowser) func aPageReachesItsOwnServerAlone() throws {
    let folder = try TemporaryFolder([
      "site/index.html": "<!doctype html><title>x</title><body>", "site/own.txt": "own",
    ])
    let server = try StaticServer(folder: folder("site"))
    let (ear, datagrams) = (Loopback.Ear(stream: true), Loopback.Ear(stream: false))
    let browser = try Browser(program: #require(Programs.chromium), in: folder.path)
    defer { browser.close() }
    let tab = try PageVisit(browser: browser, server: server).browser.open()
    try tab.go(to: server.url(of: "index.html"))
    #expect(try tab.evaluate(Self.script(ear.port, datagrams.port), as: String.self) == "own")
    #expect(!ear.hasCaller)
    #expect(!datagrams.hasDatagram)
  }

  /// A page of another server is none of those that the browser is told of.
  @Test(.needsBrowser) func aServerHasToBeLetIn() throws {
    let folder = try TemporaryFolder(["site/index.html": "<!doctype html><title>x</title>"])
    let server = try StaticServer(folder: folder("site"))
    let browser = try Browser(program: #require(Programs.chromium), in: folder.path)
    defer { browser.close() }
    let tab = try browser.open()
    #expect(throws: ChromiumError.self) { try tab.go(to: server.url(of: "index.html")) }
    browser.admit(server)
    try tab.go(to: server.url(of: "index.html"))
    #expect(try tab.evaluate("document.title", as: String.self) == "x")
  }

  /// The sandbox is tried first, and given up only where the browser says that it cannot be had.
  @Test(arguments: [("No usable sandbox!", "second"), ("no display", "no display")])
  func theSandboxIsGivenUpLast(first: String, last: String) throws {
    let folder = try TemporaryFolder()
    let program = folder("browser")
    let script = """
      #!/bin/sh
      case "$*" in
        *--no-sandbox*) echo second >&2 ;;
        *) echo '\(first)' >&2 ;;
      esac
      exit 3

      """
    try FileAccess.write(Data(script.utf8), to: program, mode: 0o755)
    #expect(throws: ChromiumError.ended(last)) { try Browser(program: program, in: folder.path) }
    #expect(folder.contents == ["browser"])
  }
}
