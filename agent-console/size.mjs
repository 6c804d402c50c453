// Prints what a first visit to the console fetches (brotli, 11) and fails when that is over the budget.
// node agent-console/size.mjs [FOLDER]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { brotli, webOut } from '../web-shared/build/output.mjs';

const BUDGET = 120_000;
const folder = process.argv[2] ?? join(webOut, 'console');

const page = readFileSync(join(folder, 'index.html'), 'utf8');
const parts = [...page.matchAll(/(?:src|href)="\/console\/([^"]+)"/g)].map(([, name]) => name);
const sizes = ['index.html', ...parts].map((name) => [name, brotli(readFileSync(join(folder, name))).length]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);

for (const [name, size] of [...sizes, ['in all', total], ['budget', BUDGET]]) console.log(`${String(size).padStart(8)}  ${name}`);
process.exit(total > BUDGET ? 1 : 0);
