// When the money moves: the balance by week, the lowest point, and the payments that decide it.

import uPlot from 'uplot';
import type { CashEvent, CashWeek } from '../document';
import { fill, h, onWidth, section, showMore } from '../dom';
import type { Lookup } from '../lookup';
import { longDay, parseDay } from '../words/days';
import { exactMoney, money, shortMoney } from '../words/money';
import { list } from '../words/plain';

const SHOWN = 12;
const RECEIVED = '#2f9e8f';
const PAID = '#b5547b';

/** What is paid in a week, by kind, as a sentence; empty when nothing moves. */
export function movements(week: CashWeek, say: (amount: number) => string): string {
  const kinds: [number, string][] = [
    [week.payroll, 'pay'], [week.fringe, 'employer’s cost'], [week.vendors, 'vendors'], [week.other, 'other cost'],
  ];
  const paid = kinds.filter(([amount]) => amount !== 0).map(([amount, name]) => `${say(amount)} ${name}`);
  const came = week.receipts + week.incentives;
  return [paid.length > 0 ? `paid ${list(paid)}` : '', came !== 0 ? `received ${say(came)}` : ''].filter((text) => text !== '').join('; ');
}

/** The cash section; null for results of older programs and shows in which nothing moves. */
export function cash(data: Lookup): { element: HTMLElement; start: () => void } | null {
  const flow = data.document.desk?.cash;
  if (!flow || flow.weeks.every((week) => week.paid === 0 && week.receipts === 0 && week.incentives === 0)) return null;
  const say = (amount: number): string => money(amount, data.currency);
  const place = h('div', { class: 'plot' });
  const readout = h('p', { class: 'readout', 'aria-live': 'polite' });
  const read = (at: number | null): void => {
    const week = at === null ? undefined : flow.weeks[at];
    if (!week) {
      fill(readout, h('span', { class: 'quiet' }, 'Point at a week to read its figures.'));
      return;
    }
    fill(readout, h('b', {}, `Week of ${longDay(parseDay(week.week))}: `),
      movements(week, say) || 'nothing moves', ` · at hand ${say(week.balance)}`);
  };
  read(null);
  const lead = [
    flow.lowest_week === null ? '' : `The lowest balance is ${say(flow.lowest)}, in the week of ${longDay(parseDay(flow.lowest_week))}.`,
    `From the day of the plan on ${say(flow.to_pay)} is to be paid and ${say(flow.to_come)} to come.`,
    flow.late_client_week !== null && flow.late_client_lowest !== flow.lowest
      ? `If each client payment comes 30 days late, the lowest is ${say(flow.late_client_lowest)}.` : '',
  ].filter((text) => text !== '').join(' ');
  const asOf = data.document.production.as_of;
  const coming = flow.events.filter((event) => event.date >= asOf);
  const body = h('tbody', {});
  const more = showMore(body, coming.map((event) => payment(event, data)), SHOWN, 'payments');
  const element = section('cash', 'Cash', lead,
    h('div', { class: 'card' },
      h('div', { class: 'toolbar' }, h('h3', {}, 'Cash by week'),
        h('div', { class: 'legend inline' },
          ...[['Received', RECEIVED], ['Paid', PAID]].map(([name, colour]) => h('span', { class: 'legend-key' },
            h('i', { class: 'swatch', style: `background:${colour}` }), name)),
          h('span', { class: 'legend-key' }, h('i', { class: 'key-line' }), 'At hand'))),
      place, readout,
      h('details', { class: 'fold' }, h('summary', {}, 'The same as a table'),
        h('div', { class: 'fold-body table-scroll' }, weeks(flow.weeks, data)))),
    coming.length > 0 && h('div', { class: 'card' },
      h('div', { class: 'toolbar' }, h('h3', {}, 'Payments to come')),
      h('table', { class: 'table' },
        h('thead', {}, h('tr', {}, ...['Day', 'For', 'Who'].map((name) => h('th', { scope: 'col' }, name)),
          h('th', { scope: 'col', class: 'number' }, 'Paid'), h('th', { scope: 'col', class: 'number' }, 'Received'))),
        body),
      more));
  return { element, start: () => plot(place, flow.weeks, flow.lowest_week, data, read) };
}

