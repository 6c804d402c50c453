import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The folder that the server embeds: `FRONTDESK_WEB_OUT`, counted from the repository's root. */
export const webOut = resolve(ROOT, process.env.FRONTDESK_WEB_OUT ?? 'target/web');

/**
 * @param {Uint8Array} bytes
 */
export function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/**
 * Puts a compressed version beside each file of the folder.
 * @param {string} folder
 */
export function compressFolder(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && !entry.name.endsWith('.br')) compressFile(join(entry.parentPath, entry.name));
  }
}

/**
 * @param {string} file
 */
export function compressFile(file) {
  writeFileSync(`${file}.br`, brotli(readFileSync(file)));
}
