// A table of an answer.

import { fill, h, showMore, stacks } from '../dom';
import type { Currency } from '../words/money';
import { exactMoney } from '../words/money';
import { count as plural } from '../words/plain';
import type { Open } from './made';
import type { Column, Table, Value } from './types';
import { isNumeric, say } from './words';

/** From so many columns on they stand closer together. */
const MANY = 10;

export function table(data: Table, currency: Currency, open: Open): HTMLElement {
  const drawn = (row: Table['rows'][number], isSum: boolean): HTMLElement => {
    const classes = [row.tone === 'bad' ? 'row-bad' : '', isSum ? 'total' : '', data.folds_empty && !isSum && isEmpty(row, data.columns) ? 'zero' : ''];
    return h('tr', { class: classes.filter((name) => name !== '').join(' ') }, ...data.columns.map((column, at) => {
      const made = cell(row.cells[at] ?? null, column, at === 0, row.tone, currency);
      const button = open(row.opens?.[at], made.textContent ?? '', at === 0 ? 'open' : 'cell', (detail) => {
        made.closest('tr')?.after(h('tr', { class: 'detail' }, h('td', { colspan: data.columns.length }, detail)));
      });
      if (button) fill(made, button);
      return made;
    }));
  };
  const count = data.rows.length - (data.sums ?? 0);
  const rows = data.rows.slice(0, count).map((row) => drawn(row, false));
  const sums = data.rows.slice(count).map((row) => drawn(row, true));
  const body = h('tbody', {});
  const more = showMore(body, rows, data.shown, 'rows');
  const element = h('table', { class: `table answer-table${data.columns.length >= MANY ? ' many' : ''}` },
    h('thead', {}, h('tr', {}, ...data.columns.map(({ name, kind, hint }) => h('th', { scope: 'col', class: isNumeric(kind) ? 'number' : '', title: hint }, name)))),
    body,
    sums.length > 0 && h('tfoot', {}, ...sums));
  const empty = rows.filter((row) => row.classList.contains('zero')).length;
  const hide = h('input', { type: 'checkbox', checked: true, change: () => element.classList.toggle('hide-zero', hide.checked) });
  element.classList.add('hide-zero');
  return h('div', { class: 'card' },
    data.title !== '' && h('div', { class: 'toolbar' }, h('h3', {}, data.title)),
    empty > 0 && h('label', { class: 'check' }, hide, `Hide ${plural(empty, 'empty row')}`),
    h('div', { class: 'table-scroll', role: 'region', 'aria-label': data.title === '' ? 'Table' : data.title, tabindex: 0 }, stacks(element)),
    more);
}

/** Every amount of the row is nothing. */
export function isEmpty(row: Table['rows'][number], columns: Column[]): boolean {
  return columns.every(({ kind }, at) => (kind !== 'money' && kind !== 'more') || (row.cells[at] ?? 0) === 0);
}

function cell(value: Value, column: Column, isFirst: boolean, tone: string, currency: Currency): HTMLElement {
  const isMoney = (column.kind === 'money' || column.kind === 'more') && typeof value === 'number';
  const classes = [isNumeric(column.kind) ? 'number' : '', column.kind === 'day' ? 'nowrap' : '', value === null ? 'quiet' : '', isMoney && value === 0 ? 'nil' : '',
    isFirst && tone === 'bad' ? 'bad' : ''];
  const content = Array.isArray(value)
    ? value.map((line) => h('span', { class: 'cell-line' }, line))
    : [say(value, column.kind, currency)];
  const attributes = {
    class: classes.filter((name) => name !== '').join(' '),
    title: isMoney ? exactMoney(value, currency) : undefined,
  };
  return isFirst ? h('th', { scope: 'row', ...attributes }, ...content) : h('td', attributes, ...content);
}
