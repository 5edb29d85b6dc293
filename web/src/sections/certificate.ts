// How good the plan is, what is proven about it, and how to get it again.

import uPlot from 'uplot';
import { h, onWidth, section } from '../dom';
import type { Lookup } from '../lookup';
import { exactMoney, money, shortMoney } from '../words/money';
import { capital, perCent, thousands } from '../words/plain';
import { quality } from '../words/quality';

/** What each component counts, in the order of the rules. */
const COMPONENTS: [string, string, string][] = [
  ['broken_rules', 'Hard rules broken', 'Fixed dates, locks and contractual milestones that could not be kept. Priced so high that nothing else is traded for them.'],
  ['milestone_lateness', 'Late milestones', 'Each shot or asset late for a milestone, by its value and the days it is late, plus penalties agreed.'],
  ['shot_lateness', 'Late shots and tasks', 'Days after their own due dates, weighted by priority.'],
  ['unscheduled', 'Work without a place', 'Work that nobody could take in time, at five times its cost.'],
  ['labour', 'Avoidable labour', 'Freelance days and overtime that this plan causes and another could avoid. Staff already paid do not count here.'],
  ['overtime_aversion', 'Long weeks', 'Weeks beyond 45, 50 and 55 hours.'],
  ['continuity', 'Too many hands on a sequence', 'More artists of a department on one sequence than its work needs.'],
  ['switches', 'Handovers and changes', 'Work in progress taken over by somebody else, and artists moving between sequences.'],
  ['fit', 'Work that suits others better', 'Experienced artists on class A work, and work that its artists would rather not do.'],
  ['earliness', 'Finished long before needed', 'Work done more than ten days early, when notes may still come.'],
  ['stability', 'Changes of the earlier plan', 'Other artists or another first day than in the plan that this one keeps to; soon is dearer than later.'],
  ['technology', 'Beyond the pools', 'Cloud rendering, rented licences and desks.'],
  ['balance', 'Uneven teams', 'Artists of a department who have more or less to do than their colleagues in the same four weeks.'],
  ['leads', 'Hero shots without a lead', 'Tasks of class D shots that nobody who leads works on, though somebody could.'],
];

/** `seed` is the seed's digits as they stand in the file: it may be larger than a number here can hold. */
export function certificate(data: Lookup, seed: string | undefined): { element: HTMLElement; start: () => void } {
  const { certificate: proof } = data.document;
  const judged = quality(data.document);
  const curve = improvement(data);
  const element = section('certificate', 'How good is this plan?',
    'Everything that makes a plan worse is given a price; the plan with the lowest sum wins. These are penalty points in money, not the budget.',
    h('div', { class: 'columns' },
      h('div', { class: 'card pad' },
        h('h3', {}, judged.title),
        ...judged.sentences.map((text) => h('p', {}, text)),
        limit(data),
        bounds(data)),
      curve.element),
    components(data),
    facts(data, seed ?? String(proof.seed)));
  return { element, start: curve.start };
}

/** The plan beside the least that is possible, as two bars. */
function limit(data: Lookup): HTMLElement {
  const { objective, lower_bound: bound, bound_from: from } = data.document.certificate;
  const most = Math.max(objective, 1);
  const bar = (name: string, value: number, kind: string): HTMLElement => h('div', { class: 'limit-row' },
    h('span', {}, name), h('div', { class: 'limit-track' }, h('i', { class: kind, style: `width:${(Math.max(0, value) / most) * 100}%` })),
    h('b', {}, money(value, data.currency)));
  return h('div', { class: 'limit' },
    bar('This plan', objective, 'plan'),
    bar('No plan can be below', bound, 'bound'),
    h('p', { class: 'quiet' }, from !== '' ? `The limit comes from the ${from}.` : ''));
}

function bounds(data: Lookup): HTMLElement | null {
  const tried = Object.entries(data.document.certificate.bounds);
  if (tried.length < 2) return null;
  return h('details', { class: 'fold' }, h('summary', {}, 'All limits that were tried'),
    h('table', { class: 'table' }, h('tbody', {}, ...tried.map(([name, value]) => h('tr', {},
      h('th', { scope: 'row' }, capital(name.replaceAll('_', ' '))), h('td', { class: 'number' }, money(value, data.currency)))))));
}

