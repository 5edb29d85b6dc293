import { describe, expect, it } from 'vitest';
import { isEmpty } from '../src/answer/table';
import { behind } from '../src/answer/made';
import type { Answer, Column, Line, Value } from '../src/answer/types';
import { spent, stacked } from '../src/sections/cost';
import { cell, lastBusy, months } from '../src/sections/crew';
import { lines, listedDays } from '../src/sections/next_weeks';
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

describe('what a figure is made of', () => {
  const line = (minutes: number, amount: number | null): Line => ['task', '', '', 'a', '', '', '', minutes, amount, null];
  it('takes off amounts or minutes, as the figure counts', () => {
    const runs = [{ lines: [line(60, 500)] }, { lines: [line(90, 700)], rest: [2, 30] as [number, number] }];
    const parts: [number, boolean][] = [[0, false], [1, true]];
    const answer = { runs } as unknown as Answer;
    const money = behind({ name: 'f', asked: 'f', parts }, answer);
    expect(money.lines.map((row) => [row[7], row[8]])).toEqual([[90, -700], [60, 500]]);
    expect(money.rest).toEqual([2, -30]);
    const time = behind({ name: 'f', asked: 'f', minutes: true, parts }, { runs: runs.map(({ lines }) => ({ lines: lines.map((row) => line(row[7], null)) })) } as unknown as Answer);
    expect(time.lines.map((row) => row[7])).toEqual([-90, 60]);
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
  it('knows an empty row', () => {
    const columns: Column[] = [{ name: 'Account', kind: 'text' }, { name: 'Actual', kind: 'money' }, { name: 'Variance', kind: 'more' }];
    const row = (...cells: Value[]) => ({ cells, tone: 'plain' as const });
    expect(isEmpty(row('20-18', 0, null), columns)).toBe(true);
    expect(isEmpty(row('20-18', 0, -1), columns)).toBe(false);
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
