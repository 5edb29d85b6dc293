// Crew load: how full each department is, week by week.

import type { CrewRow } from '../document';
import { h, section } from '../dom';
import { type Lookup, departmentName } from '../lookup';
import { type Day, MONTHS, civil, longDay, parseDay } from '../words/days';
import { workDays } from '../words/plain';

export interface Cell {
  /** Booked ÷ capacity in whole per cent; null without capacity. */
  load: number | null;
  kind: 'empty' | 'stranded' | 'free' | 'low' | 'fit' | 'full' | 'over';
}

/** How full a department is in a week. */
export function cell(booked: number, capacity: number, demand: number): Cell {
  if (capacity <= 0) return { load: null, kind: booked > 0 || demand > 0 ? 'stranded' : 'empty' };
  const load = Math.round((booked / capacity) * 100);
  if (booked === 0) return { load, kind: 'free' };
  if (booked > capacity) return { load, kind: 'over' };
  return { load, kind: booked * 100 > capacity * 95 ? 'full' : booked * 100 < capacity * 60 ? 'low' : 'fit' };
}

export function crew(data: Lookup): HTMLElement {
  const { crew: load, production } = data.document;
  const weeks = load.weeks.map(parseDay);
  const last = lastBusy(load.departments);
  const first = weeks.findIndex((week) => week + 6 >= data.asOf);
  const shown = weeks.slice(Math.max(0, first), last + 1);
  const from = Math.max(0, first);
  const all: CrewRow = {
    department: '',
    demand: sum(load.departments.map((row) => row.demand)),
    capacity: sum(load.departments.map((row) => row.capacity)),
    booked: sum(load.departments.map((row) => row.booked)),
  };
  const line = (row: CrewRow, name: string, total: boolean): HTMLElement =>
    h('tr', { class: total ? 'total' : '' }, h('th', { scope: 'row' }, name),
      ...shown.map((week, at) => cellOf(row, from + at, week, name, production.day_minutes)));
  const table = h('table', { class: 'heat', style: `--weeks:${shown.length}` },
    h('thead', {},
      h('tr', {}, h('td', {}), ...months(shown).map(({ label, weeks: span }) => h('th', { scope: 'colgroup', colspan: span }, label))),
      h('tr', {}, h('th', { scope: 'col', class: 'heat-corner' }, 'Week of'), ...shown.map((week) => h('th', { scope: 'col', title: longDay(week) }, String(civil(week).date))))),
    h('tbody', {},
      ...load.departments
        .filter((row) => row.booked.some((value) => value > 0) || row.demand.some((value) => value > 0) || row.capacity.some((value) => value > 0))
        .map((row) => line(row, departmentName(row.department, data), false)),
      line(all, 'All departments', true)));
  return section('crew', 'Crew load',
    'Per cent of each department’s time that the plan uses, by week. Point at a cell for days booked, days there and days the work would need to meet every date.',
    shown.length === 0
      ? h('p', { class: 'card empty' }, 'No work is planned.')
      : h('div', { class: 'card' },
        h('div', { class: 'heat-scroll', role: 'region', 'aria-label': 'Crew load by department and week', tabindex: 0 }, table),
        h('div', { class: 'legend' },
          key('free', '0', 'nothing booked'), key('low', '45', 'under 60 %: room'), key('fit', '80', '60 to 95 %'),
          key('full', '98', 'over 95 %: full'), key('over', '120', 'over 100 %: others help out'), key('stranded', '!', 'work, but nobody of the department there'),
          h('span', { class: 'legend-key' }, h('i', { class: 'heat-cell fit wants' }, '80'), 'red corner: dates would need more people than are there'))));
}

function key(kind: string, text: string, words: string): HTMLElement {
  return h('span', { class: 'legend-key' }, h('i', { class: `heat-cell ${kind}` }, text), words);
}

function cellOf(row: CrewRow, at: number, week: Day, name: string, minutes: number): HTMLElement {
  const booked = row.booked[at] ?? 0;
  const capacity = row.capacity[at] ?? 0;
  const demand = row.demand[at] ?? 0;
  const { load, kind } = cell(booked, capacity, demand);
  const text = kind === 'empty' ? '' : kind === 'stranded' ? '!' : String(load);
  const wants = kind !== 'stranded' && demand > capacity;
  const title = `${name}, week of ${longDay(week)}\n`
    + `Booked: ${workDays(booked, minutes)}${load !== null ? ` (${load} %)` : ''}\n`
    + `There: ${workDays(capacity, minutes)}\n`
    + `Needed to meet every date: ${workDays(demand, minutes)}`
    + (kind === 'stranded' ? (booked > 0 ? '\nNobody of this department is there; people of others do the work.' : '\nThere is work, but nobody of this department is there.') : '');
  return h('td', { class: `heat-cell ${kind}${wants ? ' wants' : ''}`, title }, text);
}

/** The last week in which somebody works, or more people are needed than there are. */
export function lastBusy(rows: CrewRow[]): number {
  let last = -1;
  for (const row of rows) {
    for (let at = Math.max(row.booked.length, row.demand.length) - 1; at > last; at -= 1) {
      if ((row.booked[at] ?? 0) > 0 || (row.demand[at] ?? 0) > (row.capacity[at] ?? 0)) last = at;
    }
  }
  return last;
}

function sum(rows: number[][]): number[] {
  const out: number[] = [];
  for (const row of rows) row.forEach((value, at) => { out[at] = (out[at] ?? 0) + value; });
  return out;
}

/** Weeks by month, for the line over the weeks. */
export function months(weeks: Day[]): { label: string; weeks: number }[] {
  const out: { label: string; weeks: number; key: string }[] = [];
  for (const week of weeks) {
    const { year, month } = civil(week);
    const last = out[out.length - 1];
    if (last && last.key === `${year}-${month}`) last.weeks += 1;
    else out.push({ label: `${MONTHS[month]} ${year}`, weeks: 1, key: `${year}-${month}` });
  }
  // One week is too narrow for a year.
  return out.map(({ label, weeks: span }) => ({ label: span === 1 ? label.slice(0, 3) : label, weeks: span }));
}

