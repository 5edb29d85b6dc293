// Paints the rows that can be seen, synchronously, in one pass. Nothing here keeps state.

import { paint, type Paint } from '../colours';
import { type Day, shortDay, weekday } from '../words/days';
import { type Bar, LANE, type Row, rowAt } from './layout';
import { coarseMarks, fineMarks } from './timescale';

export const AXIS = 62;
const FONT = '"Segoe UI", Inter, Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
const INK = '#1d2633';
const QUIET = '#667085';
const LATE = '#b3261e';

/** A promised date to draw as a line. */
export interface Promise_ {
  day: Day;
  name: string;
  late: boolean;
}

/** Everything that a picture depends on. */
export interface View {
  width: number;
  height: number;
  ratio: number;
  labels: number;
  /** First day of the chart; x = labels + (day − start) × pixels − scrollX. */
  start: Day;
  end: Day;
  pixels: number;
  scrollX: number;
  scrollY: number;
  rows: Row[];
  collapsed: ReadonlySet<string>;
  asOf: Day;
  milestones: Promise_[];
  daysOff: ReadonlySet<Day>;
  selectedRow: string | null;
  selected: Bar | null;
  hovered: Bar | null;
  code: (bar: Bar) => string;
}

/** Draws a view; gives how many bars were painted. */
export function draw(canvas: CanvasRenderingContext2D, view: View): number {
  const { width, height, ratio } = view;
  canvas.setTransform(ratio, 0, 0, ratio, 0, 0);
  canvas.fillStyle = '#ffffff';
  canvas.fillRect(0, 0, width, height);
  if (view.rows.length === 0) {
    drawAxis(canvas, view);
    return 0;
  }
  const first = rowAt(view.rows, view.scrollY);
  const bottom = view.scrollY + height - AXIS;
  canvas.save();
  canvas.beginPath();
  canvas.rect(view.labels, AXIS, width - view.labels, height - AXIS);
  canvas.clip();
  drawGround(canvas, view, first, bottom);
  let painted = 0;
  for (let at = first; at < view.rows.length; at += 1) {
    const row = view.rows[at];
    if (!row || row.y > bottom) break;
    painted += row.kind === 'line' ? drawLine(canvas, view, row) : drawSpan(canvas, view, row);
  }
  drawDates(canvas, view);
  canvas.restore();
  drawLabels(canvas, view, first, bottom);
  drawAxis(canvas, view);
  return painted;
}

function xOf(view: View, time: number): number {
  return view.labels + (time - view.start) * view.pixels - view.scrollX;
}

function drawGround(canvas: CanvasRenderingContext2D, view: View, first: number, bottom: number): void {
  const from = Math.max(view.start, Math.floor(view.start + view.scrollX / view.pixels));
  const to = Math.ceil(view.start + (view.scrollX + view.width) / view.pixels);
  if (view.pixels >= 4) {
    canvas.fillStyle = '#f1f3f6';
    for (let day = from; day <= to; day += 1) {
      if (view.daysOff.has(day)) {
        canvas.fillRect(xOf(view, day), AXIS, view.pixels + 0.5, view.height - AXIS);
      }
    }
  }
  canvas.fillStyle = '#e7eaef';
  for (const mark of view.pixels >= 2.6 ? fineMarks(from, to, view.pixels) : coarseMarks(from, to, view.pixels)) {
    canvas.fillRect(Math.round(xOf(view, mark.day)), AXIS, 1, view.height - AXIS);
  }
  canvas.fillStyle = '#cdd3dc';
  for (const mark of coarseMarks(from, to, view.pixels)) {
    canvas.fillRect(Math.round(xOf(view, mark.day)), AXIS, 1, view.height - AXIS);
  }
  for (let at = first; at < view.rows.length; at += 1) {
    const row = view.rows[at];
    if (!row || row.y > bottom) break;
    const y = AXIS + row.y - view.scrollY;
    if (row.kind === 'heading') {
      canvas.fillStyle = 'rgba(233, 237, 243, 0.75)';
      canvas.fillRect(view.labels, y, view.width, row.height);
    } else if (row.key === view.selectedRow) {
      canvas.fillStyle = 'rgba(58, 110, 190, 0.08)';
      canvas.fillRect(view.labels, y, view.width, row.height);
    }
    canvas.fillStyle = '#eceff3';
    canvas.fillRect(view.labels, y + row.height - 1, view.width, 1);
  }
}