function improvement(data: Lookup): { element: HTMLElement; start: () => void } {
  const { improvement: points, steps, objective } = data.document.certificate;
  if (points.length < 2) {
    return { element: h('div', { class: 'card pad' }, h('h3', {}, 'Search'), h('p', {}, 'The first plan was not improved: no better one was found in the steps given.')), start: () => undefined };
  }
  const place = h('div', { class: 'plot' });
  const element = h('div', { class: 'card pad' }, h('h3', {}, 'How the plan got better'),
    h('p', { class: 'quiet' }, `Best sum found, from the first plan to step ${thousands(steps)}. A curve that still falls at its end says: give it more time.`), place);
  return {
    element,
    start: () => {
      const last = points[points.length - 1];
      const shown = last && last[0] < steps ? [...points, [steps, objective]] : points;
      const paths = uPlot.paths.stepped?.({ align: 1 });
      const axis: Partial<uPlot.Axis> = { font: '12px "Segoe UI", Inter, "Liberation Sans", Arial, sans-serif', stroke: '#475467', ticks: { stroke: '#d9dee6' }, grid: { stroke: '#eef1f5', width: 1 } };
      const figure = new uPlot({
        width: place.clientWidth || 500, height: 220, legend: { show: false }, cursor: { show: false },
        scales: { x: { time: false }, y: { range: (_, min, max) => [Math.max(0, min - (max - min) * 0.15), max + (max - min) * 0.1 || 1] } },
        axes: [{ ...axis, values: (_, splits) => splits.map((value) => (Number.isInteger(value) ? thousands(value) : '')) }, { ...axis, size: 74, values: (_, splits) => splits.map((value) => shortMoney(value, data.currency)) }],
        series: [{}, { stroke: '#3b6fb6', width: 2, fill: 'rgba(59, 111, 182, 0.10)', points: { show: false }, ...(paths ? { paths } : {}) }],
      }, [shown.map((point) => point[0] ?? 0), shown.map((point) => point[1] ?? 0)], place);
      onWidth(place, (width) => figure.setSize({ width, height: 220 }));
    },
  };
}

function components(data: Lookup): HTMLElement {
  const { components: parts, multipliers, objective } = data.document.certificate;
  const known = new Set(COMPONENTS.map(([name]) => name));
  const all = [
    ...COMPONENTS.filter(([name]) => parts[name] !== undefined),
    ...Object.keys(parts).filter((name) => !known.has(name)).map((name): [string, string, string] => [name, capital(name.replaceAll('_', ' ')), '']),
  ];
  const weighted = Object.values(multipliers).some((points) => points !== 10_000);
  return h('div', { class: 'card table-card' }, h('table', { class: 'table', id: 'component-table' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'What counts'), h('th', { scope: 'col' }, 'Meaning'),
      weighted && h('th', { scope: 'col', class: 'number' }, 'Price'), weighted && h('th', { scope: 'col', class: 'number' }, 'Weight in this mode'),
      h('th', { scope: 'col', class: 'number' }, weighted ? 'Counts' : 'Price'))),
    h('tbody', {}, ...all.map(([name, title, meaning]) => {
      const amount = parts[name] ?? 0;
      const points = multipliers[name] ?? 10_000;
      return h('tr', { class: amount === 0 ? 'faint' : '' },
        h('th', { scope: 'row', class: 'nowrap' }, title), h('td', { class: 'meaning' }, meaning),
        weighted && h('td', { class: 'number', title: exactMoney(amount, data.currency) }, amount === 0 ? '–' : money(amount, data.currency)),
        weighted && h('td', { class: 'number' }, `× ${points / 10_000}`),
        h('td', { class: 'number' }, amount === 0 ? '–' : money(Math.round((amount * points) / 10_000), data.currency)));
    })),
    h('tfoot', {}, h('tr', { class: 'total' }, h('th', { scope: 'row' }, 'Sum'), h('td', {}), weighted && h('td', {}), weighted && h('td', {}),
      h('td', { class: 'number', title: exactMoney(objective, data.currency) }, money(objective, data.currency))))));
}

function facts(data: Lookup, seed: string): HTMLElement {
  const { certificate: proof } = data.document;
  const { linear_program: program } = proof;
  const entries: [string, string][] = [
    ['Rules broken', proof.violations === 0 ? 'None. Every rule was judged again by code that shares nothing with the planner.' : String(proof.violations)],
    ['Gap to the limit', proof.gap === null ? 'Not worth saying: no strong limit is known' : perCent(proof.gap)],
    ['Steps of improvement', `${thousands(proof.steps)}${proof.seconds !== null ? ` in ${Math.round(proof.seconds * 10) / 10} s` : ''}${proof.interrupted ? ', interrupted' : ''}`],
    ['Seed', seed],
    ['Linear program', program === null ? 'None' : `${capital(program.backend)}: ${thousands(program.columns)} columns, ${thousands(program.rows)} rows, optimal value ${money(program.value, data.currency)}`],
    ...(program === null ? [] : [['Its accuracy', `Largest residual ${program.primal_residual.toExponential(1)}, duality gap ${program.duality_gap.toExponential(1)}`] as [string, string]]),
    ['Program', proof.program],
    ['Input', proof.input_hash],
  ];
  return h('div', { class: 'card pad' }, h('h3', {}, 'To get this plan again'),
    h('p', { class: 'quiet' }, 'The same input, seed and number of steps give the same plan.'),
    h('dl', { class: 'facts' }, ...entries.flatMap(([name, value]) => [h('dt', {}, name), h('dd', { class: name === 'Input' ? 'hash' : '' }, value)])));
}
