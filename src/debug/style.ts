/** The one stylesheet of the pages: properties first, then plain elements, then what the pages are made of. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f7f4;
  --card: #ffffff;
  --sunken: #f0f0ec;
  --text: #1d2126;
  --quiet: #565d66;
  --line: #dcdcd5;
  --edge: #858b93;
  --accent: #1f5fa8;
  --on-accent: #ffffff;
  --good: #1c6b41;
  --good-card: #e9f5ee;
  --doubtful: #7a5200;
  --doubtful-card: #fdf3dc;
  --bad: #a4262c;
  --bad-card: #fceceb;
  --dns: #8a63b8;
  --tcp: #3d7fc4;
  --tls: #1d8a8a;
  --ttfb: #d18a1d;
  --download: #4b9a58;
  --waiting: #d5d6d0;
  --cached: #8c949e;
  --xml-tag: #1a4f8a;
  --xml-name: #6a3d8f;
  --xml-value: #1f5c3a;
  --mark-0: #fff0b8;
  --mark-1: #d9ecff;
  --mark-2: #ddf3df;
  --mark-3: #f3e2fb;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'DejaVu Sans Mono', monospace;
  --sans: system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK JP', sans-serif;
  --radius: 8px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a;
    --card: #1c2024;
    --sunken: #15181b;
    --text: #e6e8ea;
    --quiet: #a3abb4;
    --line: #343a41;
    --edge: #737c86;
    --accent: #82b4ee;
    --on-accent: #10161d;
    --good: #7fd0a1;
    --good-card: #15291f;
    --doubtful: #e8bf6a;
    --doubtful-card: #2b2415;
    --bad: #f2928f;
    --bad-card: #331b1c;
    --dns: #b796de;
    --tcp: #6fa8e0;
    --tls: #4fbcbc;
    --ttfb: #e2aa4f;
    --download: #79c287;
    --waiting: #3a4047;
    --cached: #8c949e;
    --xml-tag: #9cc4f2;
    --xml-name: #cdb0ea;
    --xml-value: #a5dcb9;
    --mark-0: #4a3f12;
    --mark-1: #17385a;
    --mark-2: #1c4225;
    --mark-3: #402a50;
  }
}

* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 var(--sans); }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; font-weight: 650; }
h2 { margin: 0 0 .5rem; font-size: 1.2rem; font-weight: 650; }
h3 { margin: 1.25rem 0 .35rem; font-size: 1rem; font-weight: 650; }
p { margin: .4rem 0; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
code, pre, textarea { font: .85rem/1.6 var(--mono); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--quiet); font-size: .82rem; white-space: nowrap; }
summary { cursor: pointer; padding: .35rem 0; font-weight: 550; }
input, select, textarea { width: 100%; padding: .5rem .6rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--card); color: var(--text); }
input, select { min-height: 2.6rem; font: inherit; font-size: .95rem; }
textarea { resize: vertical; }
label { display: block; margin-bottom: .2rem; font-weight: 550; font-size: .95rem; }
button, .button { display: inline-block; padding: .45rem .9rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--card); color: var(--text); font: inherit; font-size: .95rem; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { border-color: var(--accent); color: var(--accent); }
button.primary { padding: .6rem 1.6rem; border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }

.wide { max-width: 74rem; margin: 0 auto; padding: 0 1.25rem; }
main.wide { padding-top: 1.75rem; padding-bottom: 4rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); }
.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top .wide { display: flex; align-items: center; gap: 2rem; padding-top: .7rem; padding-bottom: .7rem; }
.top a { color: var(--text); text-decoration: none; padding: .2rem 0; }
.top nav { display: flex; gap: 1.25rem; }
.top nav a[aria-current] { border-bottom: 2px solid var(--accent); }
.brand { font-weight: 700; letter-spacing: -.01em; }
.lead { font-size: 1.05rem; color: var(--quiet); }
.note, .small { color: var(--quiet); font-size: .88rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.none { color: var(--quiet); }
.url { font: .82rem/1.5 var(--mono); overflow-wrap: anywhere; }
.chip { padding: .05rem .45rem; border: 1px solid var(--line); border-radius: 99px; color: var(--quiet); font-size: .78rem; white-space: nowrap; }
.scroll { overflow-x: auto; }

section, .ask, .card { margin-top: 1.5rem; padding: 1.25rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); }
.actions, .samples { display: flex; flex-wrap: wrap; gap: .6rem; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; margin: 1rem 0; }
.bar label { margin: 0; }
.bar input:not([type=checkbox]), .bar select { width: auto; }
.bar input[type=checkbox] { width: auto; min-height: 0; }
.command { margin: .5rem 0; padding: .75rem 1rem; overflow-x: auto; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 12rem; }
.copy { margin: 0 .4rem; padding: .1rem .5rem; font-size: .8rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); column-gap: 1.5rem; }
.field { margin: .6rem 0; }
.field .small { margin: .2rem 0 0; }
.lead + .problem { margin-top: 1rem; }
.lead code { white-space: nowrap; }
.problem { padding: .75rem 1rem; border-left: 4px solid var(--bad); background: var(--bad-card); color: var(--text); border-radius: 4px; overflow-wrap: anywhere; }

.verdict { padding: 1.25rem 1.5rem; border: 1px solid var(--line); border-left: 6px solid; border-radius: var(--radius); overflow-wrap: anywhere; }
.verdict h1 { font-size: 1.45rem; margin: .3rem 0; max-width: 54rem; }
.verdict .small { color: var(--text); }
.verdict.good { border-left-color: var(--good); background: var(--good-card); }
.verdict.doubtful { border-left-color: var(--doubtful); background: var(--doubtful-card); }
.verdict.bad { border-left-color: var(--bad); background: var(--bad-card); }
.status { font-weight: 700; }
.good .status { color: var(--good); }
.doubtful .status { color: var(--doubtful); }
.bad .status { color: var(--bad); }
.contents { display: flex; flex-wrap: wrap; gap: .4rem 1.25rem; margin: 1rem 0 0; font-size: .92rem; }

.waterfall table { min-width: 52rem; }
.waterfall th[scope=row] { min-width: 16rem; max-width: 20rem; }
.waterfall .url { display: block; }
.waterfall .host { font-weight: 600; overflow-wrap: anywhere; }
.waterfall .bars { width: 42%; padding-right: 0; }
.waterfall .failed .kind { color: var(--bad); font-weight: 600; }
.waterfall svg { display: block; width: 100%; height: 24px; overflow: visible; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; font-size: .85rem; color: var(--quiet); }
.legend span { display: inline-flex; align-items: center; gap: .4rem; }
.swatch { width: .85rem; height: .85rem; border-radius: 2px; background: currentColor; }
.swatch.limit { width: 0; border-left: 2px dashed var(--bad); border-radius: 0; background: none; }
.dns { fill: var(--dns); color: var(--dns); }
.tcp { fill: var(--tcp); color: var(--tcp); }
.tls { fill: var(--tls); color: var(--tls); }
.ttfb { fill: var(--ttfb); color: var(--ttfb); }
.download { fill: var(--download); color: var(--download); }
.waiting { fill: var(--waiting); }
.cached { fill: var(--cached); color: var(--cached); }
line.limit { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
line.request { stroke: var(--text); stroke-width: 1.5; vector-effect: non-scaling-stroke; }

.findings { list-style: none; margin: 0; padding: 0; }
.findings li { margin: .5rem 0; padding: .55rem .9rem; border-left: 4px solid var(--line); background: var(--sunken); border-radius: 4px; overflow-wrap: anywhere; }
.findings p { margin: .1rem 0; max-width: none; }
.findings .what { font-weight: 600; }
.findings.error li { border-left-color: var(--bad); }
.findings.warning li { border-left-color: var(--doubtful); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 40%), 1fr)); gap: .5rem 1.5rem; margin: .5rem 0 1rem; }
.facts dt { color: var(--quiet); font-size: .82rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.urls { margin: 0; padding-left: 1.2rem; }
.urls li { margin: .2rem 0; }
.matrix { width: auto; min-width: 50%; }
.matrix td, .matrix th { padding-right: 2rem; }
.matrix thead .small { display: block; font-weight: 400; }

.media td, .media th { min-width: 11rem; }
.media th[scope=row] { width: 50%; }
.media .late, .media .unreachable, .media .unreadable { color: var(--bad); }
.preview video, .preview img { display: block; max-width: 100%; max-height: 32rem; background: var(--sunken); border-radius: 6px; }
.preview audio { display: block; width: 100%; }
.after { margin-top: 1rem; }

.hop { border-top: 1px solid var(--line); }
.headers { margin: .25rem 0 .75rem; font: .82rem/1.6 var(--mono); }
.headers div { display: flex; gap: .75rem; }
.headers dt { flex: 0 0 9rem; color: var(--quiet); overflow-wrap: anywhere; }
.headers dd { margin: 0; overflow-wrap: anywhere; }
.source { margin: .5rem 0; padding: .6rem 0; max-height: 34rem; overflow: auto; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; }
.editor { margin: .5rem 0; }
.tools { display: flex; gap: .4rem; margin: .75rem 0 0; }
.tools button { padding: .1rem .6rem; font-size: .8rem; }
.line { display: grid; grid-template-columns: 3.75rem 1fr; }
.line a { padding-right: .9rem; color: var(--quiet); text-align: right; text-decoration: none; user-select: none; }
.line code { padding-right: .75rem; min-height: 1.6em; white-space: pre-wrap; overflow-wrap: anywhere; }
.line:target { background: var(--doubtful-card); }
mark { color: var(--text); background: var(--mark-0); border-radius: 2px; }
mark[data-hop='1'], mark[data-hop='5'] { background: var(--mark-1); }
mark[data-hop='2'], mark[data-hop='6'] { background: var(--mark-2); }
mark[data-hop='3'], mark[data-hop='7'] { background: var(--mark-3); }

.compare .name::first-letter { text-transform: uppercase; }
.compare td { width: 45%; overflow-wrap: anywhere; }
.compare mark { background: var(--mark-0); }
.plain { list-style: none; margin: 0; padding: 0; }
.hosts .host { font-weight: 600; }
.chip.warn { border-color: var(--bad); color: var(--bad); }
.spark { width: 96px; height: 22px; }
.spark polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.spark circle { fill: var(--accent); }
.phases { width: 96px; height: 12px; border-radius: 2px; }
[aria-sort] a { color: var(--text); font-weight: 650; }

@media (max-width: 40rem) {
  .waterfall table { min-width: 0; }
  .waterfall thead { position: absolute; left: -999rem; }
  .waterfall tr { display: grid; grid-template-columns: repeat(3, 1fr); padding: .75rem 0; border-bottom: 1px solid var(--line); }
  .waterfall th, .waterfall td { border: 0; padding: .1rem 0; }
  .waterfall th[scope=row], .waterfall td { grid-column: 1 / -1; min-width: 0; max-width: none; width: auto; }
  .waterfall td.number { grid-column: auto; text-align: left; }
  .waterfall td.number::before { content: attr(data-name) ' '; color: var(--quiet); font-size: .82rem; }
  .waterfall .bars { width: auto; }
  .media thead { position: absolute; left: -999rem; }
  .media tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .media th, .media td { display: block; padding: .1rem 0; border: 0; }
  .media th[scope=row] { width: auto; }
  .media td::before { content: attr(data-name) ' '; color: var(--quiet); font-size: .82rem; }
  .wide { padding: 0 .9rem; }
  section, .ask, .verdict { padding: 1rem; }
  .top .wide { gap: 1rem; }
  .headers div { display: block; }
  .line { grid-template-columns: 2.75rem 1fr; }
}
@media print {
  .source[hidden] { display: block !important; }
  .source { max-height: none; }
  .editor, .tools, .top, .contents, .copy { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
`;
