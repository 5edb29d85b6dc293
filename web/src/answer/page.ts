// The page of one answer: what was asked, the answer in figures and sentences, what it rests on. A new
// kind of block is one file here and one line in `drawn`.

import { h, section } from '../dom';
import type { Currency } from '../words/money';
import { bars } from './bars';
import { chart } from './chart';
import { heat } from './heat';
import { opener } from './made';
import { table } from './table';
import type { Answer, Block } from './types';

/** What stands on the page of an answer, to be put somewhere; `start` draws the charts once it stands there. */
export interface Parts {
  tiles: HTMLElement;
  blocks: (block: Block) => HTMLElement;
  start: () => void;
}

export function parts(data: Answer): Parts {
  const currency: Currency = { code: data.currency, decimals: data.currency_decimals };
  const open = opener(data);
  const starts: (() => void)[] = [];
  const blocks = (block: Block): HTMLElement => {
    switch (block.block) {
      case 'text': return h('div', { class: 'card pad' }, ...block.lines.map((line) => h('p', {}, line)));
      case 'table': return table(block, currency, open);
      case 'bars': return bars(block, currency);
      case 'heat': return heat(block, currency, open);
      case 'chart': {
        const { element, start } = chart(block, currency);
        starts.push(start);
        return element;
      }
    }
  };
  const tiles: HTMLElement = h('div', { class: `tiles tiles-${Math.min(4, data.tiles.length)}` }, ...data.tiles.map((tile) => h('div', { class: `tile ${tile.tone}` },
    h('h2', {}, tile.name),
    h('p', { class: 'answer' }, open(tile.opens, tile.answer, 'cell', (detail) => tiles.after(h('div', { class: 'detail card pad' }, detail))) ?? tile.answer),
    ...tile.lines.map((line) => h('p', { class: 'tile-line' }, line)))));
  return { tiles, blocks, start: () => starts.forEach((start) => start()) };
}

/** Puts the answer on the page; gives how many blocks it has. */
export function answerPage(data: Answer, page: HTMLElement): number {
  const { tiles, blocks: drawn, start } = parts(data);
  const sections = data.sections.map(({ title, lead, blocks }, at) => section(`part-${at}`, title, lead, ...blocks.map(drawn)));
  page.replaceChildren(
    h('nav', { class: 'top', 'aria-label': 'Sections' },
      h('span', { class: 'brand' }, 'shotplan'),
      h('div', { class: 'top-links' }, ...data.sections.map(({ title }, at) => h('a', { href: `#part-${at}` }, title))),
      h('button', { type: 'button', class: 'button', click: () => window.print() }, 'Print')),
    h('main', {},
      h('section', { class: 'hero' },
        h('div', { class: 'hero-over' }, ...[data.production, ...data.over].map((text) => h('span', {}, text))),
        h('h1', {}, data.title),
        tiles,
        ...data.lead.map((line) => h('p', { class: 'answer-lead' }, line))),
      ...sections),
    h('footer', { class: 'foot' }, `Made by ${data.program}. This page holds all its data and asks nothing of any network.`));
  start();
  return data.sections.reduce((sum, { blocks }) => sum + blocks.length, 0);
}
