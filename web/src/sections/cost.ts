// The cost report and the weekly cost curve.

import uPlot from 'uplot';
import type { CostRow, CostWeek, PartRow } from '../document';
import { h, fill, onWidth, section, showMore, stacks } from '../dom';
import { type By, type Column, type Line, type Place, why } from './why';
import type { Lookup } from '../lookup';
import { longDay, parseDay } from '../words/days';
import { type Currency, exactMoney, money, shortMoney } from '../words/money';
import { departmentName } from '../lookup';
import { count, workDays } from '../words/plain';

const COLUMNS: { field: Exclude<keyof CostRow & keyof PartRow, 'description'>; name: string; say: string }[] = [
  { field: 'original_budget', name: 'Original budget', say: 'As first agreed' },
  { field: 'approved_changes', name: 'Approved changes', say: 'Change orders signed so far' },
  { field: 'current_budget', name: 'Current budget', say: 'Original budget plus approved changes' },
  { field: 'actual', name: 'Actual to date', say: 'Posted in the books' },
  { field: 'accrued', name: 'Accrued', say: 'Incurred but not posted yet' },
  { field: 'committed', name: 'Committed', say: 'Promised by contract or purchase order, not incurred yet' },
  { field: 'etc', name: 'Estimate to complete', say: 'ETC: what this plan still adds beyond what is committed' },
  { field: 'efc', name: 'Estimated final', say: 'EFC: actual + accrued + committed + estimate to complete' },
  { field: 'variance', name: 'Variance', say: 'Current budget less estimated final; negative = over budget' },
  { field: 'efc_last_period', name: 'Last period', say: 'Estimated final cost in the last report' },
  { field: 'movement', name: 'Movement', say: 'Estimated final now less that of the last report; above 0 = grown since' },
];

/** All amounts of a row are nothing. */
export function isZero(row: CostRow | PartRow): boolean {
  return COLUMNS.every(({ field }) => (row[field] ?? 0) === 0);
}

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
    `All amounts in ${data.currency.code}, rounded to whole units; point at an amount for the exact figure.`,
    report(data), curve.element, departments(data));
  return { element, start: curve.start };
}

const VIEWS: { by: By; name: string; of: (data: Lookup) => PartRow[] }[] = [
  { by: 'account', name: 'Account', of: (data) => data.document.cost.report.map((row) => ({ ...row, id: row.account, kind: 'account' })) },
  { by: 'department', name: 'Department', of: (data) => data.document.desk?.views.department ?? [] },
  { by: 'sequence', name: 'Sequence', of: (data) => data.document.desk?.views.sequence ?? [] },
  { by: 'shot', name: 'Shot', of: (data) => data.document.desk?.views.shot ?? [] },
  { by: 'vendor', name: 'Vendor', of: (data) => data.document.desk?.views.vendor ?? [] },
  { by: 'show', name: 'Show', of: (data) => data.document.desk?.views.show ?? [] },
];

/** Rows of a view that are drawn at once; a feature has thousands of shots. */
const AT_ONCE = 60;

function report(data: Lookup): HTMLElement {
  const accounts = data.document.cost.report;
  const { total } = data.document.cost;
  if (accounts.length === 0) return h('p', { class: 'card empty' }, 'No accounts are set and nothing is planned: there is no cost report.');
  const holder = h('div', {});
  const views = VIEWS.filter(({ of }) => of(data).length > 0);
  const choose = (by: By): void => {
    const view = views.find((one) => one.by === by) ?? views[0];
    if (view === undefined) return;
    fill(holder, ...table(view, data));
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['by'] === view.by));
  };
  const buttons = views.map(({ by, name }) => h('button', { type: 'button', class: 'segment', 'data-by': by, click: () => choose(by) }, name));
  choose('account');
  const revenue = accounts.reduce((sum, row) => sum + row.efc, 0) !== total.efc;
  return h('div', { class: 'card' },
    h('div', { class: 'toolbar' },
      h('h3', {}, 'Cost report'),
      views.length > 1 && h('div', { class: 'segments', role: 'group', 'aria-label': 'Sort the cost by' }, ...buttons),
      revenue && h('span', { class: 'quiet' }, 'Revenue is listed by account but not part of the total.')),
    holder,
    contingency(data));
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

