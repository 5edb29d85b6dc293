// Small wordings used by several sections.

/** "1 shot", "2 shots", "0 shots"; thousands are grouped. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${thousands(number)} ${number === 1 ? one : many}`;
}

/** 12345 as "12,345". */
export function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Minutes of work as bid days, to a quarter or finer: "3.25 days", "1 day". */
export function workDays(minutes: number, dayMinutes: number): string {
  const days = dayMinutes > 0 ? minutes / dayMinutes : 0;
  const digits = days >= 100 ? thousands(Math.round(days)) : String(Math.round(days * 100) / 100);
  return `${digits} ${digits === '1' ? 'day' : 'days'}`;
}

/** Basis points as per cent: 1234 is "12.3 %", 500 is "5 %". */
export function perCent(basisPoints: number): string {
  const tenths = Math.round(basisPoints / 10);
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} %`;
}

/** The first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a, b and c". */
export function list(items: string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

const MODES: Record<string, string> = {
  balanced: 'Balanced: dates, money and crew comfort at their price',
  deliver: 'Deliver: dates first',
  cheapest: 'Cheapest: money first',
  'no-overtime': 'No overtime: nobody works beyond contract hours',
};

/** What a mode of planning means. */
export function mode(word: string): string {
  return MODES[word] ?? capital(word);
}

const STATUSES: Record<string, string> = {
  not_ready: 'not ready', ready: 'ready to start', wip: 'in progress',
  internal_review: 'in internal review', client_review: 'with the client', cbb: 'could be better',
  hold: 'on hold', omit: 'omitted',
};

/** A task's status in words. */
export function status(word: string): string {
  return STATUSES[word] ?? word.replaceAll('_', ' ');
}
