// When the money moves: as on the page of `cash`, the balance by week, the lowest point, the payments that decide it.

import { parts } from '../answer/page';
import { h, section } from '../dom';
import type { Lookup } from '../lookup';

/** The cash section; null where nothing moves, and for results of older programs. */
export function cash(data: Lookup): { element: HTMLElement; start: () => void } | null {
  const page = data.document.reports.cash;
  if (!page) return null;
  const { tiles, blocks, start } = parts(page);
  const element = section('cash', 'Cash', page.lead.join(' '),
    tiles,
    ...page.sections.flatMap((part) => [
      h('div', { class: 'section-head' }, h('h3', {}, part.title), part.lead !== '' && h('p', { class: 'lead' }, part.lead)),
      ...part.blocks.map(blocks),
    ]));
  return { element, start };
}
