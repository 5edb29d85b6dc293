// Named bars from a common line at 0: what drives a figure, most first.

import { h } from '../dom';
import type { Currency } from '../words/money';
import type { Bars } from './types';
import { say } from './words';

export function bars(data: Bars, currency: Currency): HTMLElement {
  const least = Math.min(0, ...data.rows.map(({ low, high }) => Math.min(low, high)));
  const most = Math.max(0, ...data.rows.map(({ low, high }) => Math.max(low, high)));
  const share = (value: number): number => (most > least ? ((value - least) / (most - least)) * 100 : 0);
  const zero = share(0);
  const tell = (value: number): string => say(value, data.value.kind, currency);
  const part = (from: number, to: number, name: string): HTMLElement | null => (from === to ? null
    : h('i', { class: name, style: `left:${Math.min(share(from), share(to))}%;width:${Math.abs(share(to) - share(from))}%` }));
  return h('div', { class: 'card' },
    h('div', { class: 'toolbar' }, h('h3', {}, data.title)),
    h('div', { class: 'bars' }, ...data.rows.flatMap(({ name, low, high }) => {
      const [from, to] = [Math.min(low, high), Math.max(low, high)];
      const words = from < 0 && to > 0 ? `${tell(from)} to ${tell(to)}` : tell(to > 0 ? to : from);
      return [
        h('span', { class: 'bars-name' }, name),
        h('span', { class: 'bars-track', role: 'img', 'aria-label': `${name}: ${words} ${data.value.name}` },
          part(Math.min(from, 0), Math.min(to, 0), 'bars-low'), part(Math.max(from, 0), Math.max(to, 0), 'bars-high'),
          h('i', { class: 'bars-zero', style: `left:${zero}%` })),
        h('span', { class: 'bars-value' }, words),
      ];
    })));
}
