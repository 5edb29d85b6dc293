import { describe, expect, it } from 'vitest';
import { luminance, paint } from '../src/colours';
import { HEADING, LANE, bars, pack, rowAt, rows, totalHeight } from '../src/gantt/layout';
import { clamp, coarseMarks, fineMarks, pixelsFor, scrollAfterZoom } from '../src/gantt/timescale';
import { lookup } from '../src/lookup';
import { parseDay } from '../src/words/days';
import { small } from './small';

const data = lookup(small());
const start = parseDay('2027-04-05');

describe('bars', () => {
  const all = bars(data);
  const named = (id: string) => all.find((bar) => bar.task.id === id)!;
  it('stand at their slots, in days', () => {
    expect(named('b').start).toBe(start + 2);
    expect(named('b').end).toBe(start + 5);
  });
  it('are late when the task ends after its due date, and never without one', () => {
    expect(all.filter((bar) => bar.late).map((bar) => bar.task.id)).toEqual(['b']);
  });
  it('show their breaks', () => {
    expect(named('a').runs).toBeNull();
    expect(named('d').runs).toEqual([start, start + 1, start + 1.5, start + 2]);
  });
  it('are packed side by side only when they overlap', () => {
    expect(pack([named('a'), named('b')])).toBe(1);
    expect(pack([named('a'), named('d')])).toBe(2);
    expect(named('d').lane).toBe(1);
    expect(pack([])).toBe(1);
  });
});

describe('rows', () => {
  const labels = (grouping: 'shot' | 'department' | 'artist'): string[] =>
    rows(bars(data), grouping, new Set(), data).map((row) => (row.kind === 'heading' ? `# ${row.label}` : row.label));
  it('by shot follow the sequences', () => {
    expect(labels('shot')).toEqual(['# Sequence 010', '010_0010', '# Sequence 020', '020_0010']);
  });
  it('by department follow the pipeline', () => {
    expect(labels('department')).toEqual(['# Roto', 'Sequence 010', 'Sequence 020', '# Compositing', 'Sequence 010', 'Sequence 020']);
  });
  it('by artist put vendors last', () => {
    expect(labels('artist')).toEqual(['# Roto', 'Bob', '# Compositing', 'Ann', '# Vendors', 'Far Roto']);
  });
  it('fold away, keep the due date, and can be found by height', () => {
    const list = rows(bars(data), 'shot', new Set(['Sequence 010']), data);
    expect(list.map((row) => row.label)).toEqual(['Sequence 010', 'Sequence 020', '020_0010']);
    expect(list[2]?.due).toBe(parseDay('2027-04-06'));
    expect(list[2]?.late).toBe(true);
    expect(totalHeight(list)).toBe(2 * HEADING + LANE + 6);
    expect(rowAt(list, 0)).toBe(0);
    expect(rowAt(list, HEADING)).toBe(1);
    expect(rowAt(list, 10_000)).toBe(2);
  });
});

describe('the scale of time', () => {
  it('fits the whole show, within what can be read', () => {
    expect(pixelsFor('all', 100, 1_000)).toBe(10);
    expect(pixelsFor('all', 0, 1_000)).toBe(clamp(1_000));
    expect(pixelsFor('week', 100, 1_000)).toBe(22);
  });
  it('keeps the day under the pointer in place', () => {
    // Day 30 is under x = 100 at 10 pixels a day, scrolled by 200; at 20 pixels it is at 600.
    expect(scrollAfterZoom(200, 100, 10, 20)).toBe(500);
  });
  it('has marks for months, Mondays and days', () => {
    expect(coarseMarks(parseDay('2027-12-20'), parseDay('2028-02-01'), 10).map((mark) => mark.label)).toEqual(['Dec 2027', 'Jan 2028', 'Feb 2028']);
    expect(fineMarks(parseDay('2027-04-07'), parseDay('2027-04-20'), 6).map((mark) => mark.label)).toEqual(['5', '12', '19']);
    expect(fineMarks(parseDay('2027-04-07'), parseDay('2027-04-08'), 72).map((mark) => mark.label)).toEqual(['Wed 7', 'Thu 8']);
    expect(fineMarks(parseDay('2027-04-07'), parseDay('2028-04-07'), 1.5)).toEqual([]);
  });
});

describe('colours', () => {
  it('carry text with a contrast of at least 3 to 1, and stripes tell the second ten', () => {
    for (let place = 0; place < 20; place += 1) {
      const { fill, text, striped } = paint(place);
      const [low, high] = [luminance(fill), luminance(text)].sort((a, b) => a - b) as [number, number];
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(3);
      expect(striped).toBe(place >= 10);
    }
  });
});
