import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

import { compressFolder, webOut } from '../web-shared/build/output.mjs';

const outDir = join(webOut, 'console');

/** Puts brotli versions beside the files, since the server sends no others to browsers. */
function compressed(): Plugin {
  return { name: 'compressed', closeBundle: () => compressFolder(outDir) };
}

export default defineConfig({
  base: '/console/',
  esbuild: { legalComments: 'none' },
  css: { modules: { generateScopedName: '[hash:base64:6]' } },
  build: {
    target: 'es2022',
    outDir,
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
  },
  plugins: [compressed()],
});
