// Preact from its own sources, without what this panel has no use for: it renders into an empty element, so there is
// nothing to hydrate, suspend or move through a portal, and its few classes use three of the lifecycle methods.
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const folder = join(dirname(createRequire(import.meta.url).resolve('preact/package.json')), 'src');

const LIFECYCLE = 'getDerivedStateFromProps|getDerivedStateFromError|getChildContext|getSnapshotBeforeUpdate|shouldComponentUpdate|componentWillMount|componentWillReceiveProps|componentWillUpdate|componentDidCatch|contextType';
const HOOKS = '_render|_diff|diffed|_commit|vnode|unmount|event|debounceRendering|_root|_hydrationMismatch';

/** Pattern, what takes its place. Each must be found: another version of Preact has to be looked at anew. */
const CUTS = [
  [/^\t+(?:isHydrating|excessDomChildren),\n/gm, ''],
  [/^\t+oldVNode\n\t+\? NULL\n\t+: parentDom\.firstChild\n\t+\? slice\.call\(parentDom\.childNodes\)\n\t+: NULL,\n/m, ''],
  [/^\t+oldVNode\._flags & MODE_HYDRATE \? \[oldDom\] : NULL,\n/m, ''],
  [/^\t+oldVNode\._flags & MODE_HYDRATE,\n/m, ''],
  [/let isHydrating = vnode && vnode\._flags & MODE_HYDRATE;/, ''],
  [/oldVNode\._flags & MODE_SUSPENDED &&/, 'false &&'],
  [/isHydrating = excessDomChildren = NULL;/, ''],
  [/isHydrating = false;/, ''],
  [/excessDomChildren = NULL;/, ''],
  [/excessDomChildren =\n\t+nodeType[^;]*;/, ''],
  [/\w+(?:\.props)?\._parentDom\b(?! = )(?<!component\._parentDom)/g, 'false'],
  [/\|\| oldVNode\._flags & REF_DETACHED/, ''],
  [new RegExp(`\\b(?:c|newType|component|ctor)\\.(?:${LIFECYCLE})\\b`, 'g'), 'undefined'],
  [new RegExp(`\\boptions\\.(?:${HOOKS})\\b`, 'g'), 'undefined'],
  [/i == 'dangerouslySetInnerHTML'/g, 'false'],
  [/if \(newHtml\)/, 'if (false)'],
  [/if \(oldHtml\)/, 'if (false)'],
  [/nodeType == 'math'/, 'false'],
  [/nodeType == 'foreignObject' \|\|\n\t+\(namespace == MATH_NAMESPACE && MATHML_TOKEN_ELEMENTS\.test\(nodeType\)\)/, 'false'],
  [/nodeType == 'progress'(?= && inputValue == NULL)/, 'false'],
  [/\|\| \(nodeType == 'progress' && !inputValue\)/, ''],
  [/\(nodeType == 'template' && dom\.content\) \|\| dom/, 'dom'],
  [/const provider = tmp && globalContext\[tmp\._id\];/, 'const provider = false;'],
  [/const componentContext = tmp\n[^;]*;/, 'const componentContext = globalContext;'],
  [/if \(\(tmp = undefined\)\) tmp\(newVNode\);/g, ''],
  [/for \(; \(vnode = vnode\._parent\); \) \{[\s\S]*?\n\t\}\n/, ''],
  [/BaseComponent\.prototype\.setState = [\s\S]*?\n\};/, ''],
  [/BaseComponent\.prototype\.forceUpdate = [\s\S]*?\n\};/, ''],
  [/\tresetRenderCount\(\);/, ''],
  [/if \(!c\.state\) c\.state = \{\};/, ''],
  [/(?:EMPTY_ARR\.push\.apply\(c\._renderCallbacks, c\._stateCallbacks\);\s+)?c\._stateCallbacks = \[\];/g, ''],
  [/if \(!c\._nextState\) c\._nextState = c\.state;/, ''],
  [/c\.state = c\._nextState;/g, ''],
  [/oldState = c\.state;/, 'oldState;'],
  [/c\.context = componentContext;/, ''],
  [/let renderHook = [\s\S]*?while \([^;]*;/, 'c._bits &= ~COMPONENT_DIRTY; tmp = c.render(c.props);'],
  [/name = name\.replace\(\/xlink[^;]*;/, ''],
  [/typeof (?:value|oldValue) == 'string'/g, 'false'],
  [/useCapture = name != [^;]*;/, ''],
  [/newProps\.is \? newProps : parentDom/, 'parentDom'],
  [/while \(next && next\.nodeType == 8\) next = next\.nextSibling;/, ''],
  [/while \(\n\t+\(oldDom = oldDom && oldDom\.nextSibling\)[^;]*;/, 'oldDom = oldDom && oldDom.nextSibling;'],
  [/\(r = vnode\._component\) &&\n\t+\(r = r\._excess\)/, 'false'],
];

export function leanPreact() {
  const found = new Set();
  return {
    name: 'lean-preact',
    enforce: 'pre',
    /** @param {string} id */
    resolveId: (id) => (id === 'preact' ? join(folder, 'index.js') : null),
    /** @param {string} code @param {string} id */
    transform(code, id) {
      if (!id.startsWith(folder)) return null;
      for (const cut of CUTS) {
        const shorter = code.replace(cut[0], cut[1]);
        if (shorter !== code) found.add(cut);
        code = shorter;
      }
      return { code: `let isHydrating, excessDomChildren;${code}`, map: null, moduleSideEffects: false };
    },
    /** @param {Error | undefined} error */
    buildEnd(error) {
      const missed = CUTS.filter((cut) => !found.has(cut));
      if (!error && found.size > 0 && missed.length > 0) this.error(`not found in Preact's sources: ${missed.map(([pattern]) => pattern).join(' ')}`);
    },
  };
}
