// What to know about the data: warnings, and values that stood in no file.

import { h, headRow, section, showMore, tableCard } from '../dom';
import type { Lookup } from '../lookup';
import { plainDates } from '../words/days';
import { count, thousands } from '../words/plain';

export function warnings(data: Lookup): HTMLElement {
  const all = data.document.warnings;
  if (all.length === 0) {
    return section('warnings', 'Warnings about the data', '', h('p', { class: 'card empty' }, 'None: all checks passed.'));
  }
  const body = h('tbody', {});
  const more = showMore(body, all.map((warning) => h('tr', {},
    h('td', {}, h('span', { class: 'badge plain' }, warning.code)),
    h('th', { scope: 'row' }, warning.object),
    h('td', {}, plainDates(warning.message)),
    h('td', {}, plainDates(warning.help)),
    h('td', { class: 'quiet nowrap' }, warning.file === null ? '–' : `${warning.file}${warning.line === null ? '' : `, line ${warning.line}`}`))), 10, 'warnings');
  return section('warnings', 'Warnings about the data',
    `${count(all.length, 'thing')} in the files that may make this plan less true than it looks.`,
    tableCard(h('table', { class: 'table', id: 'warning-table' }, h('thead', {}, headRow(['Rule', 'Where', 'What', 'What to do', 'File'])), body), 'Warnings'), more);
}

export function assumed(data: Lookup): HTMLElement {
  const all = Object.entries(data.document.assumed).sort(([, a], [, b]) => b - a);
  const sum = all.reduce((total, [, times]) => total + times, 0);
  return section('assumed', 'Assumed values',
    all.length === 0 ? '' : `${count(sum, 'value')} stood in no file, so a documented default was used. Fill in those that matter.`,
    all.length === 0
      ? h('p', { class: 'card empty' }, 'None: everything stood in the files.')
      : h('ul', { class: 'card assumed' }, ...all.map(([field, times]) => h('li', {}, h('span', {}, field.replaceAll('_', ' ').replace('.', ': ')), h('b', {}, thousands(times))))));
}
