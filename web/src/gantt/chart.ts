// The chart as a thing to use: scrolling, zooming, pointing, keys. Draws through draw.ts.

import { h } from '../dom';
import { type Day, monday } from '../words/days';
import { AXIS, type Promise_, type View, draw } from './draw';
import { type Bar, LANE, type Row, rowAt, totalHeight } from './layout';
import { type Zoom, clamp, pixelsFor, scrollAfterZoom } from './timescale';

export interface ChartOptions {
  start: Day;
  end: Day;
  asOf: Day;
  milestones: Promise_[];
  daysOff: ReadonlySet<Day>;
  code: (bar: Bar) => string;
  describe: (bar: Bar) => Node;
  /** A row or a bar was chosen, by pointer or key. */
  chosen: (row: Row, bar: Bar | null) => void;
  toggled: (group: string) => void;
  /** The scale is no longer one of the named zooms. */
  freed: () => void;
}

export interface Chart {
  element: HTMLElement;
  setRows: (rows: Row[], collapsed: ReadonlySet<string>) => void;
  zoom: (zoom: Zoom) => void;
  zoomBy: (factor: number) => void;
  /** Brings a bar into view and chooses it. */
  reveal: (bar: Bar) => void;
  redraw: () => void;
  painted: () => number;
}

export function chart(options: ChartOptions): Chart {
  const canvas = h('canvas', { class: 'gantt-canvas' });
  const spacer = h('div', { class: 'gantt-spacer' });
  const tip = h('div', { class: 'tip', role: 'tooltip', hidden: true });
  const scroller = h(
    'div',
    {
      class: 'gantt-scroll', tabindex: 0, role: 'application',
      'aria-label': 'Schedule chart. Arrow keys choose rows and tasks, plus and minus zoom. The chosen row is listed in a table below.',
    },
    canvas, spacer);
  const element = h('div', { class: 'gantt' }, scroller, tip);
  const context = canvas.getContext('2d');
  const start = monday(options.start);
  const span = options.end - start + 1;

  const view: View = {
    width: 0, height: 0, ratio: 1, labels: 210, start, end: options.end, pixels: 0,
    scrollX: 0, scrollY: 0, rows: [], collapsed: new Set(), asOf: options.asOf,
    milestones: options.milestones, daysOff: options.daysOff,
    selectedRow: null, selected: null, hovered: null, code: options.code,
  };
  let zoomed: Zoom | null = 'all';
  let painted = 0;
  let tallest = 260;
  let queued = false;

  function measure(): void {
    const width = scroller.clientWidth;
    const height = scroller.clientHeight;
    const ratio = window.devicePixelRatio || 1;
    if (width !== view.width || height !== view.height || ratio !== view.ratio) {
      view.width = width;
      view.height = height;
      view.ratio = ratio;
      view.labels = width < 640 ? 96 : 210;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    if (zoomed !== null) view.pixels = pixelsFor(zoomed, span, width - view.labels - 14);
    // The canvas sits in the flow above the spacer, so the spacer stands for what it does not cover.
    spacer.style.width = `${Math.max(width, view.labels + span * view.pixels)}px`;
    spacer.style.height = `${Math.max(0, AXIS + totalHeight(view.rows) - height)}px`;
  }

  function redraw(): void {
    queued = false;
    if (!context || view.width === 0) return;
    view.scrollX = scroller.scrollLeft;
    view.scrollY = scroller.scrollTop;
    painted = draw(context, view);
  }

  function queue(): void {
    if (queued) return;
    queued = true;
    requestAnimationFrame(redraw);
  }

  function zoomTo(pixels: number, at: number): void {
    const before = view.pixels;
    view.pixels = clamp(pixels);
    zoomed = null;
    options.freed();
    const scroll = scrollAfterZoom(scroller.scrollLeft, at, before, view.pixels);
    measure();
    scroller.scrollLeft = scroll;
    queue();
  }

  function hit(event: PointerEvent | MouseEvent): { row: Row | null; bar: Bar | null; label: boolean } {
    const box = canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    if (y < AXIS || view.rows.length === 0) return { row: null, bar: null, label: false };
    const inside = y - AXIS + view.scrollY;
    const row = view.rows[rowAt(view.rows, inside)] ?? null;
    if (!row || inside > row.y + row.height) return { row: null, bar: null, label: false };
    if (x < view.labels) return { row, bar: null, label: true };
    if (row.kind === 'heading') return { row, bar: null, label: false };
    const lane = Math.floor((inside - row.y - 3) / LANE);
    const time = view.start + (x - view.labels + view.scrollX) / view.pixels;
    const slack = 3 / view.pixels;
    const bar = row.bars.find((one) => one.lane === lane && one.start - slack <= time && time < one.end + slack) ?? null;
    return { row, bar, label: false };
  }

  function showTip(bar: Bar | null, event: PointerEvent): void {
    if (!bar) {
      tip.hidden = true;
      return;
    }
    if (view.hovered !== bar || tip.hidden) tip.replaceChildren(options.describe(bar));
    tip.hidden = false;
    const box = element.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const left = x + 18 + tip.offsetWidth > box.width ? x - tip.offsetWidth - 14 : x + 18;
    const top = Math.min(y + 16, box.height - tip.offsetHeight - 8);
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, top)}px`;
  }

  function choose(row: Row, bar: Bar | null): void {
    view.selectedRow = row.key;
    view.selected = bar;
    options.chosen(row, bar);
    queue();
  }

  function showRow(row: Row): void {
    const room = view.height - AXIS;
    if (row.y < scroller.scrollTop) scroller.scrollTop = row.y;
    else if (row.y + row.height > scroller.scrollTop + room) scroller.scrollTop = row.y + row.height - room;
  }

  function showBar(bar: Bar): void {
    const left = (bar.start - view.start) * view.pixels;
    const right = (bar.end - view.start) * view.pixels;
    const room = view.width - view.labels;
    if (left < scroller.scrollLeft || right > scroller.scrollLeft + room) {
      scroller.scrollLeft = Math.max(0, left - room / 3);
    }
  }

  // Dragging with a mouse pans; touch and pen scroll by themselves.
  let drag: { x: number; y: number; left: number; top: number; moved: boolean } | null = null;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, left: scroller.scrollLeft, top: scroller.scrollTop, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (drag) {
      const dx = event.clientX - drag.x;
      const dy = event.clientY - drag.y;
      if (Math.abs(dx) + Math.abs(dy) > 4) drag.moved = true;
      if (drag.moved) {
        canvas.style.cursor = 'grabbing';
        scroller.scrollLeft = drag.left - dx;
        scroller.scrollTop = drag.top - dy;
        showTip(null, event);
        return;
      }
    }
    const found = hit(event);
    canvas.style.cursor = found.bar || (found.row && (found.label || found.row.kind === 'heading')) ? 'pointer' : 'grab';
    showTip(found.bar, event);
    if (view.hovered !== found.bar) {
      view.hovered = found.bar;
      queue();
    }
  });
  canvas.addEventListener('pointerleave', () => {
    tip.hidden = true;
    view.hovered = null;
    queue();
  });
  canvas.addEventListener('pointerup', () => {
    canvas.style.cursor = 'grab';
  });
  canvas.addEventListener('click', (event) => {
    const moved = drag?.moved ?? false;
    drag = null;
    if (moved) return;
    const { row, bar } = hit(event);
    if (!row) return;
    if (row.kind === 'heading') options.toggled(row.key);
    else choose(row, bar);
  });
  canvas.addEventListener('pointercancel', () => {
    drag = null;
  });
  scroller.addEventListener('scroll', queue, { passive: true });
  scroller.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const x = event.clientX - canvas.getBoundingClientRect().left - view.labels;
    zoomTo(view.pixels * Math.exp(-event.deltaY / 300), Math.max(0, x));
  }, { passive: false });
  scroller.addEventListener('keydown', (event) => {
    const lines = view.rows.filter((row) => row.kind === 'line');
    const at = lines.findIndex((row) => row.key === view.selectedRow);
    const row = lines[at];
    const move = (to: number): void => {
      const next = lines[Math.min(lines.length - 1, Math.max(0, to))];
      if (!next) return;
      choose(next, null);
      showRow(next);
    };
    const step = (by: number): void => {
      if (!row) return move(0);
      const place = view.selected ? row.bars.indexOf(view.selected) : by > 0 ? -1 : row.bars.length;
      const bar = row.bars[Math.min(row.bars.length - 1, Math.max(0, place + by))];
      if (!bar) return;
      choose(row, bar);
      showBar(bar);
    };
    switch (event.key) {
      case 'ArrowDown': move(at + 1); break;
      case 'ArrowUp': move(at === -1 ? 0 : at - 1); break;
      case 'PageDown': move(at + 15); break;
      case 'PageUp': move(at - 15); break;
      case 'Home': move(0); break;
      case 'End': move(lines.length - 1); break;
      case 'ArrowRight': step(1); break;
      case 'ArrowLeft': step(-1); break;
      case '+': case '=': zoomTo(view.pixels * 1.4, (view.width - view.labels) / 2); break;
      case '-': zoomTo(view.pixels / 1.4, (view.width - view.labels) / 2); break;
      default: return;
    }
    event.preventDefault();
  });
  new ResizeObserver(() => requestAnimationFrame(() => {
    measure();
    redraw();
  })).observe(scroller);

  return {
    element,
    setRows: (rows, collapsed) => {
      view.rows = rows;
      view.collapsed = collapsed;
      view.hovered = null;
      tip.hidden = true;
      // As tall as a small show needs; a search that leaves few rows does not make the page jump.
      tallest = Math.max(tallest, AXIS + totalHeight(rows) + 24);
      scroller.style.maxHeight = `${tallest}px`;
      measure();
      redraw();
    },
    zoom: (zoom) => {
      zoomed = zoom;
      const middle = view.start + (scroller.scrollLeft + (view.width - view.labels) / 2) / view.pixels;
      // From the whole show, a closer look begins at the day of the plan.
      const wasAll = view.pixels <= pixelsFor('all', span, view.width - view.labels - 14) * 1.01;
      measure();
      scroller.scrollLeft = wasAll
        ? (options.asOf - view.start - 2) * view.pixels
        : (middle - view.start) * view.pixels - (view.width - view.labels) / 2;
      redraw();
    },
    zoomBy: (factor) => zoomTo(view.pixels * factor, (view.width - view.labels) / 2),
    reveal: (bar) => {
      const row = view.rows.find((one) => one.kind === 'line' && one.bars.includes(bar));
      if (!row) return;
      choose(row, bar);
      showRow(row);
      showBar(bar);
      redraw();
    },
    redraw: () => {
      measure();
      redraw();
    },
    painted: () => painted,
  };
}
