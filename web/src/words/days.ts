// Civil days as whole numbers (days since 1970-01-01), free of time zones, and how they are said.

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
export const MONTHS = [
  'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec',
];

/** Days since 1970-01-01. */
export type Day = number;

/** "2027-05-14" as a day; not a number for anything else. */
export function parseDay(text: string): Day {
  const [year, month, day] = text.split('-').map(Number);
  return Math.round(Date.UTC(year ?? NaN, (month ?? NaN) - 1, day ?? NaN) / 86_400_000);
}

/** Year, month (0 to 11) and day of the month. */
export function civil(day: Day): { year: number; month: number; date: number } {
  const moment = new Date(day * 86_400_000);
  return {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth(),
    date: moment.getUTCDate(),
  };
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The Monday on or before a day. */
export function monday(day: Day): Day {
  return day - ((weekday(day) + 6) % 7);
}

/** "Fri 14 May 2027". */
export function longDay(day: Day): string {
  const { year, month, date } = civil(day);
  return `${WEEKDAYS[weekday(day)]} ${date} ${MONTHS[month]} ${year}`;
}

/** "Fri 14 May", for places where the year is plain. */
export function shortDay(day: Day): string {
  const { month, date } = civil(day);
  return `${WEEKDAYS[weekday(day)]} ${date} ${MONTHS[month]}`;
}

/** "14 May". */
export function dayMonth(day: Day): string {
  const { month, date } = civil(day);
  return `${date} ${MONTHS[month]}`;
}

/** "Fri". */
export function weekdayName(day: Day): string {
  return WEEKDAYS[weekday(day)] ?? '';
}

/** A date text said in full, or a dash. */
export function sayDay(text: string | null): string {
  return text === null ? '–' : longDay(parseDay(text));
}

/** A text with its ISO dates said in full: rules and reasons carry them as they stand in files. */
export function plainDates(text: string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => {
    const day = parseDay(date);
    return Number.isFinite(day) ? longDay(day) : date;
  });
}

/** Two days as a span: "3 – 7 May 2027", "28 May – 2 Jun 2027", "Fri 14 May 2027". */
export function sayDays(start: Day, end: Day): string {
  if (start === end) return longDay(start);
  const from = civil(start);
  const to = civil(end);
  if (from.year !== to.year) return `${dayMonth(start)} ${from.year} – ${dayMonth(end)} ${to.year}`;
  if (from.month !== to.month) return `${dayMonth(start)} – ${dayMonth(end)} ${to.year}`;
  return `${from.date} – ${dayMonth(end)} ${to.year}`;
}