function drawSpan(canvas: CanvasRenderingContext2D, view: View, row: Row): number {
  const first = row.bars[0];
  if (!first) return 0;
  let end = first.end;
  for (const bar of row.bars) if (bar.end > end) end = bar.end;
  const x = Math.max(view.labels - 4, xOf(view, first.start));
  const right = Math.min(view.width + 4, xOf(view, end));
  if (right < x) return 0;
  const y = AXIS + row.y - view.scrollY + row.height / 2;
  canvas.fillStyle = '#8b95a5';
  canvas.fillRect(x, y - 2, Math.max(2, right - x), 4);
  canvas.fillRect(x, y - 5, 2, 10);
  canvas.fillRect(Math.max(x, right - 2), y - 5, 2, 10);
  return 0;
}

function drawLine(canvas: CanvasRenderingContext2D, view: View, row: Row): number {
  const top = AXIS + row.y - view.scrollY + 3;
  const leftTime = view.start + view.scrollX / view.pixels;
  const rightTime = leftTime + (view.width - view.labels) / view.pixels;
  let painted = 0;
  canvas.font = `600 10.5px ${FONT}`;
  canvas.textBaseline = 'middle';
  for (const bar of row.bars) {
    if (bar.start > rightTime) break;
    if (bar.end < leftTime) continue;
    drawBar(canvas, view, bar, top + bar.lane * LANE);
    painted += 1;
  }
  if (row.due !== null && row.due + 1 >= leftTime && row.due <= rightTime) {
    drawDue(canvas, xOf(view, row.due + 1), top - 3, row.height, row.late);
  }
  return painted;
}

function drawBar(canvas: CanvasRenderingContext2D, view: View, bar: Bar, y: number): void {
  const style: Paint = paint(bar.department);
  const x = xOf(view, bar.start);
  const size = Math.max(2, (bar.end - bar.start) * view.pixels - (view.pixels > 3 ? 1 : 0));
  const height = LANE - 3;
  canvas.fillStyle = style.fill;
  if (bar.runs) {
    canvas.globalAlpha = 0.35;
    canvas.fillRect(x, y + height / 2 - 1.5, size, 3);
    canvas.globalAlpha = 1;
    for (let at = 0; at < bar.runs.length; at += 2) {
      const from = bar.runs[at] ?? 0;
      const to = bar.runs[at + 1] ?? from;
      canvas.fillRect(xOf(view, from), y, Math.max(2, (to - from) * view.pixels - 1), height);
    }
  } else if (size > 6) {
    canvas.beginPath();
    canvas.roundRect(x, y, size, height, 3);
    canvas.fill();
  } else {
    canvas.fillRect(x, y, size, height);
  }
  if (style.striped && size > 4) drawStripes(canvas, x, y, size, height);
  if (bar.late) {
    canvas.strokeStyle = LATE;
    canvas.lineWidth = 2;
    canvas.strokeRect(x + 1, y + 1, Math.max(1, size - 2), height - 2);
    if (size > 16) {
      canvas.fillStyle = LATE;
      canvas.fillRect(x + size - 11, y, 11, height);
      canvas.fillStyle = '#ffffff';
      canvas.fillText('!', x + size - 7.5, y + height / 2 + 0.5);
    }
  }
  if (bar === view.selected || bar === view.hovered) {
    canvas.strokeStyle = INK;
    canvas.lineWidth = bar === view.selected ? 2.5 : 1.5;
    canvas.strokeRect(x - 0.5, y - 0.5, size + 1, height + 1);
  }
  const room = size - 8 - (bar.late ? 10 : 0);
  if (room > 18) {
    const left = Math.max(x, view.labels) + 4;
    const text = clip(view.code(bar), room - (left - x - 4));
    if (text !== '') {
      if (style.striped) {
        canvas.fillStyle = style.fill;
        canvas.fillRect(left - 2, y + 2, text.length * 6.2 + 3, height - 4);
      }
      canvas.fillStyle = style.text;
      canvas.fillText(text, left, y + height / 2 + 0.5);
    }
  }
}

/** As much of a text as fits, by the mean width of a letter: measuring each would cost the frame. */
function clip(text: string, room: number): string {
  const letters = Math.floor(room / 6);
  if (letters >= text.length) return text;
  const short = text.split(' · ')[0] ?? text;
  if (letters >= short.length) return letters >= short.length + 5 ? `${text.slice(0, letters - 1)}…` : short;
  // The end of a shot's name tells it from its neighbours: a stump of it would say nothing.
  return letters >= 6 ? `${text.slice(0, letters - 1)}…` : '';
}

