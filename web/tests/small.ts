// A production small enough to work out by hand: two shots, two artists, one vendor.

import type { Document } from '../src/document';

const reason = { code: 'release', text: 'starts with the turnover', task: null };
const task = (id: string, entity: string, department: string, end: string, due: string | null): Document['tasks'][number] => ({
  id, entity, entity_kind: 'shot', department, status: 'ready', work_minutes: 960, start: '2027-04-05', end, due, reason,
});
const work = (name: string, artist: string | null, segments: [number, number][]): Document['assignments'][number] => ({
  task: name, part: 0, artist, vendor: artist === null ? 'Far Roto' : null, start: '2027-04-05', end: '2027-04-06', segments,
  effort_minutes: 960, overtime_minutes: 0, cost: 60_000,
});
const nothing = {
  account: '', description: '', original_budget: 0, approved_changes: 0, current_budget: 0, actual: 0, accrued: 0,
  committed: 0, etc: 0, efc: 0, variance: 0, efc_last_period: null, movement: null,
};

/** Slots are quarter days from Monday 5 April 2027. */
export function small(): Document {
  return {
    format: 'shotplan-result', version: 1,
    production: {
      name: 'Small', as_of: '2027-04-05', currency: 'GBP', currency_decimals: 2, mode: 'balanced', first_day: '2027-04-05',
      last_day: '2027-05-30', slots_per_day: 4, day_minutes: 480, days_off: ['2027-04-10', '2027-04-11'],
      shows: [{ id: 's', name: 'Small' }],
      departments: [{ id: 'roto', name: 'Roto' }, { id: 'cmp', name: 'Compositing' }],
      people: [
        { id: 'ann', name: 'Ann', department: 'cmp', site: 'london', placeholder: false },
        { id: 'bob', name: 'Bob', department: 'roto', site: 'london', placeholder: false },
      ],
      entities: [
        { id: '020_0010', kind: 'shot', sequence: '020', show: 's', class: 'B', due: '2027-04-06' },
        { id: '010_0010', kind: 'shot', sequence: '010', show: 's', class: 'A', due: '2027-04-30' },
      ],
    },
    headline: {
      delivers: false, finish: '2027-04-09', milestones: 0, milestones_late: 0, deliverables: 2, deliverables_late: 1,
      worst_late_days: 3, unplaced: 0, efc: 0, budget: null, variance: null, planned_minutes: 3_840,
    },
    milestones: [], late: [],
    tasks: [
      task('a', '020_0010', 'roto', '2027-04-06', '2027-04-06'),
      task('b', '020_0010', 'cmp', '2027-04-09', '2027-04-06'),
      task('c', '010_0010', 'roto', '2027-04-06', '2027-04-30'),
      task('d', '010_0010', 'cmp', '2027-04-06', null),
    ],
    assignments: [work('a', 'bob', [[0, 8]]), work('b', 'ann', [[8, 20]]), work('c', null, [[0, 8]]), work('d', 'ann', [[0, 4], [6, 8]])],
    overtime: [], crew: { weeks: [], departments: [] },
    cost: { report: [], total: nothing, weeks: [], by_department: [], by_entity: [] },
    reports: { cost: [], cash: null }, conflicts: [], warnings: [], assumed: {},
    certificate: {
      status: 'feasible', objective: 200, components: {}, multipliers: {}, lower_bound: 100, bound_from: 'load', gap: 5_000,
      bounds: {}, improvement: [[0, 400], [10, 200]], seed: 1, steps: 20, seconds: null, input_hash: '', program: 'shotplan',
      linear_program: null, violations: 0, interrupted: false,
    },
  };
}
