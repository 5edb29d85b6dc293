// Which bars stand in which row: pure, so that it can be tested without a canvas.

import type { Assignment, Task } from '../document';
import { type Lookup, departmentName, entityKey, isLate, worker } from '../lookup';
import { type Day, parseDay } from '../words/days';

export type Grouping = 'shot' | 'department' | 'artist';

/** One assignment as drawn; times in days since 1970-01-01, parts of a day by slot. */
export interface Bar {
  assignment: Assignment;
  task: Task;
  start: number;
  end: number;
  /** Worked runs when there is more than one, as [start, end, start, end …]. */
  runs: number[] | null;
  department: number;
  late: boolean;
  lane: number;
  /** What a search looks in, in lower case. */
  words: string;
}

/** A heading or a line of bars. */
export interface Row {
  kind: 'heading' | 'line';
  key: string;
  label: string;
  /** Quiet text beside the label. */
  note: string;
  bars: Bar[];
  lanes: number;
  due: Day | null;
  late: boolean;
  y: number;
  height: number;
}

export const LANE = 18;
const PADDING = 6;
export const HEADING = 26;

/** All bars of a document, by start. */
export function bars(data: Lookup): Bar[] {
  const slots = Math.max(1, data.document.production.slots_per_day);
  const out: Bar[] = [];
  for (const assignment of data.document.assignments) {
    const task = data.task.get(assignment.task);
    if (!task) continue;
    const first = assignment.segments[0];
    const last = assignment.segments[assignment.segments.length - 1];
    const start = first ? data.firstDay + first[0] / slots : parseDay(assignment.start);
    const end = last ? data.firstDay + last[1] / slots : parseDay(assignment.end) + 1;
    out.push({
      assignment,
      task,
      start,
      end,
      runs: assignment.segments.length > 1
        ? assignment.segments.flatMap(([from, to]) => [data.firstDay + from / slots, data.firstDay + to / slots])
        : null,
      department: data.departmentPlace.get(task.department) ?? 0,
      late: isLate(task),
      lane: 0,
      words: `${task.id} ${task.entity} ${worker(assignment, data)} ${assignment.artist ?? ''} ${task.department} ${departmentName(task.department, data)}`.toLowerCase(),
    });
  }
  return out.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Puts bars (sorted by start) into as few lanes as their overlaps allow; gives how many. */
export function pack(sorted: Bar[]): number {
  const ends: number[] = [];
  for (const bar of sorted) {
    let lane = ends.findIndex((end) => end <= bar.start + 1e-9);
    if (lane === -1) lane = ends.push(0) - 1;
    ends[lane] = bar.end;
    bar.lane = lane;
  }
  return Math.max(1, ends.length);
}

interface Line {
  group: string;
  groupRank: number;
  key: string;
  label: string;
  note: string;
  rank: number;
  due: Day | null;
  bars: Bar[];
}

/** Rows of a grouping, with headings; bars of collapsed groups stay on the heading only. */
export function rows(shown: Bar[], grouping: Grouping, collapsed: ReadonlySet<string>, data: Lookup): Row[] {
  const place = placer(grouping, data);
  const lines = new Map<string, Line>();
  for (const bar of shown) {
    const { key, make } = place(bar);
    let line = lines.get(key);
    if (!line) {
      line = make();
      lines.set(key, line);
    }
    line.bars.push(bar);
  }
  const groups = new Map<string, Line[]>();
  for (const line of lines.values()) {
    const members = groups.get(line.group);
    if (members) members.push(line);
    else groups.set(line.group, [line]);
  }
  const ordered = [...groups].sort(([a, [x]], [b, [y]]) =>
    (x?.groupRank ?? 0) - (y?.groupRank ?? 0) || compare(a, b));
  const out: Row[] = [];
  let y = 0;
  for (const [group, members] of ordered) {
    const all = members.flatMap((line) => line.bars).sort((a, b) => a.start - b.start);
    out.push({
      kind: 'heading', key: group, label: group, note: String(members.length), bars: all, lanes: 1,
      due: null, late: all.some((bar) => bar.late), y, height: HEADING,
    });
    y += HEADING;
    if (collapsed.has(group)) continue;
    members.sort((a, b) => a.rank - b.rank || compare(a.label, b.label));
    for (const line of members) {
      const lanes = pack(line.bars);
      const height = lanes * LANE + PADDING;
      out.push({
        kind: 'line', key: line.key, label: line.label, note: line.note, bars: line.bars, lanes,
        due: line.due, late: line.bars.some((bar) => bar.late), y, height,
      });
      y += height;
    }
  }
  return out;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function placer(grouping: Grouping, data: Lookup): (bar: Bar) => { key: string; make: () => Line } {
  const several = data.document.production.shows.length > 1;
  const showName = new Map(data.document.production.shows.map(({ id, name }) => [id, name || id]));
  const showRank = new Map(data.document.production.shows.map(({ id }, at) => [id, at]));
  const entityRank = new Map(data.document.production.entities.map((entity, at) => [entityKey(entity.kind, entity.id), at]));
  const family = (bar: Bar): { name: string; rank: number } => {
    const entity = data.entity.get(entityKey(bar.task.entity_kind, bar.task.entity));
    const show = entity?.show ?? '';
    const name = entity?.kind === 'shot'
      ? entity.sequence !== null ? `Sequence ${entity.sequence}` : 'Shots without a sequence'
      : entity?.kind === 'asset' ? 'Assets' : entity?.kind === 'sequence' ? `Sequence ${entity.id}` : 'Whole show';
    const rank = (showRank.get(show) ?? 0) * 10 + (entity?.kind === 'asset' ? 0 : entity?.kind === 'show' ? 2 : 1);
    return { name: several ? `${showName.get(show) ?? show} · ${name}` : name, rank };
  };
  switch (grouping) {
    case 'shot':
      return (bar) => {
        const key = entityKey(bar.task.entity_kind, bar.task.entity);
        return {
          key,
          make: () => {
            const entity = data.entity.get(key);
            const { name, rank } = family(bar);
            return {
              group: name, groupRank: rank, key, label: bar.task.entity,
              note: entity?.class ?? '', rank: entityRank.get(key) ?? 0,
              due: entity?.due != null ? parseDay(entity.due) : null, bars: [],
            };
          },
        };
      };
    case 'department':
      return (bar) => {
        const { name, rank } = family(bar);
        const group = departmentName(bar.task.department, data);
        const key = `${bar.task.department}\u0000${name}`;
        return {
          key,
          make: () => ({ group, groupRank: bar.department, key, label: name, note: '', rank, due: null, bars: [] }),
        };
      };
    case 'artist':
      return (bar) => {
        const { artist, vendor } = bar.assignment;
        const key = artist !== null ? `artist:${artist}` : `vendor:${vendor ?? ''}`;
        return {
          key,
          make: () => {
            const person = artist !== null ? data.person.get(artist) : undefined;
            const home = person?.department ?? null;
            return {
              group: artist === null ? 'Vendors' : home !== null ? departmentName(home, data) : 'No department',
              groupRank: artist === null ? 10_000 : home !== null ? data.departmentPlace.get(home) ?? 9_998 : 9_999,
              key, label: worker(bar.assignment, data), note: person?.placeholder ? 'to hire' : '',
              rank: 0, due: null, bars: [],
            };
          },
        };
      };
  }
}

/** Index of the row at a height, or the last row above it. */
export function rowAt(list: Row[], y: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((list[middle]?.y ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Height of all rows together. */
export function totalHeight(list: Row[]): number {
  const last = list[list.length - 1];
  return last ? last.y + last.height : 0;
}
