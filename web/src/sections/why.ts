// What an account is made of: the assignments, orders and bookings behind its final cost.

import type { Document, Posting } from '../document';

/** One line behind a figure. Work of an assignment is one line, whatever number of weeks it takes. */
export interface Line {
  kind: string;
  state: string;
  what: string;
  who: string;
  from: string;
  to: string;
  amount: number;
}

/** The lines of an account, the largest first; they add to its final cost. */
export function why(document: Document, account: string): Line[] {
  const lines: Line[] = [];
  const places = new Map<string, Line>();
  for (const posting of document.desk?.postings ?? []) {
    if (posting.account !== account) continue;
    const line = lineOf(document, posting);
    const planned = posting.assignment !== undefined || posting.kind === 'idle';
    const key = [posting.kind, posting.state, posting.assignment ?? '', line.who].join('|');
    const known = planned ? places.get(key) : undefined;
    if (known) {
      known.amount += line.amount;
      if (line.from < known.from) known.from = line.from;
      if (line.to > known.to) known.to = line.to;
      continue;
    }
    if (planned) places.set(key, line);
    lines.push(line);
  }
  return lines.sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
}

const KINDS: Record<string, string> = {
  labour: 'work', overtime: 'overtime', idle: 'booked, no task', commitment: 'order', vendor: 'vendor, to be ordered', actual: 'booked',
};

function lineOf(document: Document, posting: Posting): Line {
  const row = posting.assignment === undefined ? undefined : document.assignments[posting.assignment];
  return {
    kind: KINDS[posting.kind] ?? posting.kind,
    state: posting.state,
    what: row?.task ?? posting.order ?? posting.task ?? posting.source ?? '',
    who: row ? row.artist ?? row.vendor ?? '' : posting.person ?? posting.vendor ?? '',
    from: posting.date ?? posting.week,
    to: posting.date ?? posting.week,
    amount: posting.amount,
  };
}