function drawStripes(canvas: CanvasRenderingContext2D, x: number, y: number, size: number, height: number): void {
  canvas.save();
  canvas.beginPath();
  canvas.rect(x, y, size, height);
  canvas.clip();
  canvas.strokeStyle = 'rgba(255, 255, 255, 0.55)';
  canvas.lineWidth = 2;
  canvas.beginPath();
  const from = Math.max(x, 0);
  const to = Math.min(x + size, 6_000);
  for (let at = from - height; at < to; at += 7) {
    canvas.moveTo(at, y + height);
    canvas.lineTo(at + height, y);
  }
  canvas.stroke();
  canvas.restore();
}

function drawDue(canvas: CanvasRenderingContext2D, x: number, y: number, height: number, late: boolean): void {
  canvas.fillStyle = late ? LATE : INK;
  canvas.fillRect(Math.round(x) - 1, y + 1, 2, height - 3);
  canvas.beginPath();
  canvas.moveTo(x - 5, y + 1);
  canvas.lineTo(x + 5, y + 1);
  canvas.lineTo(x, y + 7);
  canvas.fill();
}

function drawDates(canvas: CanvasRenderingContext2D, view: View): void {
  for (const milestone of view.milestones) {
    const x = Math.round(xOf(view, milestone.day + 1));
    canvas.strokeStyle = milestone.late ? LATE : '#4a5568';
    canvas.lineWidth = 1.5;
    canvas.setLineDash([5, 4]);
    canvas.beginPath();
    canvas.moveTo(x, AXIS);
    canvas.lineTo(x, view.height);
    canvas.stroke();
    canvas.setLineDash([]);
  }
  const x = Math.round(xOf(view, view.asOf));
  canvas.fillStyle = '#0b57d0';
  canvas.fillRect(x - 1, AXIS, 2, view.height);
}

function drawLabels(canvas: CanvasRenderingContext2D, view: View, first: number, bottom: number): void {
  canvas.fillStyle = '#ffffff';
  canvas.fillRect(0, AXIS, view.labels, view.height);
  canvas.save();
  canvas.beginPath();
  canvas.rect(0, AXIS, view.labels, view.height);
  canvas.clip();
  canvas.textBaseline = 'middle';
  for (let at = first; at < view.rows.length; at += 1) {
    const row = view.rows[at];
    if (!row || row.y > bottom) break;
    const y = AXIS + row.y - view.scrollY;
    if (row.kind === 'heading') {
      canvas.fillStyle = '#e9edf3';
      canvas.fillRect(0, y, view.labels, row.height);
      triangle(canvas, 12, y + row.height / 2, !view.collapsed.has(row.key));
      canvas.fillStyle = INK;
      canvas.font = `600 12.5px ${FONT}`;
      canvas.fillText(fit(canvas, row.label, view.labels - 34 - 8 * row.note.length), 22, y + row.height / 2);
      canvas.font = `11px ${FONT}`;
      canvas.fillStyle = QUIET;
      canvas.textAlign = 'right';
      canvas.fillText(row.note, view.labels - 10, y + row.height / 2);
      canvas.textAlign = 'left';
    } else {
      if (row.key === view.selectedRow) {
        canvas.fillStyle = '#e4edfb';
        canvas.fillRect(0, y, view.labels, row.height);
        canvas.fillStyle = '#0b57d0';
        canvas.fillRect(0, y, 3, row.height);
      }
      const indent = view.labels < 160 ? 15 : 22;
      const middle = y + Math.min(row.height, LANE + 6) / 2;
      canvas.fillStyle = row.late ? LATE : INK;
      canvas.font = `${row.late ? '600 ' : ''}12px ${FONT}`;
      canvas.fillText(fit(canvas, row.label, view.labels - indent - (row.note !== '' ? 8 + 7 * row.note.length : 6)), indent, middle);
      if (row.late) canvas.fillText('!', indent / 2, middle);
      canvas.fillStyle = QUIET;
      canvas.font = `11px ${FONT}`;
      canvas.textAlign = 'right';
      canvas.fillText(row.note, view.labels - 10, middle);
      canvas.textAlign = 'left';
    }
    canvas.fillStyle = '#eceff3';
    canvas.fillRect(0, y + row.height - 1, view.labels, 1);
  }
  canvas.restore();
  canvas.fillStyle = '#cdd3dc';
  canvas.fillRect(view.labels - 1, AXIS, 1, view.height);
}

