// Promised dates: due, planned, slack, how early any plan could be, and what is late.

import type { Milestone } from '../document';
import { h, headRow, section, showMore, stacks, tableCard } from '../dom';
import type { Lookup } from '../lookup';
import { sayDay } from '../words/days';
import { capital, count } from '../words/plain';

type Show = (ids: string[], note: string) => void;

const KINDS: Record<string, string> = {
  final: 'Final delivery', batch: 'Delivery batch', temp: 'Temp screening', internal: 'Internal',
};

export function milestones(data: Lookup, showOnly: Show): HTMLElement {
  const { milestones: all } = data.document;
  const several = data.document.production.shows.length > 1;
  const ordered = [...all].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const table = h('table', { class: 'table', id: 'milestone-table' },
    h('thead', {}, headRow(['Milestone', 'Due', 'Planned', '>Slack', 'Earliest possible', '>Open', 'Late', 'What decides it'])),
    h('tbody', {}, ...ordered.map((row) => milestone(row, several, data, showOnly))));
  return section('milestones', 'Milestones',
    'Slack: working days between the planned and the due day. “Earliest possible” is proven: no plan with these people can be earlier. “Open” counts shots and assets still to finish; “What decides it” is the chain of tasks that ends last.',
    all.length > 0 ? tableCard(stacks(table), 'Milestones') : h('p', { class: 'card empty' }, 'No milestones are set for this production.'),
    late(data, showOnly));
}

function milestone(row: Milestone, several: boolean, data: Lookup, showOnly: Show): HTMLElement {
  const missed = (row.slack_days ?? 0) < 0;
  const show = data.document.production.shows.find(({ id }) => id === row.show);
  return h('tr', { class: missed || row.unplaced > 0 ? 'row-bad' : '' },
    h('th', { scope: 'row' },
      h('span', { class: 'name' }, row.name || row.id),
      h('span', { class: 'sub' }, [several ? show?.name ?? row.show : '', KINDS[row.kind] ?? capital(row.kind), row.hard ? 'contractual' : ''].filter((text) => text !== '').join(' · '))),
    h('td', { class: 'nowrap' }, sayDay(row.due)),
    h('td', { class: `nowrap${missed ? ' bad' : ''}` },
      row.done ? h('span', { class: 'badge good' }, 'Done')
        : row.planned !== null ? sayDay(row.planned)
          : row.unplaced > 0 ? h('span', { class: 'badge bad' }, `${count(row.unplaced, 'task')} without a place`) : '–'),
    h('td', { class: 'number' }, slack(row)),
    h('td', { class: 'nowrap' }, row.done ? '–' : earliest(row)),
    h('td', { class: 'number' }, row.done ? '–' : String(row.open_items)),
    h('td', {}, row.late_items.length === 0
      ? h('span', { class: 'quiet' }, row.done ? '–' : 'none')
      : h('button', {
        type: 'button', class: 'link', title: 'Show these in the schedule',
        click: () => showOnly(row.late_items, `Shown: ${count(row.late_items.length, 'item')} late for ${row.name || row.id}`),
      }, `${count(row.late_items.length, 'item')} ▸`)),
    h('td', {}, row.chain.length === 0
      ? h('span', { class: 'quiet' }, '–')
      : h('button', {
        type: 'button', class: 'link', title: `${row.chain.join(' → ')}. Click to show these in the schedule`,
        click: () => showOnly(row.chain, `Shown: the chain that decides the date of ${row.name || row.id}`),
      }, `${count(row.chain.length, 'task')} to ${row.chain[row.chain.length - 1]} ▸`)));
}

function slack(row: Milestone): Node {
  if (row.slack_days === null) return h('span', { class: 'quiet' }, '–');
  if (row.slack_days < 0) return h('span', { class: 'badge bad' }, `${count(-row.slack_days, 'day')} late`);
  if (row.slack_days === 0) return h('span', { class: 'badge fair' }, 'no slack');
  return h('span', { class: row.slack_days <= 2 ? 'badge fair' : 'badge good' }, `${count(row.slack_days, 'day')}`);
}

function earliest(row: Milestone): Node | string {
  if (row.earliest_possible === null) return h('span', { class: 'quiet' }, 'not known');
  if (row.earliest_possible > row.due) {
    return h('span', {}, h('span', { class: 'bad' }, sayDay(row.earliest_possible)), h('span', { class: 'sub' }, 'after the due date'));
  }
  return sayDay(row.earliest_possible);
}

function late(data: Lookup, showOnly: Show): HTMLElement | null {
  const all = data.document.late;
  if (all.length === 0) return null;
  const body = h('tbody', {});
  const rows = all.map((row) => h('tr', {},
    h('th', { scope: 'row' }, h('button', {
      type: 'button', class: 'link strong', title: 'Show in the schedule',
      click: () => showOnly([row.id], `Shown: ${row.kind} ${row.id}`),
    }, row.id)),
    h('td', {}, capital(row.kind)),
    h('td', { class: 'nowrap' }, sayDay(row.due)),
    h('td', { class: 'nowrap' }, row.planned !== null ? sayDay(row.planned) : h('span', { class: 'badge bad' }, 'no place')),
    h('td', { class: 'number' }, row.planned === null ? '–' : h('span', { class: 'bad' }, count(row.days_late, 'working day'))),
    h('td', { class: 'nowrap' }, row.earliest_possible === null ? h('span', { class: 'quiet' }, 'not known') : sayDay(row.earliest_possible)),
    h('td', {}, row.last_task ?? '–')));
  const table = h('table', { class: 'table', id: 'late-table' },
    h('thead', {}, headRow(['Name', 'Kind', 'Due', 'Planned', '>Late by', 'Earliest possible', 'Ends with'])), h('tbody', {}, ...rows));
  stacks(table);
  const more = showMore(body, rows, 8, 'late items');
  table.tBodies[0]?.replaceWith(body);
  return h('div', { class: 'stack' },
    h('h3', { class: 'sub-head' }, `Planned after their due date (${all.length})`),
    tableCard(table, 'Late shots, assets and tasks'),
    more);
}
