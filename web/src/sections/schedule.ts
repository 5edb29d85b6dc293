// The schedule: who works when on what, and why it sits there.

import { swatch } from '../colours';
import { h, fill, headRow, section } from '../dom';
import { type Chart, chart } from '../gantt/chart';
import { type Bar, type Grouping, type Row, bars as allBars, rows as layoutRows } from '../gantt/layout';
import type { Zoom } from '../gantt/timescale';
import { type Lookup, departmentName, entityKey, worker } from '../lookup';
import { parseDay, plainDates, sayDay, shortDay } from '../words/days';
import { exactMoney } from '../words/money';
import { capital, count, status, thousands, workDays } from '../words/plain';

export interface Schedule {
  element: HTMLElement;
  /** Shows only the named shots, assets or tasks, with a note that says what is shown. */
  showOnly: (ids: string[], note: string) => void;
  /** Finds a task and shows it. */
  showTask: (id: string) => void;
  painted: () => number;
  bars: number;
  start: () => void;
  chart: Chart;
}

export function schedule(data: Lookup): Schedule {
  const every = allBars(data);
  let grouping: Grouping = 'shot';
  let collapsed = new Set<string>();
  let words = '';
  let lateOnly = false;
  let only: { ids: Set<string>; note: string } | null = null;
  const hiddenDepartments = new Set<number>();

  const shownNote = h('span', { class: 'quiet', 'aria-live': 'polite' });
  const filterNote = h('div', { class: 'filter-note', hidden: true });
  const details = h('div', { class: 'gantt-details', 'aria-live': 'polite' });
  const empty = h('p', { class: 'gantt-empty', hidden: true }, 'Nothing matches. Clear the search or the filter to see the whole schedule.');

  const days = every.reduce(
    (range, bar) => ({ start: Math.min(range.start, bar.start), end: Math.max(range.end, bar.end) }),
    { start: data.asOf, end: data.asOf + 14 });
  const dues = data.document.milestones.map(({ due }) => parseDay(due));
  const end = Math.ceil(Math.max(days.end, ...dues)) + 5;

  const view = chart({
    start: Math.floor(Math.min(days.start, data.asOf)) - 2,
    end,
    asOf: data.asOf,
    milestones: data.document.milestones
      .filter((row) => !row.done)
      .map((row) => ({ day: parseDay(row.due), name: row.name || row.id, late: (row.slack_days ?? 0) < 0 || row.unplaced > 0 }))
      .sort((a, b) => Number(b.late) - Number(a.late) || b.day - a.day),
    daysOff: data.daysOff,
    code: (bar) => grouping === 'shot'
      ? `${bar.task.department} · ${worker(bar.assignment, data)}`
      : `${bar.task.entity} · ${grouping === 'artist' ? bar.task.department : worker(bar.assignment, data)}`,
    describe: (bar) => describe(bar, data),
    chosen: (row, bar) => fill(details, rowTable(row, bar, data)),
    freed: () => {
      for (const button of zoomer.querySelectorAll('.segment')) button.setAttribute('aria-pressed', 'false');
    },
    toggled: (group) => {
      collapsed = new Set(collapsed);
      if (!collapsed.delete(group)) collapsed.add(group);
      refresh();
    },
  });

  function refresh(): void {
    const shown = every.filter((bar) =>
      (!lateOnly || bar.late)
      && !hiddenDepartments.has(bar.department)
      && (only === null || only.ids.has(bar.task.id) || only.ids.has(bar.task.entity))
      && (words === '' || words.split(/\s+/).every((word) => bar.words.includes(word))));
    view.setRows(layoutRows(shown, grouping, collapsed, data), collapsed);
    shownNote.textContent = shown.length === every.length
      ? count(every.length, 'bar')
      : `${thousands(shown.length)} of ${count(every.length, 'bar')}`;
    empty.hidden = shown.length > 0;
    filterNote.hidden = only === null;
    if (only) {
      fill(filterNote, h('span', {}, only.note),
        h('button', { type: 'button', class: 'button small', click: () => { only = null; refresh(); } }, 'Show all work again'));
    }
  }

  const grouper = choice('Group by', [['shot', 'Shot'], ['department', 'Department'], ['artist', 'Artist']], 'shot', (value) => {
    grouping = value as Grouping;
    collapsed = new Set();
    refresh();
  });
  const zoomer = choice('Zoom', [['day', 'Day'], ['week', 'Week'], ['month', 'Month'], ['all', 'All']], 'all', (value) => view.zoom(value as Zoom));
  const search = h('input', {
    type: 'search', class: 'search', placeholder: 'Find a task, shot or artist', 'aria-label': 'Find a task, shot or artist',
    input: () => {
      words = search.value.trim().toLowerCase();
      refresh();
    },
  });
  const late = h('input', { type: 'checkbox', change: () => { lateOnly = late.checked; refresh(); } });
  const collapse = h('button', {
    type: 'button', class: 'button',
    click: () => {
      const all = new Set(layoutRows(every, grouping, new Set(), data).filter((row) => row.kind === 'heading').map((row) => row.key));
      collapsed = collapsed.size < all.size ? all : new Set();
      refresh();
    },
  }, 'Fold / unfold');

  const element = section(
    'schedule', 'Schedule',
    'Each bar is one artist on one task. Point at a bar to see who, when, what it costs and why it sits there; click it to keep the details below. Drag to move, Ctrl + wheel to zoom.',
    h('div', { class: 'card gantt-card' },
      h('div', { class: 'toolbar' },
        grouper, zoomer,
        h('div', { class: 'buttons' },
          h('button', { type: 'button', class: 'button square', 'aria-label': 'Zoom out', click: () => view.zoomBy(1 / 1.5) }, '−'),
          h('button', { type: 'button', class: 'button square', 'aria-label': 'Zoom in', click: () => view.zoomBy(1.5) }, '+')),
        collapse, search,
        h('label', { class: 'check' }, late, 'Late only'),
        shownNote),
      filterNote,
      view.element, empty,
      h('p', { class: 'paper-only quiet' }, 'Printed as it stood on the screen: group, fold, filter or zoom it before printing. plan.csv lists every task.'),
      legend(every, hiddenDepartments, refresh, data)),
    details, unplaced(data));

  /** Takes every filter away: who asks for a task from elsewhere on the page must see it. */
  const clear = (): void => {
    only = null;
    words = '';
    search.value = '';
    lateOnly = false;
    late.checked = false;
    hiddenDepartments.clear();
    for (const entry of element.querySelectorAll('.legend-entry')) entry.setAttribute('aria-pressed', 'true');
    collapsed = new Set();
  };
  const showTask = (id: string): void => {
    clear();
    const bar = every.find((one) => one.task.id === id);
    refresh();
    if (bar) view.reveal(bar);
    element.scrollIntoView({ behavior: 'smooth' });
  };
  return {
    element, showTask, chart: view, bars: every.length, painted: view.painted,
    showOnly: (ids, note) => {
      clear();
      only = { ids: new Set(ids), note };
      refresh();
      element.scrollIntoView({ behavior: 'smooth' });
    },
    start: refresh,
  };
}