/** The report sorted one way. */
function table({ by, name, of }: typeof VIEWS[number], data: Lookup): HTMLElement[] {
  const merged = data.document.desk?.accruals_in_commitments ?? false;
  const told = (row: PartRow): PartRow => (merged ? { ...row, committed: row.committed + row.accrued, accrued: 0 } : row);
  const rows = of(data).map(told);
  const total = told({ ...data.document.cost.total, id: '', kind: '' });
  const shown = COLUMNS.filter(({ field }) => field !== 'efc_last_period' && field !== 'movement'
    || rows.some((row) => row[field] !== null) || total[field] !== null)
    .filter(({ field }) => by === 'account' || rows.some((row) => row[field] !== null))
    .filter(({ field }) => field !== 'accrued' || !merged)
    .map((column) => (merged && column.field === 'committed'
      ? { ...column, name: 'Committed and accrued', say: 'Promised by contract or purchase order, and incurred but not posted yet' } : column));
  // Without any budget there is nothing to be over.
  const unbudgeted = data.document.headline.budget === null;
  const canOpen = (data.document.desk?.postings.length ?? 0) > 0;
  const line = (row: PartRow, last: boolean): HTMLElement => {
    const opens = !last && canOpen && !isZero(row);
    const opening = opens ? opener(row, by, shown.length + 2, data) : null;
    const value = (field: keyof PartRow): number | null => (field === 'variance' && unbudgeted ? null : row[field] as number | null);
    const label = row.id === '' ? 'none' : row.id;
    return h('tr', { class: last ? 'total' : isZero(row) ? 'zero' : '' },
      h('th', { scope: 'row', class: 'account' }, last ? '' : opening ? opening(label, undefined, 'open') : label),
      h('td', { class: 'description' }, last ? 'Total cost' : row.description),
      ...shown.map(({ field, name: column }) => {
        const cell = amount(value(field), field as keyof CostRow, data.currency);
        const state = COLUMN_OF[field];
        if (opening && state !== undefined && (row[field] ?? 0) !== 0) {
          fill(cell, opening(cell.textContent ?? '', state === 'all' ? undefined : state, 'cell', `What ${column.toLowerCase()} of ${label} is made of`));
        }
        return cell;
      }));
  };
  const body = h('tbody', {});
  const more = showMore(body, rows.map((row) => line(row, false)), AT_ONCE, 'rows');
  const element = h('table', { class: 'table cost-table', id: 'cost-table' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, name), h('th', { scope: 'col' }, 'Description'),
      ...shown.map(({ name: column, say }) => h('th', { scope: 'col', class: 'number', title: say }, column)))),
    body,
    h('tfoot', {}, line(total, true)));
  const zeros = rows.filter(isZero).length;
  const hide = h('input', { type: 'checkbox', checked: true, change: () => element.classList.toggle('hide-zero', hide.checked) });
  element.classList.add('hide-zero');
  return [
    ...(zeros > 0 ? [h('label', { class: 'check' }, hide, `Hide ${count(zeros, 'empty row')}`)] : []),
    h('div', { class: 'table-scroll', role: 'region', 'aria-label': `Cost by ${name.toLowerCase()}`, tabindex: 0 }, stacks(element)),
    ...(more ? [more] : []),
  ];
}

/** What the postings of a column say; budgets have none. */
const COLUMN_OF: Partial<Record<keyof PartRow, Column | 'all'>> = {
  actual: 'actual', accrued: 'accrued', committed: 'committed', etc: 'etc', efc: 'all',
};

/** Makes buttons that open what a figure of a row is made of, under the row; one at a time. */
function opener(row: PartRow, by: By, width: number, data: Lookup): (label: string, column: Column | undefined, look: string, say?: string) => HTMLElement {
  let open: { button: HTMLElement; detail: HTMLElement } | null = null;
  return (label, column, look, say = 'What it is made of') => {
    const button: HTMLButtonElement = h('button', {
      type: 'button', class: look, 'aria-expanded': 'false', title: say,
      click: () => {
        const before = open;
        before?.detail.remove();
        before?.button.setAttribute('aria-expanded', 'false');
        open = null;
        if (before?.button === button) return;
        const place = { by, id: row.id, kind: row.kind, ...(column === undefined ? {} : { column }) };
        const detail = h('tr', { class: 'detail' }, h('td', { colspan: width }, made(place, data)));
        button.closest('tr')?.after(detail);
        button.setAttribute('aria-expanded', 'true');
        open = { button, detail };
      },
    }, label);
    return button;
  };
}

function made(place: Place, data: Lookup): HTMLElement {
  const lines = why(data, place);
  if (lines.length === 0) return h('p', { class: 'quiet' }, 'There is a budget, and no cost yet.');
  const body = h('tbody', {});
  const told = (line: Line): HTMLElement => {
    if (line.amount !== null) return h('td', { class: 'number', title: exactMoney(line.amount, data.currency) }, money(line.amount, data.currency));
    const band = line.band;
    return h('td', { class: 'number quiet' }, band === null ? '–' : `(${money(band[0], data.currency)}–${money(band[1], data.currency)} a day)`);
  };
  const rows = lines.map((line) => h('tr', {},
    h('td', {}, line.kind), h('td', {}, line.state), h('td', {}, line.what), h('td', {}, line.who),
    h('td', { class: 'nowrap' }, line.from === line.to ? line.from : `${line.from} – ${line.to}`),
    h('td', { class: 'number' }, line.minutes === 0 ? '' : `${Math.round(line.minutes / 6) / 10} h`),
    told(line)));
  const more = showMore(body, rows, 15, 'lines');
  const sum = lines.reduce((all, line) => all + (line.amount ?? 0), 0);
  const hidden = lines.some((line) => line.amount === null) ? ' Of people stands the band of what a day of theirs costs; their pay is in the lines of people together.' : '';
  return h('div', { class: 'made' },
    h('p', { class: 'quiet' }, `${count(lines.length, 'line')} that add to ${exactMoney(sum, data.currency)}; planned time by the Mondays of its weeks.${hidden}`),
    h('table', { class: 'table', 'aria-label': `What ${place.id === '' ? 'the row' : place.id} is made of` },
      h('thead', {}, h('tr', {}, ...['', 'Column', 'What', 'Who', 'When'].map((name) => h('th', { scope: 'col' }, name)),
        ...['Time', 'Amount'].map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
      body),
    more);
}

function amount(value: number | null, field: keyof CostRow, currency: Currency): HTMLElement {
  if (value === null) return h('td', { class: 'number quiet' }, '–');
  const worse = field === 'variance' ? value < 0 : field === 'movement' && value > 0;
  return h('td', {
    class: `number${worse ? ' bad' : ''}${value === 0 ? ' nil' : ''}${field === 'efc' || field === 'variance' ? ' strong' : ''}`,
    title: exactMoney(value, currency),
  }, value === 0 ? '–' : money(value, currency));
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
          ...kinds.map(({ field }) => amount(of(week, field), field as keyof CostRow, data.currency)),
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
