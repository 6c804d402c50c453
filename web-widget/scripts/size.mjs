// Prints what a visitor's browser loads, brotli-compressed, and fails over budget.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { webOut } from '../../web-shared/build/output.mjs';

const KB = 1000;
const budgets = [
  { part: 'loader', pattern: /^widget\.js\.br$/, most: 2 * KB },
  { part: 'panel', pattern: /^panel\..*\.js\.br$/, most: 22 * KB },
  { part: 'locale', pattern: /^locale\..*\.js\.br$/, most: 1.5 * KB },
];

if (!existsSync(join(webOut, 'widget'))) {
  console.error('nothing is built yet: npm run build');
  process.exit(1);
}

const files = ['.', 'widget'].flatMap((folder) => readdirSync(join(webOut, folder)).map((name) => ({ folder, name })));
let isOver = false;
for (const { part, pattern, most } of budgets) {
  const found = files.filter((file) => pattern.test(file.name));
  const sizes = found.map(({ folder, name }) => ({ name, size: readFileSync(join(webOut, folder, name)).length }));
  if (sizes.length === 0) throw new Error(`there is no ${part}`);
  for (const { name, size } of sizes) {
    const verdict = size > most ? 'over budget' : 'fine';
    isOver ||= size > most;
    console.log(`${part.padEnd(7)} ${name.padEnd(28)} ${(size / KB).toFixed(2).padStart(6)} of ${(most / KB).toFixed(1)} KB  ${verdict}`);
  }
}
process.exit(isOver ? 1 : 0);
