// Builds panel, locales, loader and demo page into the folder that the server embeds.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { compressFile, compressFolder, webOut } from '../../web-shared/build/output.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const JSX = "import { h as _h, Fragment as _F } from 'preact'";
const localeFolder = join(root, '../web-shared/src/i18n/locales');

for (const old of ['widget', 'widget.js', 'widget.js.br', 'demo']) rmSync(join(webOut, old), { recursive: true, force: true });
mkdirSync(join(webOut, 'widget'), { recursive: true });

const panel = await bundle('src/panel/panel.ts', 'es', 'widget/panel.[hash].js', {});
const locales = writeLocales();
await bundle('src/loader/loader.ts', 'iife', 'widget.js', {
  __PANEL__: JSON.stringify(panel),
  __LOCALES__: JSON.stringify(locales),
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
    logLevel: 'warn',
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    // The classic form of JSX is smaller, and the panel has a budget.
    esbuild: { jsx: 'transform', jsxFactory: '_h', jsxFragment: '_F', jsxInject: JSX, legalComments: 'none' },
    build: {
      target: 'es2022',
      outDir: webOut,
      emptyOutDir: false,
      copyPublicDir: false,
      modulePreload: false,
      reportCompressedSize: false,
      rollupOptions: {
        input: join(root, entry),
        preserveEntrySignatures: 'strict',
        output: { format, entryFileNames: fileName, inlineDynamicImports: true },
      },
    },
  });
  return /** @type {import('rollup').RollupOutput} */ (result).output[0].fileName;
}

/** Writes a module for each locale; gives the hash of each and the launcher's own texts. */
function writeLocales() {
  const entries = readdirSync(localeFolder).map((file) => {
    const tag = file.replace('.json', '');
    const texts = JSON.parse(readFileSync(join(localeFolder, file), 'utf8'));
    const code = `export default ${JSON.stringify(texts)}`;
    const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8);
    writeFileSync(join(webOut, `widget/locale.${tag}.${hash}.js`), code);
    return [tag, [hash, texts.help, texts.loadFailed]];
  });
  return Object.fromEntries(entries);
}