function choice(label: string, options: [string, string][], initial: string, chosen: (value: string) => void): HTMLElement {
  const buttons = options.map(([value, text]) => h('button', {
    type: 'button', class: 'segment', 'aria-pressed': value === initial ? 'true' : 'false',
    click: (event) => {
      for (const button of buttons) button.setAttribute('aria-pressed', String(button === event.currentTarget));
      chosen(value);
    },
  }, text));
  return h('div', { class: 'segments', role: 'group', 'aria-label': label }, h('span', { class: 'segments-label' }, label), ...buttons);
}

/** What the pointer shows over a bar. */
function describe(bar: Bar, data: Lookup): Node {
  const { task, assignment } = bar;
  const entity = data.entity.get(entityKey(task.entity_kind, task.entity));
  const minutes = data.document.production.day_minutes;
  const parts = data.assignmentsOf.get(task.id)?.length ?? 1;
  const line = (name: string, value: string, kind = ''): HTMLElement =>
    h('div', { class: `tip-line ${kind}` }, h('span', { class: 'tip-name' }, name), h('span', {}, value));
  return h('div', {},
    h('div', { class: 'tip-title' }, h('i', { class: 'swatch', style: `background:${swatch(bar.department)}` }), task.id),
    h('div', { class: 'tip-sub' }, [
      departmentName(task.department, data),
      `${task.entity_kind} ${task.entity}${entity?.class != null ? ` (class ${entity.class})` : ''}`,
      status(task.status),
    ].join(' · ')),
    line('Artist', `${worker(assignment, data)}${assignment.vendor !== null ? ' (vendor)' : ''}${parts > 1 ? `, part ${assignment.part + 1} of ${parts}` : ''}`),
    line('Dates', `${shortDay(parseDay(assignment.start))} – ${sayDay(assignment.end)}`),
    task.due !== null && line('Due', `${sayDay(task.due)}${bar.late ? ', late' : ''}`, bar.late ? 'bad' : ''),
    line('Effort', `${workDays(assignment.effort_minutes, minutes)}${assignment.overtime_minutes > 0 ? ` + ${Math.round(assignment.overtime_minutes / 6) / 10} h overtime` : ''}`),
    assignment.cost !== null && line('Cost', exactMoney(assignment.cost, data.currency)),
    h('div', { class: 'tip-why' }, h('b', {}, 'Why here: '), task.reason.text === '' ? 'no reason was recorded' : plainDates(task.reason.text)));
}

