// Curves of an answer over a common axis.

import uPlot from 'uplot';
import { fill, h, onWidth } from '../dom';
import type { Currency } from '../words/money';
import { civil, dayMonth } from '../words/days';
import type { Chart, Series } from './types';
import { say, sayShort } from './words';

const COLOURS = ['#3b6fb6', '#d98a1c', '#2f9e8f', '#b5547b', '#6f5bb0', '#5c7a29'];
const MARK = '#b3261e';
const DAY = 86_400;

interface Drawn { element: HTMLElement; start: () => void }

/** A card with the chart; `start` draws it once the card stands on the page. */
export function chart(data: Chart, currency: Currency): Drawn {
  const place = h('div', { class: 'plot' });
  const readout = h('p', { class: 'readout', 'aria-live': 'polite' });
  const read = (at: number | null): void => {
    const x = at === null ? undefined : data.at[at];
    if (at === null || x === undefined) {
      fill(readout, h('span', { class: 'quiet' }, `Point at the chart to read its figures. ${data.marks.map((mark) => `${mark.name}: ${say(mark.at, data.x.kind, currency)}`).join(' · ')}`));
      return;
    }
    const parts = data.series.map((series) => {
      const values = [series.values[at], ...(series.shape === 'band' ? [series.to[at]] : [])].filter((value) => value !== null && value !== undefined);
      return values.length === 0 ? '' : `${series.name} ${values.map((value) => say(value, data.y.kind, currency)).join(' to ')}`;
    });
    fill(readout, h('b', {}, `${data.x.name} ${say(x, data.x.kind, currency)}: `), parts.filter((part) => part !== '').join(' · '));
  };
  read(null);
  const keys = data.series.length > 1 && h('div', { class: 'legend inline' }, ...data.series.map((series, at) =>
    h('span', { class: 'legend-key' }, h('i', { class: 'swatch', style: `background:${colour(at)}${series.shape === 'band' ? '55' : ''}` }), series.name)));
  const element = h('div', { class: 'card chart-card' }, h('div', { class: 'toolbar' }, h('h3', {}, data.title), keys), place, readout);
  return { element, start: () => draw(place, data, currency, read) };
}

function colour(at: number): string {
  return COLOURS[at % COLOURS.length] ?? '#3b6fb6';
}

/** A curve as uPlot takes it; a band is two curves with the area between them. */
function curves(series: Series, at: number): uPlot.Series[] {
  const stroke = colour(at);
  const path = series.shape === 'step' ? uPlot.paths.stepped?.({ align: 1 })
    : series.shape === 'bars' ? uPlot.paths.bars?.({ size: [0.72, 46], align: 1 })
    : series.shape === 'points' ? (): null => null : undefined;
  const isBand = series.shape === 'band';
  const one: uPlot.Series = {
    label: series.name, stroke: isBand ? `${stroke}88` : stroke, width: series.shape === 'bars' || series.shape === 'points' ? 0 : isBand ? 1 : 2,
    points: { show: series.shape === 'dots' || series.shape === 'points', size: 9, fill: stroke, stroke },
    spanGaps: false,
    ...(series.shape === 'bars' ? { fill: `${stroke}aa` } : {}),
    ...(path ? { paths: path as uPlot.Series.PathBuilder } : {}),
  };
  return isBand ? [one, { ...one }] : [one];
}

function draw(place: HTMLElement, data: Chart, currency: Currency, read: (at: number | null) => void): void {
  const axis: Partial<uPlot.Axis> = { font: '12px "Segoe UI", Inter, "Liberation Sans", Arial, sans-serif', stroke: '#475467', ticks: { stroke: '#d9dee6' } };
  const isTime = data.x.kind === 'day';
  const series: uPlot.Series[] = [{}];
  const values: (number | null)[][] = [data.at.map((at) => (isTime ? at * DAY : at))];
  const bands: uPlot.Band[] = [];
  data.series.forEach((one, at) => {
    series.push(...curves(one, at));
    values.push(one.values);
    if (one.shape === 'band') {
      values.push(one.to);
      bands.push({ series: [series.length - 1, series.length - 2], fill: `${colour(at)}2e` }, { series: [series.length - 2, series.length - 1], fill: `${colour(at)}2e` });
    }
  });
  const hasBars = data.series.some(({ shape }) => shape === 'bars');
  const step = data.at.length > 1 ? ((data.at[data.at.length - 1] ?? 0) - (data.at[0] ?? 0)) / (data.at.length - 1) : 1;
  const figure = new uPlot({
    width: place.clientWidth || 900,
    height: 260,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: { y: false, points: { show: !hasBars } },
    scales: { x: { time: isTime, range: (_, min, max) => room(min, max, (isTime ? DAY : 1) * (hasBars ? step : 0)) } },
    axes: [
      { ...axis, grid: { show: false }, label: isTime ? '' : data.x.name, labelSize: isTime ? 0 : 22, labelFont: '12px "Segoe UI", Inter, "Liberation Sans", Arial, sans-serif',
        values: (_, splits) => splits.map((value, at) => (isTime ? dated(Math.floor(value / DAY), at === 0 ? null : Math.floor((splits[at - 1] ?? 0) / DAY)) : sayShort(value, data.x.kind, currency))) },
      { ...axis, size: 74, grid: { stroke: '#eef1f5', width: 1 }, values: (_, splits) => splits.map((value) => sayShort(value, data.y.kind, currency)) },
    ],
    series, bands,
    hooks: {
      setCursor: [(self) => read(self.cursor.idx ?? null)],
      draw: [(self) => mark(self, data, isTime)],
    },
  }, values as uPlot.AlignedData, place);
  onWidth(place, (width) => figure.setSize({ width, height: 260 }));
}

/** A little room at both ends, so that single points and last bars are seen whole. */
function room(min: number, max: number, last: number): [number, number] {
  const side = min === max ? Math.max(1, Math.abs(min) * 0.01) : (max - min) * 0.015;
  return [min - side, max + Math.max(side, last)];
}

/** A day, with its year where that is new. */
function dated(day: number, before: number | null): string {
  const { year } = civil(day);
  return before === null || civil(before).year !== year ? `${dayMonth(day)}\n${year}` : dayMonth(day);
}

function mark(self: uPlot, data: Chart, isTime: boolean): void {
  const { ctx, bbox } = self;
  ctx.save();
  ctx.strokeStyle = MARK;
  ctx.fillStyle = MARK;
  ctx.font = `${12 * devicePixelRatio}px "Segoe UI", Inter, "Liberation Sans", Arial, sans-serif`;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  data.marks.forEach(({ at, name }, line) => {
    const x = Math.round(self.valToPos(isTime ? at * DAY : at, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const isLeft = x > bbox.left + bbox.width * 0.7;
    ctx.textAlign = isLeft ? 'right' : 'left';
    ctx.fillText(name, x + (isLeft ? -5 : 5) * devicePixelRatio, bbox.top + (14 + 15 * (line % 4)) * devicePixelRatio);
  });
  ctx.restore();
}
