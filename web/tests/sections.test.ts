import { lookup } from '../src/lookup';
import { describe, expect, it } from 'vitest';
import { movements } from '../src/sections/cash';
import { isZero, spent, stacked } from '../src/sections/cost';
import { cell, lastBusy, months } from '../src/sections/crew';
import { lines, listedDays } from '../src/sections/next_weeks';
import { why } from '../src/sections/why';
import { parseDay } from '../src/words/days';
import { quality } from '../src/words/quality';
import { small } from './small';

describe('crew load', () => {
  it('names what stands out', () => {
    expect(cell(0, 0, 0).kind).toBe('empty');
    expect(cell(0, 0, 480).kind).toBe('stranded');
    expect(cell(480, 0, 480).kind).toBe('stranded');
    expect(cell(0, 2_400, 0).kind).toBe('free');
    expect(cell(1_439, 2_400, 0)).toEqual({ load: 60, kind: 'low' });
    expect(cell(1_440, 2_400, 0)).toEqual({ load: 60, kind: 'fit' });
    expect(cell(2_280, 2_400, 0)).toEqual({ load: 95, kind: 'fit' });
    expect(cell(2_281, 2_400, 0).kind).toBe('full');
    expect(cell(2_401, 2_400, 0).kind).toBe('over');
  });
  it('ends with the last week that matters', () => {
    const row = { department: 'CMP', booked: [480, 0, 0, 0], demand: [480, 100, 600, 100], capacity: [480, 480, 480, 480] };
    expect(lastBusy([row])).toBe(2);
    expect(lastBusy([{ ...row, demand: [0, 100, 480, 100] }])).toBe(0);
    expect(lastBusy([{ ...row, booked: [0, 0, 0, 0], demand: [0, 0, 0, 0] }])).toBe(-1);
  });
  it('puts weeks under their months', () => {
    const weeks = ['2027-04-19', '2027-04-26', '2027-05-03'].map(parseDay);
    expect(months(weeks)).toEqual([{ label: 'Apr 2027', weeks: 2 }, { label: 'May', weeks: 1 }]);
  });
});

describe('the two-week list', () => {
  it('shows working days, and days off on which somebody works', () => {
    const off = new Set(['2027-04-10', '2027-04-11', '2027-04-17', '2027-04-18'].map(parseDay));
    expect(listedDays(parseDay('2027-04-05'), off, new Set())).toHaveLength(10);
    expect(listedDays(parseDay('2027-04-05'), off, new Set([parseDay('2027-04-10')]))).toHaveLength(11);
  });
  it('puts tasks that share a day on lines of their own', () => {
    const assignment = small().assignments[0]!;
    const chip = (from: number, to: number) => ({ assignment, from, to });
    expect(lines([chip(0, 2), chip(2, 3), chip(3, 4)]).map((line) => line.map(({ from }) => from))).toEqual([[0, 3], [2]]);
  });
});

describe('cash', () => {
  it('says what moves in a week', () => {
    const week = { week: '2027-04-05', payroll: 5, fringe: 0, vendors: 2, other: 0, paid: 7, receipts: 9, incentives: 1, net: 3, balance: 3 };
    expect(movements(week, String)).toBe('paid 5 pay and 2 vendors; received 10');
    expect(movements({ ...week, payroll: 0, vendors: 0, receipts: 0, incentives: 0 }, String)).toBe('');
  });
});

