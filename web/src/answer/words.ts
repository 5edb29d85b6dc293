// Values by their kind, as a producer says them.

import { dayMonth, longDay, parseDay } from '../words/days';
import type { Currency } from '../words/money';
import { money, shortMoney } from '../words/money';
import type { Kind, Value } from './types';

/** A number with at most one decimal and thousands apart. */
export function plainNumber(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  const text = Math.abs(rounded).toLocaleString('en-GB', { maximumFractionDigits: 1 });
  return rounded < 0 ? `−${text}` : text;
}

/** A value in full: for a cell or a line under a chart. Nothing is a dash. */
export function say(value: Value, kind: Kind, currency: Currency): string {
  if (value === null) return '–';
  if (Array.isArray(value)) return value.join(', ');
  if (kind === 'day') return longDay(typeof value === 'number' ? value : parseDay(value));
  if (typeof value === 'string') return value;
  switch (kind) {
    case 'money': return money(Math.round(value), currency);
    case 'more': return `${value > 0 ? '+' : ''}${money(Math.round(value), currency)}`;
    case 'share': return `${plainNumber(value / 100)} %`;
    default: return plainNumber(value);
  }
}

/** A value short enough for an axis. */
export function sayShort(value: number, kind: Kind, currency: Currency): string {
  switch (kind) {
    case 'day': return dayMonth(Math.round(value));
    case 'money':
    case 'more': return shortMoney(Math.round(value), currency);
    default: return say(value, kind, currency);
  }
}

/** Whether values of a kind stand to the right of their column. */
export function isNumeric(kind: Kind): boolean {
  return kind !== 'text' && kind !== 'day';
}
