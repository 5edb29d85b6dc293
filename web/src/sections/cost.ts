// The cost report and the weekly cost curve.

import uPlot from 'uplot';
import { parts } from '../answer/page';
import type { CostWeek } from '../document';
import { h, fill, onWidth, section } from '../dom';
import type { Lookup } from '../lookup';
import { longDay, parseDay } from '../words/days';
import { type Currency, exactMoney, money, shortMoney } from '../words/money';
import { departmentName } from '../lookup';
import { workDays } from '../words/plain';

/** Heights of stacked bars: each series on top of those before it. */
export function stacked(series: number[][]): number[][] {
  const out: number[][] = [];
  for (const values of series) {
    const below = out[out.length - 1];
    out.push(values.map((value, at) => value + (below?.[at] ?? 0)));
  }
  return out;
}

export function cost(data: Lookup): { element: HTMLElement; start: () => void } {
  const curve = weekly(data);
  const element = section('cost', 'Cost',
    `All amounts in ${data.currency.code}, rounded to whole units; point at an amount for the exact figure, and open it for what it is made of.`,
    report(data), curve.element, departments(data));
  return { element, start: curve.start };
}

const NAMES: Record<string, string> = {
  account: 'Account', department: 'Department', sequence: 'Sequence', shot: 'Shot', vendor: 'Vendor', show: 'Show',
};

/** The cost report, sorted by what one chooses. */
function report(data: Lookup): HTMLElement {
  const ways = data.document.reports.cost;
  const first = ways[0];
  if (first === undefined) return h('p', { class: 'card empty' }, 'No accounts are set and nothing is planned: there is no cost report.');
  const holder = h('div', {});
  const drawn = new Map<string, HTMLElement[]>();
  const choose = ([by, page]: typeof first): void => {
    const { blocks } = parts(page);
    const known = drawn.get(by) ?? page.sections.flatMap((part) => part.blocks.filter(({ block }) => block === 'table').map(blocks));
    drawn.set(by, known);
    fill(holder, ...known);
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['by'] === by));
  };
  const buttons = ways.map((way) => h('button', { type: 'button', class: 'segment', 'data-by': way[0], click: () => choose(way) }, NAMES[way[0]] ?? way[0]));
  choose(first);
  const revenue = data.document.cost.report.reduce((sum, row) => sum + row.efc, 0) !== data.document.cost.total.efc;
  return h('div', {},
    h('div', { class: 'card' }, h('div', { class: 'toolbar' },
      h('h3', {}, 'Cost report'),
      ways.length > 1 && h('div', { class: 'segments', role: 'group', 'aria-label': 'Sort the cost by' }, ...buttons),
      revenue && h('span', { class: 'quiet' }, 'Revenue is listed by account but not part of the total.')),
    contingency(data)),
    holder);
}

