// The saved result, as shotplan writes it (src/result). Money is in minor units, times are whole
// minutes, days are ISO 8601 texts with both ends in, slots are half-open. null = unknown.

import type { Answer } from './answer/types';

export interface Document {
  format: 'shotplan-result';
  version: number;
  production: Production;
  headline: Headline;
  milestones: Milestone[];
  late: Late[];
  tasks: Task[];
  assignments: Assignment[];
  overtime: Overtime[];
  crew: { weeks: string[]; departments: CrewRow[] };
  cost: Cost;
  reports: Reports;
  /** Missing in results of older programs. */
  desk?: Desk | null;
  /** Missing or null without an earlier plan to keep to. */
  since?: Since | null;
  conflicts: Conflict[];
  warnings: Warning[];
  assumed: Record<string, number>;
  certificate: Certificate;
  /** False where the pay of single people is not told. */
  with_rates?: boolean;
}

export interface Since {
  as_of: string;
  freeze_days: number;
  tasks: {
    task: string;
    start_a: string | null;
    end_a: string | null;
    who_a: string[];
    start_b: string | null;
    end_b: string | null;
    who_b: string[];
  }[];
  moved: number;
  people_changed: number;
  frozen_changed: number;
  added: number;
  gone: number;
  people_gone: string[];
  milestones: { id: string; a: string | null; b: string | null }[];
  final_cost_before: number | null;
  final_cost: number;
}

export interface Production {
  name: string;
  as_of: string;
  currency: string;
  currency_decimals: number;
  mode: string;
  first_day: string;
  last_day: string;
  slots_per_day: number;
  day_minutes: number;
  days_off: string[];
  shows: { id: string; name: string }[];
  departments: { id: string; name: string }[];
  people: Person[];
  entities: Entity[];
}

export interface Person {
  id: string;
  name: string;
  department: string | null;
  site: string;
  placeholder: boolean;
  /** Band of what a full day costs, in minor units: from, and up to without it. */
  band?: [number, number] | null;
}

export interface Entity {
  id: string;
  kind: string;
  sequence: string | null;
  show: string;
  class: string | null;
  due: string | null;
}

export interface Headline {
  delivers: boolean;
  finish: string | null;
  milestones: number;
  milestones_late: number;
  deliverables: number;
  deliverables_late: number;
  worst_late_days: number;
  unplaced: number;
  efc: number;
  budget: number | null;
  variance: number | null;
  planned_minutes: number;
}

export interface Milestone {
  id: string;
  name: string;
  show: string;
  kind: string;
  hard: boolean;
  due: string;
  planned: string | null;
  done: boolean;
  slack_days: number | null;
  earliest_possible: string | null;
  open_items: number;
  late_items: string[];
  unplaced: number;
  chain: string[];
}

export interface Late {
  id: string;
  kind: string;
  due: string;
  planned: string | null;
  days_late: number;
  earliest_possible: string | null;
  last_task: string | null;
}

export interface Task {
  id: string;
  entity: string;
  entity_kind: string;
  department: string;
  status: string;
  work_minutes: number;
  start: string | null;
  end: string | null;
  due: string | null;
  reason: { code: string; text: string; task: string | null };
}

export interface Assignment {
  task: string;
  part: number;
  artist: string | null;
  vendor: string | null;
  start: string;
  end: string;
  segments: [number, number][];
  effort_minutes: number;
  overtime_minutes: number;
  /** Null where the pay of single people is not told. */
  cost: number | null;
}

export interface Overtime {
  artist: string;
  date: string;
  minutes: number;
  /** Null where the pay of single people is not told. */
  cost: number | null;
  /** Whether their site does not work on that day. */
  day_off?: boolean;
}

export interface CrewRow {
  department: string;
  demand: number[];
  capacity: number[];
  booked: number[];
}

export interface Cost {
  report: CostRow[];
  total: CostRow;
  weeks: CostWeek[];
  by_department: Slice[];
  by_entity: Slice[];
}

/** The line producer's part, as far as the page shows it beside the reports. */
export interface Desk {
  contingency?: Contingency | null;
}

/** The reports about money, as on pages of their own: the cost report by what it is sorted by, and cash by week. */
export interface Reports {
  cost: [string, Answer][];
  cash: Answer | null;
}

/** What is set aside, and what of it is given to accounts. */
export interface Contingency {
  set_aside: number;
  drawn: number;
  left: number;
  draws: { date: string; from: string; account: string; amount: number; reason: string; left: number }[];
}

export interface CostRow {
  account: string;
  description: string;
  original_budget: number;
  approved_changes: number;
  current_budget: number;
  actual: number;
  accrued: number;
  committed: number;
  etc: number;
  efc: number;
  variance: number;
  efc_last_period: number | null;
  movement: number | null;
}

export interface CostWeek {
  week: string;
  labour: number;
  overtime: number;
  idle: number;
  commitments: number;
  /** Left out where there is none. */
  technology?: number;
  actual: number;
  cumulative: number;
}

export interface Slice {
  id: string;
  kind: string;
  amount: number;
  minutes: number | null;
}

export interface Conflict {
  object: string;
  rule: string;
  text: string;
  proven: boolean;
  proof: string;
  rules: ConflictRule[];
  irreducible: boolean;
  also: string[];
  chain: string[];
  earliest_possible: string | null;
  tried: boolean;
  ways_out: WayOut[];
}

export interface ConflictRule {
  object: string;
  rule: string;
  file: string | null;
  line: number | null;
}

export interface WayOut {
  text: string;
  days: number;
  cost: number;
}

export interface Warning {
  code: string;
  object: string;
  message: string;
  help: string;
  file: string | null;
  line: number | null;
}

export interface Certificate {
  status: string;
  objective: number;
  components: Record<string, number>;
  multipliers: Record<string, number>;
  lower_bound: number;
  bound_from: string;
  gap: number | null;
  bounds: Record<string, number>;
  improvement: [number, number][];
  seed: number;
  steps: number;
  seconds: number | null;
  input_hash: string;
  program: string;
  linear_program: LinearProgram | null;
  violations: number;
  interrupted: boolean;
}

export interface LinearProgram {
  backend: string;
  columns: number;
  rows: number;
  value: number;
  primal_residual: number;
  duality_gap: number;
}