function triangle(canvas: CanvasRenderingContext2D, x: number, y: number, open: boolean): void {
  canvas.fillStyle = '#4a5568';
  canvas.beginPath();
  if (open) {
    canvas.moveTo(x - 4, y - 2);
    canvas.lineTo(x + 4, y - 2);
    canvas.lineTo(x, y + 3);
  } else {
    canvas.moveTo(x - 2, y - 4);
    canvas.lineTo(x + 3, y);
    canvas.lineTo(x - 2, y + 4);
  }
  canvas.fill();
}

function fit(canvas: CanvasRenderingContext2D, text: string, room: number): string {
  if (canvas.measureText(text).width <= room) return text;
  let short = text;
  while (short.length > 1 && canvas.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}

function drawAxis(canvas: CanvasRenderingContext2D, view: View): void {
  canvas.fillStyle = '#f7f8fa';
  canvas.fillRect(0, 0, view.width, AXIS);
  canvas.fillStyle = '#cdd3dc';
  canvas.fillRect(0, AXIS - 1, view.width, 1);
  canvas.save();
  canvas.beginPath();
  canvas.rect(view.labels, 0, view.width - view.labels, AXIS);
  canvas.clip();
  const from = Math.max(view.start, Math.floor(view.start + view.scrollX / view.pixels));
  const to = Math.ceil(view.start + (view.scrollX + view.width) / view.pixels);
  canvas.textBaseline = 'middle';
  drawFlags(canvas, view);
  canvas.font = `600 12px ${FONT}`;
  const coarse = coarseMarks(from, to, view.pixels);
  const room = view.pixels * (view.pixels < 1 ? 365 : 30);
  coarse.forEach((mark, at) => {
    const x = xOf(view, mark.day);
    canvas.fillStyle = '#cdd3dc';
    canvas.fillRect(Math.round(x), 20, 1, AXIS - 20);
    canvas.fillStyle = INK;
    const next = coarse[at + 1];
    const edge = next ? xOf(view, next.day) : Infinity;
    const left = Math.max(x, view.labels) + 6;
    const text = room < 66 ? mark.label.slice(0, 3) : mark.label;
    if (room > 26 && edge - left > Math.min(room, 60)) canvas.fillText(text, left, 30);
  });
  canvas.font = `11px ${FONT}`;
  for (const mark of fineMarks(from, to, view.pixels)) {
    const x = xOf(view, mark.day);
    canvas.fillStyle = '#d9dee6';
    canvas.fillRect(Math.round(x), 42, 1, 20);
    const off = view.pixels >= 16 && (view.daysOff.has(mark.day) || weekday(mark.day) % 6 === 0);
    canvas.fillStyle = off ? '#98a2b3' : '#475467';
    canvas.fillText(mark.label, x + 4, 51);
  }
  canvas.restore();
  canvas.fillStyle = '#cdd3dc';
  canvas.fillRect(view.labels - 1, 0, 1, AXIS);
}

/** Names of the as-of day and the milestones over the axis; one that finds no room is left to the line. */
function drawFlags(canvas: CanvasRenderingContext2D, view: View): void {
  canvas.font = `600 10.5px ${FONT}`;
  const taken: [number, number][] = [];
  const flag = (x: number, text: string, colour: string): void => {
    const size = canvas.measureText(text).width + 10;
    let left = x - size / 2;
    left = Math.min(Math.max(left, view.labels + 2), view.width - size - 2);
    if (x < view.labels - 1 || x > view.width + 1) return;
    if (taken.some(([from, to]) => left < to + 3 && left + size > from - 3)) {
      canvas.fillStyle = colour;
      canvas.beginPath();
      canvas.arc(x, AXIS - 5, 3.5, 0, 7);
      canvas.fill();
      return;
    }
    taken.push([left, left + size]);
    canvas.fillStyle = colour;
    canvas.beginPath();
    canvas.roundRect(left, 3, size, 16, 3);
    canvas.fill();
    canvas.globalAlpha = 0.45;
    canvas.fillRect(Math.round(x) - 0.75, 18, 1.5, AXIS - 18);
    canvas.globalAlpha = 1;
    canvas.fillStyle = '#ffffff';
    canvas.fillText(text, left + 5, 11.5);
  };
  flag(xOf(view, view.asOf), `As of ${shortDay(view.asOf)}`, '#0b57d0');
  for (const milestone of view.milestones) {
    flag(xOf(view, milestone.day + 1), milestone.name, milestone.late ? LATE : '#4a5568');
  }
}
