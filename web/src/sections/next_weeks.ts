// Who does what in the next two weeks: the list that coordinators hand round.

import { swatch } from '../colours';
import type { Assignment, Person } from '../document';
import { h, section } from '../dom';
import { type Lookup, departmentName, isLate } from '../lookup';
import { type Day, dayMonth, parseDay, sayDays, weekdayName } from '../words/days';
import { count } from '../words/plain';

const DAYS = 14;

/** One task of one person on days of the list: first and last column, both in. */
export interface Chip {
  assignment: Assignment;
  from: number;
  to: number;
}

/** The days to show: working days of the span, and days off on which somebody works. */
export function listedDays(asOf: Day, daysOff: ReadonlySet<Day>, worked: ReadonlySet<Day>): Day[] {
  return Array.from({ length: DAYS }, (_, at) => asOf + at).filter((day) => !daysOff.has(day) || worked.has(day));
}

/** Puts chips into lines such that no two share a day. */
export function lines(chips: Chip[]): Chip[][] {
  const out: Chip[][] = [];
  for (const chip of [...chips].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const line = out.find((one) => (one[one.length - 1]?.to ?? -1) < chip.from);
    if (line) line.push(chip);
    else out.push([chip]);
  }
  return out;
}

export function nextWeeks(data: Lookup, showTask: (id: string) => void): HTMLElement {
  const { document } = data;
  const last = data.asOf + DAYS - 1;
  const worked = new Set(document.overtime.map(({ date }) => parseDay(date)));
  const days = listedDays(data.asOf, data.daysOff, worked);
  const column = new Map(days.map((day, at) => [day, at]));
  const chipsOf = new Map<string, Chip[]>();
  for (const assignment of document.assignments) {
    if (assignment.artist === null) continue;
    for (const chip of chipsIn(assignment, column, data)) {
      const chips = chipsOf.get(assignment.artist);
      if (chips) chips.push(chip);
      else chipsOf.set(assignment.artist, [chip]);
    }
  }
  const overtime = new Map<string, { minutes: number; isOff: boolean }>();
  for (const { artist, date, minutes, day_off } of document.overtime) {
    overtime.set(`${artist} ${parseDay(date)}`, { minutes, isOff: day_off === true });
  }

  const homes = new Map<string | null, Person[]>();
  for (const person of document.production.people) {
    const members = homes.get(person.department);
    if (members) members.push(person);
    else homes.set(person.department, [person]);
  }
  const place = (id: string | null): number => (id === null ? 1e9 : data.departmentPlace.get(id) ?? 1e8);
  const groups = [...homes].sort(([a], [b]) => place(a) - place(b));
  const blocks: HTMLElement[] = [];
  const people: { row: HTMLElement; words: string; busy: boolean; block: HTMLElement }[] = [];
  for (const [home, members] of groups) {
    const table = h('table', { class: 'weeks' },
      h('colgroup', {}, h('col', { class: 'weeks-name' }), ...days.map(() => h('col', {}))),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col' }, home === null ? 'No department' : departmentName(home, data)),
        ...days.map((day) => h('th', { scope: 'col', class: data.daysOff.has(day) ? 'off' : '' }, `${weekdayName(day)} ${dayMonth(day)}`)))));
    const block = h('div', { class: 'weeks-block', style: `--rows:${members.length}` }, table);
    for (const person of members) {
      const chips = chipsOf.get(person.id) ?? [];
      const body = personRows(person, chips, days, overtime, data, showTask);
      table.append(body);
      people.push({
        row: body, block, busy: chips.length > 0,
        words: `${person.name} ${person.id} ${home === null ? '' : `${home} ${departmentName(home, data)}`} ${chips.map(({ assignment }) => `${assignment.task} ${data.task.get(assignment.task)?.entity ?? ''}`).join(' ')}`.toLowerCase(),
      });
    }
    blocks.push(block);
  }
  const busy = people.filter((one) => one.busy).length;
  const shown = h('span', { class: 'quiet', 'aria-live': 'polite' }, `${busy} of ${count(people.length, 'artist')} have tasks`);
  const free = h('input', { type: 'checkbox', checked: true, change: () => filter() });
  const search = h('input', { type: 'search', class: 'search', placeholder: 'Find an artist, department or shot', 'aria-label': 'Find an artist, department or shot', input: () => filter() });
  const filter = (): void => {
    const wanted = search.value.trim().toLowerCase().split(/\s+/);
    const open = new Set<HTMLElement>();
    let number = 0;
    for (const one of people) {
      const match = (one.busy || free.checked) && wanted.every((word) => one.words.includes(word));
      one.row.hidden = !match;
      if (match) {
        open.add(one.block);
        number += 1;
      }
    }
    for (const block of blocks) block.hidden = !open.has(block);
    shown.textContent = `${number} of ${count(people.length, 'artist')} shown`;
  };
  const print = h('button', {
    type: 'button', class: 'button',
    click: () => {
      window.document.body.dataset['print'] = 'next';
      window.addEventListener('afterprint', () => { delete window.document.body.dataset['print']; }, { once: true });
      window.print();
    },
  }, 'Print this list');
  return section('next', 'Next two weeks', `Who works on what, ${sayDays(data.asOf, last)}.`,
    people.length === 0
      ? h('p', { class: 'card empty' }, 'The production has no people.')
      : h('div', { class: 'card' },
        h('div', { class: 'toolbar' }, search, h('label', { class: 'check' }, free, 'Also artists who are free'), print, shown),
        h('div', { class: 'weeks-scroll' }, ...blocks)));
}

