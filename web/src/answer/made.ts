// What a figure of an answer is made of: a button on the figure, and the lines that it opens.

import { h, showMore } from '../dom';
import { exactMoney, money, type Currency } from '../words/money';
import { count } from '../words/plain';
import { longDay, parseDay } from '../words/days';
import type { Answer, Figure, Line } from './types';

/** Figures of a page that can be opened. */
export type Open = (figure: number | null | undefined, label: string, look: string, show: (detail: HTMLElement | null) => void) => HTMLElement | null;

/** Makes buttons; `show` is handed what a figure is made of, and null when it closes. */
export function opener(data: Answer): Open {
  const currency: Currency = { code: data.currency, decimals: data.currency_decimals };
  return (at, label, look, show) => {
    const figure = at === null || at === undefined ? undefined : data.figures?.[at];
    if (figure === undefined) return null;
    const button: HTMLButtonElement = h('button', {
      type: 'button', class: look, 'aria-expanded': 'false', title: 'What it is made of',
      click: () => {
        const isOpen = button.getAttribute('aria-expanded') === 'true';
        const page = button.closest('main');
        page?.querySelectorAll(':is(.open, .cell)[aria-expanded="true"]').forEach((other) => other.setAttribute('aria-expanded', 'false'));
        page?.querySelectorAll('.detail').forEach((other) => other.remove());
        if (isOpen) return;
        show(made(figure, data, currency));
        button.setAttribute('aria-expanded', 'true');
      },
    }, label);
    return button;
  };
}

/** The lines of a figure, the largest first, and those that are not on the page as one. */
export function behind(figure: Figure, data: Answer): { lines: Line[]; rest: [number, number] | null } {
  const lines: Line[] = [];
  let rest: [number, number] | null = null;
  for (const [at, minus] of figure.parts) {
    const run = data.runs?.[at];
    if (!run) continue;
    for (const line of run.lines) {
      const turned = [...line] as Line;
      if (minus && figure.minutes) turned[7] = -turned[7];
      else if (minus && turned[8] !== null) turned[8] = -turned[8];
      lines.push(turned);
    }
    if (run.rest) {
      const sum: number = minus ? -run.rest[1] : run.rest[1];
      rest = [(rest?.[0] ?? 0) + run.rest[0], (rest?.[1] ?? 0) + sum];
    }
  }
  const size = (line: Line): number => (line[8] === null ? -1 : Math.abs(line[8]));
  return { lines: lines.sort((a, b) => size(b) - size(a) || Math.abs(b[7]) - Math.abs(a[7])), rest };
}

const KINDS: Record<string, string> = {
  labour: 'work', idle: 'booked, no task', team: 'for the team', commitment: 'order', vendor: 'to be ordered', actual: 'booked', people: 'pay',
  receipt: 'client pays', time: 'can work', balance: 'balance before',
};

function made(figure: Figure, data: Answer, currency: Currency): HTMLElement {
  const { lines, rest } = behind(figure, data);
  const hours = (minutes: number): string => (minutes === 0 ? '' : `${Math.round(minutes / 6) / 10} h`);
  const sum = lines.reduce((all, line) => all + (figure.minutes ? line[7] : line[8] ?? 0), 0) + (rest?.[1] ?? 0);
  const has = (at: 1 | 2 | 4): boolean => lines.some((line) => line[at] !== '');
  const day = (text: string): string => longDay(parseDay(text));
  const hasDays = lines.some((line) => line[5] !== '');
  const hasTime = lines.some((line) => line[7] !== 0);
  const row = ([kind, state, account, what, who, from, to, minutes, amount, band]: Line): HTMLElement => h('tr', {},
    h('td', {}, KINDS[kind] ?? kind),
    has(1) && h('td', {}, state),
    has(2) && h('td', {}, account),
    h('td', {}, what),
    has(4) && h('td', {}, who),
    hasDays && h('td', { class: 'nowrap' }, from === '' ? '' : to === '' ? day(from) : `${day(from)} – ${day(to)}`),
    hasTime && h('td', { class: 'number' }, hours(minutes)),
    !figure.minutes && (amount !== null
      ? h('td', { class: 'number', title: exactMoney(amount, currency) }, money(amount, currency))
      : h('td', { class: 'number quiet' }, band === null ? '–' : `(${money(band[0], currency)}–${money(band[1], currency)} a day)`)));
  const body = h('tbody', {});
  const more = showMore(body, lines.map(row), 15, 'lines');
  const told = figure.minutes ? hours(sum) || '0 h' : exactMoney(sum, currency);
  const notes = [
    `${count(lines.length, 'line')} ${rest === null ? '' : `and ${rest[0]} smaller ones (${figure.minutes ? hours(rest[1]) : exactMoney(rest[1], currency)}) `}that add to ${told}.`,
    ...(rest === null ? [] : [`Many tasks of one person stand together; --why "${figure.asked}" --format csv lists all.`]),
    ...(lines.some((line) => line[8] === null && !figure.minutes)
      ? ['Of people stands the band of what a day of theirs costs; their pay is in the line of people together.'] : []),
  ];
  return h('div', { class: 'made' },
    h('p', {}, h('b', {}, figure.name), h('span', { class: 'quiet' }, ` ${notes.join(' ')}`)),
    h('div', { class: 'table-scroll' }, h('table', { class: 'table', 'aria-label': `What ${figure.name} is made of` },
      h('thead', {}, h('tr', {}, ...['', ...(has(1) ? ['State'] : []), ...(has(2) ? ['Account'] : []), 'What', ...(has(4) ? ['Who'] : []), ...(hasDays ? ['When'] : [])]
        .map((name) => h('th', { scope: 'col' }, name)),
      ...[...(hasTime ? ['Time'] : []), ...(figure.minutes ? [] : ['Amount'])].map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
      body)),
    more);
}