describe('what an account is made of', () => {
  it('puts the weeks of an assignment together and keeps bookings apart', () => {
    const document = small();
    const planned = { kind: 'labour', state: 'etc', account: '20', assignment: 0, minutes: 480 };
    const booked = { kind: 'actual', state: 'actual', account: '20', week: '2027-03-01', date: '2027-03-02', source: 'actuals.csv:2' };
    document.desk = {
      revenue_accounts: [],
      views: { department: [], sequence: [], shot: [], vendor: [], show: [] },
      postings: [
        { ...planned, week: '2027-04-05', amount: 100 }, { ...planned, week: '2027-04-12', amount: 50 },
        { ...booked, amount: -200 }, { ...booked, amount: 30 }, { ...planned, account: '30', week: '2027-04-05', amount: 7 },
      ],
      cash: { opening: 0, weeks: [], events: [], lowest_week: null, lowest: 0, to_pay: 0, to_come: 0, late_client_week: null, late_client_lowest: 0 },
    };
    const lines = why(lookup(document), { by: 'account', id: '20', kind: 'account' });
    expect(lines.map(({ amount }) => amount)).toEqual([-200, 150, 30]);
    expect(lines[1]).toMatchObject({ from: '2027-04-05', to: '2027-04-12', what: document.assignments[0]!.task });
    const spent = why(lookup(document), { by: 'account', id: '20', kind: 'account', column: 'actual' });
    expect(spent.map(({ amount }) => amount)).toEqual([-200, 30]);
  });
  it('tells bands and no amounts of people whose pay is not told, and every amount once', () => {
    const document = small();
    const planned = { kind: 'labour', state: 'etc', account: '20', assignment: 0, minutes: 480 };
    const { task, artist } = document.assignments[0]!;
    const { department, entity, entity_kind } = document.tasks.find(({ id }) => id === task)!;
    document.with_rates = false;
    document.production.people.find(({ id }) => id === artist)!.band = [30_000, 40_000];
    document.desk = {
      revenue_accounts: [],
      views: { department: [], sequence: [], shot: [], vendor: [], show: [] },
      postings: [
        { kind: 'labour', state: 'etc', account: '20', week: '2027-04-05', amount: 150, department, entity: [entity_kind, entity] },
        { ...planned, week: '2027-04-05', amount: null }, { ...planned, week: '2027-04-12', amount: null },
      ],
      cash: { opening: 0, weeks: [], events: [], lowest_week: null, lowest: 0, to_pay: 0, to_come: 0, late_client_week: null, late_client_lowest: 0 },
    };
    for (const place of [
      { by: 'account', id: '20', kind: 'account' } as const, { by: 'department', id: department, kind: 'department' } as const,
      { by: 'shot', id: entity, kind: entity_kind } as const,
    ]) {
      const lines = why(lookup(document), place);
      expect(lines.map(({ amount, who, minutes, band }) => [amount, who, minutes, band])).toEqual([
        [150, 'people together', 0, null], [null, artist, 960, [30_000, 40_000]],
      ]);
    }
  });
});

describe('cost', () => {
  it('stacks kinds upon each other', () => {
    expect(stacked([[1, 2], [10, 20], [100, 200]])).toEqual([[1, 2], [11, 22], [111, 222]]);
  });
  it('ends the curve with the last week that costs something', () => {
    const week = (actual: number, idle: number) => ({ week: '2027-01-04', actual, labour: 0, commitments: 0, idle, overtime: 0, cumulative: 7 });
    expect(spent([week(5, 0), week(0, 0), week(0, 2), week(0, 0), week(0, 0)])).toHaveLength(3);
    expect(spent([week(0, 0)])).toHaveLength(0);
  });
  it('knows an empty account', () => {
    const row = small().cost.total;
    expect(isZero(row)).toBe(true);
    expect(isZero({ ...row, committed: 1 })).toBe(false);
  });
});

describe('the words about quality', () => {
  const milestone = {
    id: 'final', name: 'Final delivery', show: 's', kind: 'final', hard: true, due: '2027-06-01', planned: '2027-05-28', done: false,
    slack_days: 2, earliest_possible: '2027-05-22', open_items: 1, late_items: [], unplaced: 0, chain: [],
  };
  it('say what no plan can beat', () => {
    const document = small();
    document.milestones = [milestone];
    expect(quality(document).sentences[0]).toBe('No plan can finish Final delivery before Sat 22 May 2027; this plan does on Fri 28 May 2027.');
    document.milestones = [{ ...milestone, planned: '2027-05-22' }];
    expect(quality(document).sentences[0]).toBe('Final delivery is planned for Sat 22 May 2027, and no plan can finish it earlier.');
  });
  it('promise nothing when the limit is weak', () => {
    const judged = quality(small());
    expect(judged.title).toBe('Best found');
    expect(judged.sentences).toEqual([
      'The first plan was improved by 50 % in 20 steps.',
      'How much better another plan could be is not known: no strong limit is proven for this show.']);
  });
  it('promise what is proven', () => {
    const document = small();
    document.certificate.gap = 1_250;
    expect(quality(document).title).toBe('Within 12.5 % of the best possible');
    document.certificate.gap = 0;
    expect(quality(document).title).toBe('Proven best');
  });
});