function payment(event: CashEvent, data: Lookup): HTMLElement {
  const isOut = event.kind === 'vendor';
  const amount = h('td', { class: 'number', title: exactMoney(event.amount, data.currency) }, money(event.amount, data.currency));
  const none = h('td', { class: 'number quiet' }, '–');
  return h('tr', {},
    h('th', { scope: 'row', class: 'nowrap' }, longDay(parseDay(event.date))),
    h('td', { title: event.planned ? 'The plan decides the day' : undefined }, event.tied_to, event.planned && h('span', { class: 'quiet' }, ' by the plan')),
    h('td', {}, event.vendor ?? event.show ?? ''),
    ...(isOut ? [amount, none] : [none, amount]));
}

function weeks(rows: CashWeek[], data: Lookup): HTMLElement {
  const cell = (amount: number): HTMLElement => h('td', {
    class: `number${amount < 0 ? ' bad' : ''}`, title: exactMoney(amount, data.currency),
  }, amount === 0 ? '–' : money(amount, data.currency));
  return h('table', { class: 'table' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Week of'),
      ...['Pay', 'Employer’s cost', 'Vendors', 'Other', 'Received', 'Net', 'At hand'].map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
    h('tbody', {}, ...rows.filter((week) => week.paid !== 0 || week.receipts !== 0 || week.incentives !== 0).map((week) => h('tr', {},
      h('th', { scope: 'row', class: 'nowrap' }, longDay(parseDay(week.week))),
      ...[week.payroll, week.fringe, week.vendors, week.other, week.receipts + week.incentives, week.net, week.balance].map(cell)))));
}

function plot(place: HTMLElement, rows: CashWeek[], lowest: string | null, data: Lookup, read: (at: number | null) => void): void {
  const axis: Partial<uPlot.Axis> = { font: '12px "Segoe UI", Inter, "Liberation Sans", Arial, sans-serif', stroke: '#475467', ticks: { stroke: '#d9dee6' } };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const bars = uPlot.paths.bars?.({ size: [0.72, 46], align: 1 });
  const bar = (label: string, colour: string): uPlot.Series => ({
    label, fill: colour, stroke: colour, width: 0, points: { show: false }, ...(bars ? { paths: bars } : {}),
  });
  const figure = new uPlot({
    width: place.clientWidth || 900,
    height: 260,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: { y: false, points: { show: false } },
    scales: { x: { time: true, range: (_, min, max) => [min, max + 7 * 86_400] } },
    axes: [
      { ...axis, grid: { show: false }, values: (_, splits) => splits.map((seconds) => {
        const text = longDay(Math.floor(seconds / 86_400)).split(' ');
        return `${text[1]} ${text[2]}${text[2] === 'Jan' || seconds === splits[0] ? `\n${text[3]}` : ''}`;
      }) },
      { ...axis, size: 74, grid: { stroke: '#eef1f5', width: 1 }, values: (_, splits) => splits.map((value) => shortMoney(value, data.currency)) },
    ],
    series: [
      {}, bar('Received', RECEIVED), bar('Paid', PAID),
      { label: 'At hand', stroke: '#1d2633', width: 2, points: { show: false }, ...(stepped ? { paths: stepped } : {}) },
      { label: 'Lowest', stroke: '#b3261e', width: 0, points: { show: true, size: 9, fill: '#b3261e' } },
    ],
    hooks: { setCursor: [(self) => read(self.cursor.idx ?? null)] },
  }, [
    rows.map(({ week }) => parseDay(week) * 86_400),
    rows.map((week) => week.receipts + week.incentives),
    rows.map((week) => -week.paid),
    rows.map(({ balance }) => balance),
    rows.map(({ week, balance }) => (week === lowest ? balance : null)),
  ], place);
  onWidth(place, (width) => figure.setSize({ width, height: 260 }));
}
