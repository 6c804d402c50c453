// Builds panel, locales, loader and demo page into the folder that the server embeds.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { leanPreact } from './lean-preact.mjs';
import { compressFile, compressFolder, webOut } from '../../web-shared/build/output.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const JSX = "import { h as _h, Fragment as _F } from 'preact'";
const localeFolder = join(root, '../web-shared/src/i18n/locales');

/** What launcher and panel both name, so that it stays. */
const SHARED_TOKENS = ['--fd-accent', '--fd-x', '--fd-y'];

/** Drops the design tokens that only the console uses; the others get short names. */
const shortTokens = {
  name: 'short-tokens',
  /**
   * @param {string} code
   */
  renderChunk(code) {
    const names = new Map(SHARED_TOKENS.map((name) => [name, name]));
    return code
      .replace(/(--fd-[\w-]+):[^;}"]+;/g, (declaration, name) => (code.includes(`var(${name}`) ? declaration : ''))
      .replace(/--fd-[\w-]+/g, (name) => names.get(name) ?? names.set(name, `--f${names.size.toString(36)}`).get(name))
      .replace(/(--f\w+): /g, '$1:');
  },
};

/** Properties of the panel's own objects: they are in no frame, no storage and no call, so they may get short names. */
const OWN_NAMES = [
  'surroundings', 'introduction', 'onChange', 'desk', 'i18n', 'pending', 'isOpen', 'isStartingNew', 'lastSeq', 'isBehind', 'isMenuOpen',
  'isForgetting', 'isContinuing', 'isEmailWrong', 'question', 'found', 'reading', 'readFrom', 'isUnread', 'isRatingAside', 'isRatingAgain',
  'isLeaving', 'isCutOff', 'refusal', 'bubbles', 'bubble', 'settledSeq', 'isLastOwn', 'isLast', 'failure', 'seenByOthers', 'isWelcome',
  'askAbout', 'mayConnect', 'openSocket', 'onWake', 'isOnline', 'sayHello', 'onFrame', 'onTokenRefused', 'onRefused', 'onState', 'onFailed',
  'onNews', 'onError', 'onBegun', 'forgetToken', 'dropFailed', 'seenIn', 'handleError', 'startNew', 'tryAgain', 'mention', 'introduce',
  'resend', 'helped', 'delivery', 'isSettled', 'isThere', 'expiry', 'connection', 'retryNow', 'isSmall', 'agree',
];

const textNames = Object.keys(JSON.parse(readFileSync(join(localeFolder, 'en.json'), 'utf8')));

/** In what a browser loads, texts have numbers instead of names: `t('close')` becomes `t(2)`. */
const numberedTexts = {
  name: 'numbered-texts',
  /**
   * @param {string} code
   * @param {string} id
   */
  transform(code, id) {
    if (!id.startsWith(join(root, 'src/'))) return null;
    const listener = new RegExp(`<[a-z]\\w*\\s[^<>]*\\b(?:${OWN_NAMES.join('|')})=`).exec(code);
    if (listener) throw new Error(`${id}: an element's attribute may not have a short name: ${listener[0]}`);
    return code.replace(/\bt\([^(),]+/g, (call) => call.replace(/(?<=\(|[?:] )'(\w+)'/g, (_, name) => String(numberOf(name))));
  },
};

/**
 * @param {string} name
 */
function numberOf(name) {
  const number = textNames.indexOf(name);
  if (number < 0) throw new Error(`en.json has no text ${name}`);
  return number;
}

for (const old of ['widget', 'widget.js', 'widget.js.br', 'demo']) rmSync(join(webOut, old), { recursive: true, force: true });
mkdirSync(join(webOut, 'widget'), { recursive: true });

const panel = await bundle('src/panel/start.ts', 'es', 'widget/panel.[hash].js', {});
const locales = writeLocales();
await bundle('src/loader/loader.ts', 'iife', 'widget.js', {
  __PANEL__: JSON.stringify(panel),
  __HELP__: JSON.stringify(locales.help),
  __LOCALES_HASH__: JSON.stringify(locales.hash),
});
cpSync(join(root, 'demo'), join(webOut, 'demo'), { recursive: true });

compressFile(join(webOut, 'widget.js'));
compressFolder(join(webOut, 'widget'));
compressFolder(join(webOut, 'demo'));

/**
 * Bundles one entry into one file and gives its name.
 * @param {string} entry
 * @param {'es' | 'iife'} format
 * @param {string} fileName
 * @param {Record<string, string>} define
 */
async function bundle(entry, format, fileName, define) {
  const result = await build({
    root,
    configFile: false,
    plugins: [leanPreact(), { ...numberedTexts, enforce: 'pre' }, shortTokens],
    logLevel: 'warn',
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    // The classic form of JSX is smaller, and the panel has a budget.
    esbuild: { jsx: 'transform', jsxFactory: '_h', jsxFragment: '_F', jsxInject: JSX, legalComments: 'none' },
    build: {
      target: 'es2022',
      minify: 'terser',
      cssMinify: 'esbuild',
      terserOptions: { module: format === 'es', ecma: 2020, mangle: { properties: { regex: new RegExp(`^(?:_[a-z]\\w*|${OWN_NAMES.join('|')})$`) } }, compress: { passes: 3, pure_getters: true, unsafe: true, unsafe_arrows: true, lhs_constants: false, inline: 1 } },
      outDir: webOut,
      emptyOutDir: false,
      copyPublicDir: false,
      reportCompressedSize: false,
      // The loader counts as a library: else Vite wraps each import() in a helper of its own.
      lib: format === 'iife' && { entry: join(root, entry), formats: [format], name: 'frontdeskLoader' },
      rollupOptions: { input: join(root, entry), preserveEntrySignatures: 'strict', output: { format, strict: false, entryFileNames: fileName } },
    },
  });
  return [result].flat()[0].output[0].fileName;
}

/** Writes a module for each locale; all are named after one hash, so that the loader has to know only one. */
function writeLocales() {
  const locales = readdirSync(localeFolder).map((file) => {
    const texts = JSON.parse(readFileSync(join(localeFolder, file), 'utf8'));
    return { tag: file.replace('.json', ''), help: texts.help, code: `export default ${JSON.stringify(textNames.map((name) => texts[name]))}` };
  });
  const hash = createHash('sha256').update(locales.map(({ code }) => code).join()).digest('base64url').slice(0, 8);
  for (const { tag, code } of locales) writeFileSync(join(webOut, `widget/locale.${tag}.${hash}.js`), code);
  return { hash, help: Object.fromEntries(locales.map(({ tag, help }) => [tag, help])) };
}
