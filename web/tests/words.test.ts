import { describe, expect, it } from 'vitest';
import { longDay, monday, parseDay, plainDates, sayDays, weekday } from '../src/words/days';
import { exactMoney, money, shortMoney } from '../src/words/money';
import { count, list, perCent, workDays } from '../src/words/plain';

const pounds = { code: 'GBP', decimals: 2 };
const yen = { code: 'JPY', decimals: 0 };
const dinars = { code: 'KWD', decimals: 3 };

describe('days', () => {
  it('are said as a producer writes them', () => {
    expect(longDay(parseDay('2027-05-14'))).toBe('Fri 14 May 2027');
    expect(longDay(parseDay('2028-02-29'))).toBe('Tue 29 Feb 2028');
    expect(longDay(parseDay('1969-12-31'))).toBe('Wed 31 Dec 1969');
  });
  it('know their week', () => {
    expect(weekday(parseDay('2027-05-16'))).toBe(0);
    expect(monday(parseDay('2027-05-16'))).toBe(parseDay('2027-05-10'));
    expect(monday(parseDay('2027-05-10'))).toBe(parseDay('2027-05-10'));
  });
  it('make spans without saying a month twice', () => {
    const span = (from: string, to: string): string => sayDays(parseDay(from), parseDay(to));
    expect(span('2027-05-03', '2027-05-07')).toBe('3 – 7 May 2027');
    expect(span('2027-05-28', '2027-06-02')).toBe('28 May – 2 Jun 2027');
    expect(span('2027-12-27', '2028-01-03')).toBe('27 Dec 2027 – 3 Jan 2028');
    expect(span('2027-05-14', '2027-05-14')).toBe('Fri 14 May 2027');
  });
  it('in a text of a file are said in full, and what only looks like one stays', () => {
    expect(plainDates('must finish by 2027-05-14, not 2027-05-1')).toBe('must finish by Fri 14 May 2027, not 2027-05-1');
  });
});

describe('money', () => {
  it('is rounded half away from zero and grouped', () => {
    expect(money(123_456_750, pounds)).toBe('£1,234,568');
    expect(money(123_456_749, pounds)).toBe('£1,234,567');
    expect(money(-5_250, pounds)).toBe('−£53');
    expect(money(-49, pounds)).toBe('£0');
    expect(money(1_234_567, yen)).toBe('¥1,234,567');
    expect(money(1_500, dinars)).toBe('KWD 2');
  });
  it('can be said to the last penny', () => {
    expect(exactMoney(123_456_705, pounds)).toBe('£1,234,567.05');
    expect(exactMoney(-5, pounds)).toBe('−£0.05');
    expect(exactMoney(52, yen)).toBe('¥52');
    expect(exactMoney(1_007, dinars)).toBe('KWD 1.007');
  });
  it('is short on axes', () => {
    expect(shortMoney(123_456_700, pounds)).toBe('£1.23M');
    expect(shortMoney(100_000_000, pounds)).toBe('£1M');
    expect(shortMoney(2_050_000, pounds)).toBe('£20.5k');
    expect(shortMoney(20_000_000, pounds)).toBe('£200k');
    expect(shortMoney(99_960_000, pounds)).toBe('£1M');
    expect(shortMoney(52_000, pounds)).toBe('£520');
    expect(shortMoney(-2_000_000, pounds)).toBe('−£20k');
    expect(shortMoney(0, pounds)).toBe('£0');
  });
});

describe('plain words', () => {
  it('count', () => {
    expect(count(1, 'shot')).toBe('1 shot');
    expect(count(1_200, 'shot')).toBe('1,200 shots');
    expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  });
  it('say work in days of the production', () => {
    expect(workDays(1_560, 480)).toBe('3.25 days');
    expect(workDays(480, 480)).toBe('1 day');
    expect(workDays(480_000, 480)).toBe('1,000 days');
    expect(workDays(480, 0)).toBe('0 days');
  });
  it('say basis points as per cent', () => {
    expect(perCent(1_234)).toBe('12.3 %');
    expect(perCent(500)).toBe('5 %');
  });
});
