// Opens a document in an editor (CodeMirror), to be read there: coloured, folded, searched. Its text and marks are those
// of the `pre` that stands there without a script, so nothing else is asked for. It stands in a shadow root, where the
// editor's style needs no exception from the Content-Security-Policy.

/**
 * @import { Range } from '@codemirror/state'
 * @import { SyntaxNode } from '@lezer/common'
 */
import { Decoration, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  codeFolding,
  ensureSyntaxTree,
  foldAll,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  syntaxHighlighting,
  unfoldAll,
} from '@codemirror/language';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { xml } from '@codemirror/lang-xml';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.angleBracket, tags.tagName], color: 'var(--xml-tag)' },
  { tag: tags.attributeName, color: 'var(--xml-name)' },
  { tag: [tags.attributeValue, tags.special(tags.string)], color: 'var(--xml-value)' },
  { tag: [tags.comment, tags.documentMeta, tags.processingInstruction], color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

const theme = EditorView.theme({
  '&': {
    maxHeight: '34rem',
    color: 'var(--text)',
    background: 'var(--sunken)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    fontSize: '.85rem',
  },
  '&.cm-focused': { outline: '3px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-gutters': { background: 'var(--sunken)', color: 'var(--quiet)', border: '0' },
  '.cm-foldPlaceholder': {
    background: 'var(--card)',
    border: '1px solid var(--edge)',
    color: 'var(--quiet)',
    padding: '0 .4em',
  },
  '.cm-target': { background: 'var(--doubtful-card)', boxShadow: 'inset 0 -2px var(--doubtful)' },
  '.cm-panels': {
    background: 'var(--card)',
    color: 'var(--text)',
    borderColor: 'var(--line)',
    fontFamily: 'var(--sans)',
  },
  '.cm-panel.cm-search': { padding: '.4rem 2rem .4rem .6rem' },
  '.cm-panel.cm-search label': { fontSize: '.85rem' },
  '.cm-textfield, .cm-button': {
    padding: '.25rem .5rem',
    color: 'var(--text)',
    background: 'var(--card)',
    border: '1px solid var(--edge)',
    borderRadius: '4px',
    fontSize: '.85rem',
  },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)', fontSize: '1.2rem', padding: '0 .4rem' },
  '.cm-searchMatch': { background: 'var(--mark-0)', outline: '1px solid var(--doubtful)' },
  '.cm-searchMatch-selected': { background: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-searchMatch-selected span': { color: 'var(--on-accent)' },
  '.cm-hop': { background: 'var(--mark-0)', borderRadius: '2px' },
  '.cm-hop-1': { background: 'var(--mark-1)' },
  '.cm-hop-2': { background: 'var(--mark-2)' },
  '.cm-hop-3': { background: 'var(--mark-3)' },
});

/**
 * The text of a `pre`, and where it is marked with a hop.
 * @param {HTMLElement} source
 */
const read = (source) => {
  /** @type {{ from: number, to: number, hop: number }[]} */
  const marks = [];
  /** @type {string[]} */
  const lines = [];
  let at = 0;
  for (const code of source.querySelectorAll('code')) {
    let from = at;
    for (const node of code.childNodes) {
      const to = from + (node.textContent ?? '').length;
      if (node instanceof HTMLElement) marks.push({ from, to, hop: Number(node.dataset['hop']) });
      from = to;
    }
    lines.push(code.textContent);
    at = from + 1;
  }
  return { text: lines.join('\n'), marks };
};

/** @param {{ from: number, to: number, hop: number }} mark */
const markOf = ({ from, to, hop }) =>
  Decoration.mark({ class: 'cm-hop cm-hop-' + (hop % 4), attributes: { title: 'from hop ' + hop } }).range(from, to);

/**
 * What a link led to: a line, or an element of it.
 * @type {import('@codemirror/state').StateEffectType<Range<Decoration>>}
 */
const goTo = StateEffect.define();
const target = StateField.define({
  create: () => Decoration.none,
  update: (lines, { effects }) =>
    effects.reduce((now, effect) => (effect.is(goTo) ? Decoration.set(effect.value) : now), lines),
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * @param {SyntaxNode} element
 * @param {EditorState} state
 */
const nameOf = (element, state) => {
  const tag = element.getChild('OpenTag') || element.getChild('SelfClosingTag');
  const name = tag && tag.getChild('TagName');
  return name ? state.sliceDoc(name.from, name.to) : '';
};

/**
 * The element of a path such as /VAST/Ad[1]/InLine; null where there is none, or the document takes too long to read.
 * @param {EditorState} state
 * @param {string} path
 */
const elementAt = (state, path) => {
  const tree = ensureSyntaxTree(state, state.doc.length, 2000);
  /** @type {SyntaxNode | undefined} */
  let element = tree?.topNode;
  for (const step of path.split('/').slice(1)) {
    const [, name, position = 1] = /^([^[]*)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const named = element?.getChildren('Element').filter((each) => nameOf(each, state) === name);
    element = named?.[Number(position) - 1];
  }
  return element ?? null;
};

/**
 * A whole element, or of one that holds others the start tag.
 * @param {SyntaxNode} element
 */
const markOfElement = (element) => {
  const { from, to } = (element.getChild('Element') && element.getChild('OpenTag')) || element;
  return Decoration.mark({ class: 'cm-target' }).range(from, to);
};

/**
 * @param {string} text
 * @param {(event: MouseEvent) => void} use
 */
const button = (text, use) => {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', use);
  return element;
};

/**
 * Puts an editor in the place of a `pre`.
 * @param {HTMLElement} source
 * @param {string} label what it is called by screen readers
 */
export const openEditor = (source, label) => {
  const { text, marks } = read(source);
  const host = document.createElement('div');
  host.className = 'editor';
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label }),
        EditorView.darkTheme.of(matchMedia('(prefers-color-scheme: dark)').matches),
        EditorView.lineWrapping,
        EditorView.decorations.of(Decoration.set(marks.map(markOf))),
        lineNumbers(),
        codeFolding(),
        foldGutter(),
        xml(),
        syntaxHighlighting(colours),
        target,
        search({ top: true }),
        keymap.of([...searchKeymap, ...foldKeymap]),
        theme,
      ],
    }),
  });
  const tools = document.createElement('div');
  tools.className = 'tools';
  tools.append(
    button('Search', () => openSearchPanel(view)),
    button('Fold all', () => foldAll(view)),
    button('Unfold all', () => unfoldAll(view)),
  );
  // only where the page came over TLS or from the same machine
  if ('clipboard' in navigator) {
    const copy = button('Copy', () => {
      void navigator.clipboard.writeText(text).then(() => (copy.textContent = 'Copied'));
    });
    tools.append(copy);
  }
  source.hidden = true;
  source.before(tools, host);
  return {
    /**
     * Leads to an element by its path where that is given and there is one; else to a line.
     * @param {number} number
     * @param {string | undefined} path
     */
    show: (number, path) => {
      const element = path && elementAt(view.state, path);
      const { from } = element || view.state.doc.line(Math.min(number, view.state.doc.lines));
      const mark = element ? markOfElement(element) : Decoration.line({ class: 'cm-target' }).range(from);
      view.dispatch({
        selection: { anchor: from },
        effects: [goTo.of(mark), EditorView.scrollIntoView(from, { y: 'center' })],
      });
    },
  };
};