function chipsIn(assignment: Assignment, column: Map<Day, number>, data: Lookup): Chip[] {
  const slots = Math.max(1, data.document.production.slots_per_day);
  const out: Chip[] = [];
  for (const [from, to] of assignment.segments) {
    const first = data.firstDay + Math.floor(from / slots);
    const last = data.firstDay + Math.ceil(to / slots) - 1;
    if (last < data.asOf || first >= data.asOf + DAYS) continue;
    const columns: number[] = [];
    for (let day = Math.max(first, data.asOf); day <= Math.min(last, data.asOf + DAYS - 1); day += 1) {
      const at = column.get(day);
      if (at !== undefined) columns.push(at);
    }
    const low = columns[0];
    const high = columns[columns.length - 1];
    if (low !== undefined && high !== undefined) out.push({ assignment, from: low, to: high });
  }
  return out;
}

function personRows(
  person: Person, chips: Chip[], days: Day[], overtime: Map<string, { minutes: number; isOff: boolean }>, data: Lookup, showTask: (id: string) => void,
): HTMLElement {
  const packed = chips.length > 0 ? lines(chips) : [[]];
  const extra = days.flatMap((day) => {
    const found = overtime.get(`${person.id} ${day}`);
    return found === undefined ? [] : [{ day, ...found }];
  });
  const hours = extra.reduce((sum, { minutes }) => sum + minutes, 0) / 60;
  const off = extra.filter(({ isOff }) => isOff).map(({ day }) => `${weekdayName(day)} ${dayMonth(day)}`);
  const body = h('tbody', {});
  packed.forEach((line, at) => {
    const row = h('tr', {});
    if (at === 0) {
      row.append(h('th', { scope: 'row', rowspan: packed.length },
        h('span', { class: 'name' }, person.name),
        person.placeholder && h('span', { class: 'badge fair' }, 'to hire'),
        hours > 0 && h('span', { class: 'sub' }, `+ ${Math.round(hours * 10) / 10} h overtime`),
        off.length > 0 && h('span', { class: 'sub' }, `works on ${off.join(', ')}`)));
    }
    let next = 0;
    const gap = (until: number): void => {
      // Single cells keep the day lines visible.
      for (; next < until; next += 1) row.append(h('td', { class: data.daysOff.has(days[next] ?? 0) ? 'off' : '' }));
    };
    for (const chip of line) {
      gap(chip.from);
      row.append(h('td', { colspan: chip.to - chip.from + 1 }, chipOf(chip, data, showTask)));
      next = chip.to + 1;
    }
    if (line.length === 0) row.append(h('td', { colspan: days.length, class: 'free' }, 'free'));
    else gap(days.length);
    body.append(row);
  });
  return body;
}

function chipOf(chip: Chip, data: Lookup, showTask: (id: string) => void): HTMLElement {
  const { assignment } = chip;
  const task = data.task.get(assignment.task);
  const department = task?.department ?? '';
  const late = task !== undefined && isLate(task);
  return h('button', {
    type: 'button', class: `chip${late ? ' late' : ''}`,
    style: `--paint:${swatch(data.departmentPlace.get(department) ?? 0)}`,
    title: `${assignment.task}${task ? `, ${departmentName(department, data)}` : ''}: until ${dayMonth(parseDay(assignment.end))}${task?.due != null ? `, due ${dayMonth(parseDay(task.due))}` : ''}${late ? ' (late)' : ''}. Click to show in the schedule`,
    click: () => showTask(assignment.task),
  }, h('b', {}, task?.entity ?? assignment.task), ` ${department}`, late && h('span', { class: 'chip-late' }, ' late'));
}
