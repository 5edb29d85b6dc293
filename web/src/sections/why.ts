// What a row of the cost report is made of: the assignments, orders and bookings behind its cost.

import type { Posting } from '../document';
import { entityKey, type Lookup } from '../lookup';

export type By = 'account' | 'department' | 'sequence' | 'shot' | 'vendor' | 'show';

/** The columns of the report that postings add to. */
export type Column = 'actual' | 'accrued' | 'committed' | 'etc';

/** One line behind a figure. Work of an assignment is one line, whatever number of weeks it takes. */
export interface Line {
  kind: string;
  state: string;
  what: string;
  who: string;
  from: string;
  to: string;
  minutes: number;
  /** Null where pay is not told: the amount is in the line of people together. */
  amount: number | null;
  /** Band of what a day of the person costs, where pay is not told. */
  band: [number, number] | null;
}

/** A row to open: its id, and for shots and the like its kind; with a column only what is in that. */
export interface Place {
  by: By;
  id: string;
  kind: string;
  column?: Column;
}

/** The lines of a row, the largest first; their amounts add to the row's. */
export function why(data: Lookup, place: Place): Line[] {
  const { document } = data;
  const revenue = new Set(document.desk?.revenue_accounts ?? []);
  const merged = document.desk?.accruals_in_commitments ?? false;
  const lines: Line[] = [];
  const places = new Map<string, Line>();
  for (const posting of document.desk?.postings ?? []) {
    if (place.column !== undefined && posting.state !== place.column && !(merged && posting.state === 'accrued' && place.column === 'committed')) continue;
    if (!belongs(data, posting, place)) continue;
    // Money in is no part of any report but that by account.
    if (place.by !== 'account' && revenue.has(posting.account)) continue;
    const line = lineOf(data, posting);
    const booked = posting.order !== undefined || posting.source !== undefined;
    const key = [posting.kind, posting.state, place.by === 'account' ? '' : posting.account, posting.assignment ?? '', line.who].join('|');
    const known = booked ? undefined : places.get(key);
    if (known) {
      known.amount = known.amount === null || line.amount === null ? null : known.amount + line.amount;
      known.minutes += line.minutes;
      if (line.from < known.from) known.from = line.from;
      if (line.to > known.to) known.to = line.to;
      continue;
    }
    if (!booked) places.set(key, line);
    lines.push(line);
  }
  const size = (line: Line): number => (line.amount === null ? -1 : Math.abs(line.amount));
  return lines.sort((a, b) => size(b) - size(a) || b.minutes - a.minutes);
}

function belongs(data: Lookup, posting: Posting, { by, id, kind }: Place): boolean {
  if (by === 'account') return posting.account === id;
  const row = posting.assignment === undefined ? undefined : data.document.assignments[posting.assignment];
  const task = row === undefined ? undefined : data.task.get(row.task);
  if (by === 'vendor') return (row?.vendor ?? posting.vendor ?? '') === id;
  if (by === 'department') {
    const department = task?.department ?? posting.department ?? '';
    const desk = data.document.desk;
    const shared = (desk?.shared_accounts?.includes(posting.account) ?? false)
      && !(desk?.budgeted_apart ?? []).some(([account, own]) => account === posting.account && own === department);
    return (shared ? '' : department) === id;
  }
  const entity = task !== undefined ? [task.entity_kind, task.entity] as const : posting.entity;
  if (by === 'shot') return entity === undefined ? id === '' : entity[0] === kind && entity[1] === id;
  const info = entity === undefined ? undefined : data.entity.get(entityKey(entity[0], entity[1]));
  if (by === 'show') return (posting.show ?? info?.show ?? '') === id;
  return (entity?.[0] === 'sequence' ? entity[1] : info?.sequence ?? '') === id;
}

const KINDS: Record<string, string> = {
  labour: 'work', overtime: 'overtime', idle: 'booked, no task', team: 'for the team', guaranteed: 'guaranteed', 'called off': 'called off',
  commitment: 'order', vendor: 'vendor, to be ordered', actual: 'booked',
};

function lineOf(data: Lookup, posting: Posting): Line {
  const { document } = data;
  const row = posting.assignment === undefined ? undefined : document.assignments[posting.assignment];
  const person = row?.artist ?? posting.person;
  const together = document.with_rates === false && row === undefined && posting.date === undefined && posting.person === undefined;
  return {
    kind: KINDS[posting.kind] ?? posting.kind,
    state: posting.state,
    what: row?.task ?? posting.order ?? posting.task ?? posting.source ?? '',
    who: together ? 'people together' : person ?? row?.vendor ?? posting.vendor ?? '',
    from: posting.date ?? posting.week,
    to: posting.date ?? posting.week,
    minutes: posting.minutes ?? 0,
    amount: posting.amount,
    band: posting.amount === null && person != null ? data.person.get(person)?.band ?? null : null,
  };
}
