// Values by colour: what is too much is red, what is room is blue; the number stands in the cell.

import { fill, h } from '../dom';
import type { Currency } from '../words/money';
import type { Open } from './made';
import type { Heat } from './types';
import { say, sayShort } from './words';
import { parseDay } from '../words/days';

export function heat(data: Heat, currency: Currency, open: Open): HTMLElement {
  const most = Math.max(1e-9, ...data.rows.flatMap(({ values }) => values.map(Math.abs)));
  const short = (value: Heat['at'][number]): string => (data.x.kind === 'day' && typeof value === 'string' ? sayShort(parseDay(value), 'day', currency) : say(value, data.x.kind, currency));
  const paint = (value: number): string => {
    const strength = Math.min(1, Math.abs(value) / most) * 0.75;
    return value > 0 ? `background:rgba(179,38,30,${(0.08 + strength).toFixed(2)})` : value < 0 ? `background:rgba(59,111,182,${(strength * 0.6).toFixed(2)})` : '';
  };
  return h('div', { class: 'card' },
    data.title !== '' && h('div', { class: 'toolbar' }, h('h3', {}, data.title)),
    h('div', { class: 'table-scroll' }, h('table', { class: 'table answer-heat' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, ''), ...data.at.map((at) => h('th', { scope: 'col', class: 'number' }, short(at))))),
      h('tbody', {}, ...data.rows.map((row) => h('tr', {}, h('th', { scope: 'row' }, row.name),
        ...row.values.map((value, at) => {
          const text = Math.abs(value) < 0.05 ? '·' : say(value, data.value.kind, currency);
          const made = h('td', {
            class: `number${value > most * 0.55 ? ' strong' : ''}`, style: paint(value),
            title: `${row.name}, ${data.x.name.toLowerCase()} ${say(data.at[at] ?? null, data.x.kind, currency)}: ${say(value, data.value.kind, currency)} ${data.value.name}`,
          }, text);
          const button = open(row.opens?.[at], text, 'cell', (detail) => {
            made.closest('.table-scroll')?.after(h('div', { class: 'detail pad' }, detail));
          });
          if (button) fill(made, button);
          return made;
        })))))));
}
