// Puts a page together as the program does: node preview.mjs result.json index.html
import { readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
if (!from || !to) {
  console.error('usage: npm run preview -- result.json index.html');
  process.exit(2);
}
const beside = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const result = JSON.stringify(JSON.parse(readFileSync(from, 'utf8'))).replaceAll('<', '\\u003c');
const title = JSON.parse(result).production.name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
writeFileSync(to, beside('page.html')
  .replace('<!--TITLE-->', () => `${title} – shotplan`)
  .replace('<!--STYLE-->', () => beside('dist/page.css'))
  .replace('<!--RESULT-->', () => result)
  .replace('<!--SCRIPT-->', () => beside('dist/page.js')));
