// What a plan has otherwise than the earlier one that it keeps to.

import type { Since } from '../document';
import { h, headRow, section, showMore, stacks, tableCard } from '../dom';
import type { Lookup } from '../lookup';
import { parseDay, sayDay } from '../words/days';
import { money } from '../words/money';
import { count } from '../words/plain';

type Show = (ids: string[], note: string) => void;
type Change = Since['tasks'][number];

export function changes(data: Lookup, showOnly: Show): HTMLElement | null {
  const since = data.document.since;
  if (!since) return null;
  const said = [
    `${count(since.moved, 'task')} on another day`,
    `${count(since.people_changed, 'task')} with other artists`,
    since.freeze_days > 0 ? `${count(since.frozen_changed, 'change')} within the frozen ${count(since.freeze_days, 'working day')}` : '',
    since.added > 0 ? `${count(since.added, 'task')} new` : '',
    since.gone > 0 ? `${count(since.gone, 'task')} gone or done` : '',
    since.people_gone.length > 0 ? `not there any more: ${since.people_gone.join(', ')}` : '',
    ...since.milestones.map((row) => `${row.id}: ${date(row.a)} → ${date(row.b)}`),
    since.final_cost_before === null ? '' : `final cost ${signed(since.final_cost - since.final_cost_before, data)}`,
  ].filter((text) => text !== '');
  const body = h('tbody', {});
  const largest = [...since.tasks].sort((a, b) => Math.abs(shift(b)) - Math.abs(shift(a)) || (a.task < b.task ? -1 : 1));
  const more = showMore(body, largest.map((row) => h('tr', {},
    h('th', { scope: 'row' }, h('button', {
      type: 'button', class: 'link', title: 'Show this in the schedule', click: () => showOnly([row.task], `Shown: ${row.task}`),
    }, row.task)),
    h('td', { class: 'nowrap' }, `${date(row.start_a)} – ${date(row.end_a)}`),
    h('td', { class: 'nowrap' }, `${date(row.start_b)} – ${date(row.end_b)}`),
    h('td', { class: 'number' }, shift(row) === 0 ? '–' : `${shift(row) > 0 ? '+' : '−'}${count(Math.abs(shift(row)), 'day')}`),
    h('td', {}, row.who_a.join() === row.who_b.join()
      ? h('span', { class: 'quiet' }, 'the same')
      : `${row.who_a.join(', ')} → ${row.who_b.join(', ')}`))), 20, 'changes');
  return section('changes', `Changes since the plan of ${sayDay(since.as_of)}`, `${said.join(' · ')}.`,
    largest.length === 0
      ? h('p', { class: 'card empty' }, 'None: every open task keeps its days and its artists.')
      : tableCard(stacks(h('table', { class: 'table', id: 'change-table' },
        h('thead', {}, headRow(['Task', 'Was', 'Is', '>Start', 'Artists'])), body)), 'Changes'),
    more);
}

/** Calendar days by which a task begins later. */
function shift(row: Change): number {
  return row.start_a === null || row.start_b === null ? 0 : parseDay(row.start_b) - parseDay(row.start_a);
}

function date(text: string | null): string {
  return text === null ? 'no place' : sayDay(text);
}

function signed(amount: number, data: Lookup): string {
  const { currency, currency_decimals: decimals } = data.document.production;
  return `${amount < 0 ? '' : '+'}${money(amount, { code: currency, decimals })}`;
}
