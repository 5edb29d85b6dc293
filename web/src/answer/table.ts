// A table of an answer.

import { fill, h, headRow, showMore, stacks } from '../dom';
import type { Currency } from '../words/money';
import { exactMoney } from '../words/money';
import type { Open } from './made';
import type { Column, Table, Value } from './types';
import { isNumeric, say } from './words';

export function table(data: Table, currency: Currency, open: Open): HTMLElement {
  const body = h('tbody', {});
  const rows = data.rows.map((row) => h('tr', { class: row.tone === 'bad' ? 'row-bad' : '' },
    ...data.columns.map((column, at) => {
      const made = cell(row.cells[at] ?? null, column, at === 0, row.tone, currency);
      const button = open(row.opens?.[at], made.textContent ?? '', at === 0 ? 'open' : 'cell', (detail) => {
        made.closest('tr')?.after(h('tr', { class: 'detail' }, h('td', { colspan: data.columns.length }, detail)));
      });
      if (button) fill(made, button);
      return made;
    })));
  const more = showMore(body, rows, data.shown, 'rows');
  const names = data.columns.map(({ name, kind }) => `${isNumeric(kind) ? '>' : ''}${name}`);
  return h('div', { class: 'card' },
    data.title !== '' && h('div', { class: 'toolbar' }, h('h3', {}, data.title)),
    h('div', { class: 'table-scroll' }, stacks(h('table', { class: 'table answer-table' }, h('thead', {}, headRow(names)), body))),
    more);
}

function cell(value: Value, column: Column, isFirst: boolean, tone: string, currency: Currency): HTMLElement {
  const isMoney = (column.kind === 'money' || column.kind === 'more') && typeof value === 'number';
  const classes = [isNumeric(column.kind) ? 'number' : '', column.kind === 'day' ? 'nowrap' : '', value === null ? 'quiet' : '',
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
