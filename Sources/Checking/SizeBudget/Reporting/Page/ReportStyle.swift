/// The HTML report's stylesheet.
enum ReportStyle {
  static let text: HTML = """
    :root {
      --ground: #f5f6f7; --card: #fff; --text: #1b1f23; --muted: #59636e; --line: #dfe3e8;
      --accent: #0a6c5c; --pale: #b9ddd5; --error: #b3261e; --warning: #8a5300; --note: #59636e;
      color-scheme: light dark;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #121416; --card: #1b1e21; --text: #e7e9eb; --muted: #a3abb4; --line: #32373d;
        --accent: #5fcdb4; --pale: #28544a; --error: #ff8f85; --warning: #f0b85a; --note: #a3abb4;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    body {
      margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere;
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR", sans-serif;
      font-variant-numeric: tabular-nums;
    }
    header, main { max-width: 75rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
    header { padding-top: clamp(1.5rem, 5vw, 3.5rem); }
    main { padding-bottom: 4rem; }
    h1 { margin: 0; font-size: clamp(1.6rem, 4vw, 2.25rem); line-height: 1.2; letter-spacing: -.015em; }
    h2 { margin: 3rem 0 1rem; font-size: 1.3rem; letter-spacing: -.01em; }
    h3 { margin: 0; font-size: 1rem; }
    header p { margin: .75rem 0 0; color: var(--muted); }
    nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: 1rem; }
    a { color: var(--accent); text-underline-offset: .2em; }
    small { color: var(--muted); font-size: .8125rem; font-weight: 400; }
    code { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", monospace; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }

    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 0 0 1.5rem; }
    .tiles div, .scroll, .images > li, .findings {
      background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
    }
    .tiles div { padding: 1rem 1.125rem; }
    dt { color: var(--muted); font-size: .875rem; }
    dd { margin: .125rem 0 0; }
    dd strong { display: block; font-size: 1.5rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }

    .scroll { overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
    caption { padding: .875rem 1.125rem .5rem; text-align: start; color: var(--muted); font-size: .875rem; }
    th, td { padding: .625rem .75rem; border-top: 1px solid var(--line); text-align: start; vertical-align: top; }
    th, td { overflow-wrap: normal; }
    th:first-child, td:first-child { padding-left: 1.125rem; }
    th:last-child, td:last-child { padding-right: 1.125rem; }
    thead th { border-top: 0; color: var(--muted); font-size: .8125rem; font-weight: 600; vertical-align: bottom; }
    tbody th { font-weight: 500; }
    tbody th small { display: block; white-space: nowrap; }
    .number { text-align: end; white-space: nowrap; }
    .path { min-width: 14rem; overflow-wrap: anywhere; }
    .weight { min-width: 10rem; }
    .weight .figures { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .75rem; }
    .weight b { font-weight: 600; }
    .weight svg { display: block; width: 100%; margin-top: .25rem; overflow: visible; }
    .weight rect { fill: var(--accent); }
    .weight .earlier { fill: var(--pale); }
    th button {
      margin: -.25rem -.375rem; padding: .25rem .375rem; border: 0; border-radius: .375rem; background: none;
      color: inherit; font: inherit; text-align: inherit; white-space: nowrap; cursor: pointer;
    }
    th button:hover { background: var(--line); color: var(--text); }
    th button::after { content: "↕"; display: inline-block; width: 1em; margin-left: .25em; opacity: .45; }
    [aria-sort] button { color: var(--text); }
    [aria-sort] button::after { opacity: 1; }
    [aria-sort=ascending] button::after { content: "↑"; }
    [aria-sort=descending] button::after { content: "↓"; }

    .tools { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem 1rem; margin-bottom: 1rem; }
    .tools label { color: var(--muted); font-size: .8125rem; }
    .tools input[type=search], .tools select {
      display: block; min-height: 2.5rem; margin-top: .25rem; padding: .375rem .75rem; max-width: 100%;
      border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: var(--text); font: inherit;
      font-size: 1rem;
    }
    .tools .check { display: flex; align-items: center; gap: .5rem; min-height: 2.5rem; font-size: 1rem; color: inherit; }
    .tools input[type=checkbox] { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
    .tools output { min-height: 2.5rem; padding: .5rem 0; margin-left: auto; color: var(--muted); }

    .images { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; margin: 0; padding: 0; list-style: none; }
    .images > li { padding: 1.125rem; content-visibility: auto; contain-intrinsic-size: auto 12rem; }
    .images > li:target { border-color: var(--accent); }
    .facts { display: flex; flex-wrap: wrap; gap: .125rem 1rem; margin: .25rem 0 0; color: var(--muted); }
    .facts b { color: var(--text); }
    .facts .saving { color: var(--accent); font-weight: 600; }
    .places { margin: .75rem 0 0; color: var(--muted); font-size: .9375rem; }
    .findings { margin: 0; padding: .25rem 1.125rem; list-style: none; font-size: .9375rem; }
    .findings li { display: flex; gap: .75rem; padding: .75rem 0; border-top: 1px solid var(--line); }
    .findings li:first-child { border-top: 0; }
    .findings div > :is(code, .place), .findings .advice { display: block; width: fit-content; color: var(--muted); }
    .findings .advice::before { content: "→ "; }
    .badge {
      flex: none; align-self: start; min-width: 4.5rem; padding: 0 .5rem; border: 1px solid; border-radius: 1rem;
      font-size: .8125rem; text-align: center;
    }
    .error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
    article .findings { margin-top: .75rem; background: var(--ground); }
    details { margin-top: .75rem; }
    summary { padding: .25rem 0; color: var(--accent); cursor: pointer; }
    details .scroll { margin-top: .5rem; }
    details th, details td { padding: .5rem .4375rem; white-space: nowrap; font-size: .875rem; }

    .pair { margin: 1rem 0 0; }
    .views { display: flex; flex-wrap: wrap; gap: .5rem; }
    .views img { display: block; max-width: 100%; height: auto; border-radius: .5rem; background: var(--line); }
    .js .views { position: relative; display: block; width: fit-content; max-width: 100%; border-radius: .5rem; overflow: hidden; }
    .js .views { background: var(--line); }
    .js .views img { border-radius: 0; background: none; clip-path: inset(0 calc(100% - var(--at, 50%)) 0 0); }
    .js .views img + img { position: absolute; inset: 0; clip-path: inset(0 0 0 var(--at, 50%)); }
    .js .views::after {
      content: ""; position: absolute; inset-block: 0; left: var(--at, 50%); width: 2px; margin-left: -1px;
      background: #fff; box-shadow: 0 0 0 1px #0008; pointer-events: none;
    }
    .views input {
      position: absolute; inset: 0; z-index: 1; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize;
      appearance: none; touch-action: pan-y;
    }
    .views input::-webkit-slider-thumb { appearance: none; width: 1px; height: 1px; }
    .views input::-moz-range-thumb { width: 1px; height: 1px; border: 0; }
    .views:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
    .tag {
      position: absolute; bottom: .5rem; padding: 0 .5rem; border-radius: 1rem; background: #000b; color: #fff;
      font-size: .8125rem; pointer-events: none;
    }
    .tag.earlier { left: .5rem; } .tag.later { right: .5rem; }
    figcaption { max-width: 40rem; margin-top: .5rem; color: var(--muted); font-size: .875rem; }
    @media (max-width: 40rem) {
      .findings li { flex-direction: column; gap: .25rem; }
      .path { min-width: 9rem; }
      .weight { min-width: 7rem; }
    }
    @media (min-width: 60rem) {
      .images > li:has(.pair) article { display: grid; grid-template-columns: auto minmax(0, 1fr); column-gap: 1.5rem; align-content: start; }
      .images > li:has(.pair) article > * { grid-column: 2; }
      .images > li:has(.pair) .pair { grid-column: 1; grid-row: 1 / span 6; width: 30rem; margin: 0; }
    }
    @media print { .images > li { break-inside: avoid; content-visibility: visible; } .tools { display: none; } }
    """
}