/** What is set aside and what is left of it, with each draw-down. */
function contingency(data: Lookup): HTMLElement | false {
  const known = data.document.desk?.contingency;
  if (!known) return false;
  const say = (value: number): string => money(value, data.currency);
  const text = `Contingency: ${say(known.set_aside)} set aside, ${say(known.drawn)} drawn, ${say(known.left)} left.`;
  if (known.draws.length === 0) return h('p', {}, text);
  return h('details', { class: 'fold' }, h('summary', {}, text),
    h('div', { class: 'fold-body table-scroll' }, h('table', { class: 'table' },
      h('thead', {}, h('tr', {}, ...['Date', 'From', 'To', 'What for'].map((name) => h('th', { scope: 'col' }, name)),
        ...['Drawn', 'Left'].map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
      h('tbody', {}, ...known.draws.map((row) => h('tr', {},
        h('th', { scope: 'row', class: 'nowrap' }, longDay(parseDay(row.date))),
        h('td', {}, row.from), h('td', {}, row.account), h('td', {}, row.reason),
        h('td', { class: 'number' }, say(row.amount)), h('td', { class: 'number' }, say(row.left))))))));
}

function amount(value: number, currency: Currency): HTMLElement {
  return h('td', { class: `number${value === 0 ? ' nil' : ''}`, title: exactMoney(value, currency) }, value === 0 ? '–' : money(value, currency));
}

const KINDS: { field: keyof CostWeek; name: string; fill: string }[] = [
  { field: 'actual', name: 'Spent (posted or accrued)', fill: '#667085' },
  { field: 'labour', name: 'Artists on tasks', fill: '#3b6fb6' },
  { field: 'commitments', name: 'Purchase orders', fill: '#2f9e8f' },
  { field: 'technology', name: 'Farm, licences, desks', fill: '#7a5bb0' },
  { field: 'idle', name: 'Paid time beside tasks', fill: '#e0913a' },
  { field: 'overtime', name: 'Overtime pay', fill: '#b5547b' },
];

function of(week: CostWeek | undefined, field: keyof CostWeek): number {
  return Number(week?.[field] ?? 0);
}

/** The weeks up to the last in which anything is spent: a show's last weeks may hold nothing. */
export function spent(weeks: CostWeek[]): CostWeek[] {
  let end = weeks.length;
  while (end > 0 && KINDS.every(({ field }) => of(weeks[end - 1], field) === 0)) end -= 1;
  return weeks.slice(0, end);
}

/** Weeks as bars by kind, the sum so far as a line on its own axis, and the budget as a line. */
function weekly(data: Lookup): { element: HTMLElement; start: () => void } {
  const weeks = spent(data.document.cost.weeks);
  if (weeks.length === 0) return { element: h('p', { class: 'card empty' }, 'No cost is planned.'), start: () => undefined };
  const kinds = KINDS.filter(({ field }) => weeks.some((week) => of(week, field) !== 0));
  const place = h('div', { class: 'plot' });
  const readout = h('p', { class: 'readout', 'aria-live': 'polite' });
  const say = (at: number | null): void => {
    const week = at === null ? undefined : weeks[at];
    if (!week) {
      fill(readout, h('span', { class: 'quiet' }, 'Point at a week to read its figures.'));
      return;
    }
    fill(readout, h('b', {}, `Week of ${longDay(parseDay(week.week))}: `),
      kinds.filter(({ field }) => of(week, field) !== 0).map(({ field, name }) => `${name} ${money(of(week, field), data.currency)}`).join(' · '),
      ` · so far ${money(week.cumulative, data.currency)}`);
  };
  say(null);
  const budget = data.document.headline.budget;
  const element = h('div', { class: 'card' },
    h('div', { class: 'toolbar' }, h('h3', {}, 'Cost by week'),
      h('div', { class: 'legend inline' },
        ...kinds.map(({ name, fill: colour }) => h('span', { class: 'legend-key' }, h('i', { class: 'swatch', style: `background:${colour}` }), name)),
        h('span', { class: 'legend-key' }, h('i', { class: 'key-line' }), 'Sum so far (right axis)'),
        budget !== null && h('span', { class: 'legend-key' }, h('i', { class: 'key-budget' }), `Budget ${money(budget, data.currency)}`))),
    place, readout,
    h('details', { class: 'fold' }, h('summary', {}, 'The same as a table'),
      h('div', { class: 'fold-body table-scroll' }, h('table', { class: 'table' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Week of'), ...kinds.map(({ name }) => h('th', { scope: 'col', class: 'number' }, name)), h('th', { scope: 'col', class: 'number' }, 'Sum so far'))),
        h('tbody', {}, ...weeks.map((week) => h('tr', {}, h('th', { scope: 'row', class: 'nowrap' }, longDay(parseDay(week.week))),
          ...kinds.map(({ field }) => amount(of(week, field), data.currency)),
          h('td', { class: 'number' }, money(week.cumulative, data.currency)))))))));
  return { element, start: () => plot(place, weeks, kinds, budget, data, say) };
}

function plot(
  place: HTMLElement, weeks: CostWeek[], kinds: typeof KINDS, budget: number | null, data: Lookup, say: (at: number | null) => void,
): void {
  const times = weeks.map(({ week }) => parseDay(week) * 86_400);
  const stack = stacked(kinds.map(({ field }) => weeks.map((week) => of(week, field))));
  const bars = uPlot.paths.bars?.({ size: [0.72, 46], align: 1 });
  // The tallest bar first, so that each lower part is painted over it.
  const series: uPlot.Series[] = kinds.map((kind, at) => ({ kind, at })).reverse().map(({ kind }) => ({
    label: kind.name, scale: 'week', fill: kind.fill, stroke: kind.fill, width: 0, points: { show: false }, ...(bars ? { paths: bars } : {}),
  }));
  const values: uPlot.AlignedData = [
    times, ...[...stack].reverse(), weeks.map(({ cumulative }) => cumulative),
    ...(budget !== null ? [weeks.map(() => budget)] : []),
  ];
  const axis: Partial<uPlot.Axis> = { font: '12px "Segoe UI", Inter, "Liberation Sans", Arial, sans-serif', stroke: '#475467', ticks: { stroke: '#d9dee6' } };
  const top = (max: number): [number, number] => [0, Math.max(1, max * 1.12)];
  const figure = new uPlot({
    width: place.clientWidth || 900,
    height: 300,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: { y: false, points: { show: false } },
    // A bar stands to the right of its Monday: the last one needs its week too.
    scales: { x: { time: true, range: (_, min, max) => [min, max + 7 * 86_400] }, week: { range: (_, __, max) => top(max) }, sum: { range: (_, __, max) => top(Math.max(max, budget ?? 0)) } },
    axes: [
      { ...axis, grid: { show: false }, values: (_, splits) => splits.map((seconds) => {
        const text = longDay(Math.floor(seconds / 86_400)).split(' ');
        return `${text[1]} ${text[2]}${text[2] === 'Jan' || seconds === splits[0] ? `\n${text[3]}` : ''}`;
      }) },
      { ...axis, scale: 'week', size: 74, grid: { stroke: '#eef1f5', width: 1 }, label: 'A week', labelSize: 18, labelFont: '12px sans-serif', values: (_, splits) => splits.map((value) => shortMoney(value, data.currency)) },
      { ...axis, scale: 'sum', side: 1, size: 74, grid: { show: false }, label: 'Sum so far', labelSize: 18, labelFont: '12px sans-serif', values: (_, splits) => splits.map((value) => shortMoney(value, data.currency)) },
    ],
    series: [
      {}, ...series,
      { label: 'Sum so far', scale: 'sum', stroke: '#1d2633', width: 2, points: { show: false } },
      ...(budget !== null ? [{ label: 'Budget', scale: 'sum', stroke: '#b3261e', width: 1.5, dash: [7, 5], points: { show: false } }] : []),
    ],
    hooks: { setCursor: [(self) => say(self.cursor.idx ?? null)] },
  }, values, place);
  onWidth(place, (width) => figure.setSize({ width, height: 300 }));
}

function departments(data: Lookup): HTMLElement | null {
  const slices = [...data.document.cost.by_department].filter(({ amount: sum }) => sum > 0).sort((a, b) => b.amount - a.amount);
  const most = slices[0]?.amount ?? 0;
  if (most <= 0) return null;
  const minutes = data.document.production.day_minutes;
  return h('div', { class: 'card' },
    h('div', { class: 'toolbar' }, h('h3', {}, 'Planned labour by department')),
    h('table', { class: 'table labour', 'aria-label': 'Planned labour by department' },
      h('tbody', {}, ...slices.map(({ id, amount: sum, minutes: time }) => h('tr', {},
        h('th', { scope: 'row', class: 'nowrap' }, departmentName(id, data)),
        h('td', { class: 'bar-cell' }, h('i', { style: `width:${(sum / most) * 100}%` })),
        h('td', { class: 'number' }, time === null ? '–' : workDays(time, minutes)),
        h('td', { class: 'number', title: exactMoney(sum, data.currency) }, money(sum, data.currency)))))));
}