/** The chosen row as a table: for reading at leisure, and for those who cannot see the chart. */
function rowTable(row: Row, chosen: Bar | null, data: Lookup): HTMLElement {
  const minutes = data.document.production.day_minutes;
  return h('div', { class: 'card table-card' },
    h('table', { class: 'table' },
      h('caption', {}, `${row.label}${row.due !== null ? `, due ${shortDay(row.due)}` : ''}: ${count(row.bars.length, 'bar')}`),
      h('thead', {}, headRow(['Task', 'Department', 'Artist', 'Start', 'End', 'Due', '>Effort', '>Cost', 'Why it sits there'])),
      h('tbody', {}, ...row.bars.slice(0, 200).map((bar) => h('tr', { class: bar === chosen ? 'chosen' : '' },
        h('td', {}, bar.task.id),
        h('td', {}, departmentName(bar.task.department, data)),
        h('td', {}, worker(bar.assignment, data)),
        h('td', { class: 'nowrap' }, sayDay(bar.assignment.start)),
        h('td', { class: `nowrap${bar.late ? ' bad' : ''}` }, sayDay(bar.assignment.end), bar.late && ' (late)'),
        h('td', { class: 'nowrap' }, sayDay(bar.task.due)),
        h('td', { class: 'number' }, workDays(bar.assignment.effort_minutes, minutes)),
        h('td', { class: 'number' }, bar.assignment.cost === null ? '–' : exactMoney(bar.assignment.cost, data.currency)),
        h('td', {}, capital(plainDates(bar.task.reason.text))))))));
}

function legend(every: Bar[], hidden: Set<number>, refresh: () => void, data: Lookup): HTMLElement {
  const used = new Map<number, string>();
  for (const bar of every) if (!used.has(bar.department)) used.set(bar.department, bar.task.department);
  const entries = [...used].sort(([a], [b]) => a - b).map(([place, id]) => h('button', {
    type: 'button', class: 'legend-entry', 'aria-pressed': 'true', title: 'Click to hide or show this department',
    click: (event) => {
      const gone = !hidden.delete(place);
      if (gone) hidden.add(place);
      (event.currentTarget as HTMLElement).setAttribute('aria-pressed', String(!gone));
      refresh();
    },
  }, h('i', { class: 'swatch', style: `background:${swatch(place)}` }), departmentName(id, data)));
  return h('div', { class: 'legend' },
    ...entries,
    h('span', { class: 'legend-gap' }),
    h('span', { class: 'legend-key' }, h('i', { class: 'key-late' }, '!'), 'ends after its due date'),
    h('span', { class: 'legend-key' }, h('i', { class: 'key-due' }), 'due'),
    h('span', { class: 'legend-key' }, h('i', { class: 'key-milestone' }), 'milestone'),
    h('span', { class: 'legend-key' }, h('i', { class: 'key-asof' }), 'day of the plan'),
    h('span', { class: 'legend-key' }, h('i', { class: 'key-off' }), 'day off'));
}

function unplaced(data: Lookup): HTMLElement | null {
  const tasks = data.document.tasks.filter((task) => task.start === null);
  if (tasks.length === 0) return null;
  return h('details', { class: 'card fold warn' },
    h('summary', {}, `${count(tasks.length, 'task')} ${tasks.length === 1 ? 'has' : 'have'} no place in the plan`),
    h('div', { class: 'fold-body' },
      h('table', { class: 'table' },
        h('thead', {}, headRow(['Task', 'Part of', 'Department', '>Work', 'Why'])),
        h('tbody', {}, ...tasks.map((task) => h('tr', {},
          h('td', {}, task.id), h('td', {}, `${task.entity_kind} ${task.entity}`),
          h('td', {}, departmentName(task.department, data)),
          h('td', { class: 'number' }, workDays(task.work_minutes, data.document.production.day_minutes)),
          h('td', {}, capital(plainDates(task.reason.text)))))))));
}
