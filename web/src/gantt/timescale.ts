// Between days and pixels: zoom steps, what stays under the pointer, and the marks of the axis.

import { type Day, MONTHS, civil, monday, weekdayName } from '../words/days';

export type Zoom = 'day' | 'week' | 'month' | 'all';

/** Pixels for a day at each named zoom; "all" fits the width. */
const PIXELS: Record<Exclude<Zoom, 'all'>, number> = { day: 72, week: 22, month: 7 };
export const LEAST_PIXELS = 0.4;
export const MOST_PIXELS = 240;

/** Pixels for a day so that `days` fill `width` at the zoom "all". */
export function pixelsFor(zoom: Zoom, days: number, width: number): number {
  return zoom === 'all' ? clamp(width / Math.max(1, days)) : PIXELS[zoom];
}

/** Keeps a scale within what can be drawn and read. */
export function clamp(pixels: number): number {
  return Math.min(MOST_PIXELS, Math.max(LEAST_PIXELS, pixels));
}

/** Scroll offset after zooming, such that what was under `x` stays there. */
export function scrollAfterZoom(scroll: number, x: number, before: number, after: number): number {
  return Math.max(0, ((scroll + x) / before) * after - x);
}

/** A mark of the axis: from a day to the next mark's day. */
export interface Mark {
  day: Day;
  label: string;
  /** Begins a new month or year: drawn stronger. */
  strong: boolean;
}

/** The coarse line of the axis (months or years) from `start` to `end`. */
export function coarseMarks(start: Day, end: Day, pixels: number): Mark[] {
  const marks: Mark[] = [];
  const years = pixels < 1;
  let { year, month } = civil(start);
  if (years) month = 0;
  for (;;) {
    const day = Math.round(Date.UTC(year, month, 1) / 86_400_000);
    if (day > end) return marks;
    const label = years ? String(year) : `${MONTHS[month]} ${year}`;
    marks.push({ day, label, strong: month === 0 });
    month += years ? 12 : 1;
    if (month > 11) {
      month = 0;
      year += 1;
    }
  }
}

/** The fine line of the axis: days, Mondays or months. */
export function fineMarks(start: Day, end: Day, pixels: number): Mark[] {
  if (pixels < 2.6) {
    return pixels < 1
      ? coarseMarks(start, end, 1).map((mark) => ({ ...mark, label: pixels < 0.7 ? '' : mark.label.slice(0, 1) }))
      : [];
  }
  const marks: Mark[] = [];
  const daily = pixels >= 16;
  const every = daily ? 1 : pixels >= 5 ? 7 : 14;
  for (let day = daily ? start : monday(start); day <= end; day += every) {
    const { date } = civil(day);
    const label = pixels >= 46 ? `${weekdayName(day)} ${date}` : String(date);
    marks.push({ day, label, strong: date === 1 });
  }
  return marks;
}
