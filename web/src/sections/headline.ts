// The answer in one look: will we deliver, what does it cost, how good is the plan.

import { h } from '../dom';
import type { Lookup } from '../lookup';
import { sayDay } from '../words/days';
import { exactMoney, money } from '../words/money';
import { capital, count, list, mode, perCent, thousands } from '../words/plain';
import { quality } from '../words/quality';

type Tone = 'good' | 'fair' | 'bad' | 'plain';

export function headline(data: Lookup): HTMLElement {
  const { document } = data;
  const { production } = document;
  const assumed = Object.values(document.assumed).reduce((sum, times) => sum + times, 0);
  return h('section', { id: 'headline', class: 'hero', 'aria-labelledby': 'headline-title' },
    h('p', { class: 'hero-over' },
      h('span', {}, `Plan as of ${sayDay(production.as_of)}`),
      h('span', {}, mode(production.mode)),
      document.certificate.interrupted && h('span', { class: 'bad' }, 'Planning was interrupted; this is the best plan until then')),
    h('h1', { id: 'headline-title' }, production.name),
    h('div', { class: 'tiles' }, delivery(data), cost(data), goodness(data)),
    h('p', { class: 'hero-facts' },
      fact('#schedule', count(document.tasks.length, 'open task')),
      fact('#crew', `${thousands(Math.round(document.headline.planned_minutes / Math.max(1, production.day_minutes)))} artist-days planned`),
      fact('#schedule', `${count(production.people.length, 'artist')}`),
      fact('#warnings', document.warnings.length === 0 ? 'no warnings about the data' : count(document.warnings.length, 'warning about the data', 'warnings about the data'), document.warnings.length > 0 ? 'fair' : 'plain'),
      fact('#assumed', assumed === 0 ? 'nothing was assumed' : count(assumed, 'assumed value'), assumed > 0 ? 'fair' : 'plain')));
}

function fact(target: string, text: string, tone: Tone = 'plain'): HTMLElement {
  return h('a', { href: target, class: `fact ${tone}` }, text);
}

function tile(question: string, answer: string, tone: Tone, ...lines: (Node | string)[]): HTMLElement {
  return h('article', { class: `tile ${tone}` },
    h('h2', {}, question),
    h('p', { class: 'answer' }, answer),
    ...lines.map((line) => (typeof line === 'string' ? h('p', { class: 'tile-line' }, line) : line)));
}

function delivery(data: Lookup): HTMLElement {
  const { headline: head } = data.document;
  const finish = head.finish !== null ? `Last day of work: ${sayDay(head.finish)}.` : 'No work is planned.';
  if (head.delivers) {
    const met = [
      head.milestones > 0 ? count(head.milestones, 'milestone') : '',
      head.deliverables > 0 ? `${thousands(head.deliverables)} due ${head.deliverables === 1 ? 'date' : 'dates'}` : '',
    ].filter((text) => text !== '');
    const broken = data.document.conflicts.length;
    return tile('Will we deliver?', broken === 0 ? 'Yes, on time' : 'Dates yes, not every rule', broken === 0 ? 'good' : 'fair',
      met.length > 0 ? `${capital(list(met))} met.` : 'No milestones or due dates are set.',
      broken === 0 ? finish : `${count(broken, 'hard rule')} could not be kept: see the decisions below. ${finish}`);
  }
  const late = [
    head.milestones_late > 0 ? `${head.milestones_late} of ${count(head.milestones, 'milestone')} late` : '',
    head.deliverables_late > 0 ? `${thousands(head.deliverables_late)} of ${thousands(head.deliverables)} due dates missed` : '',
    head.unplaced > 0 ? `${count(head.unplaced, 'task')} without a place` : '',
  ].filter((text) => text !== '');
  const answer = head.milestones_late > 0 ? 'No, not on time'
    : head.unplaced > 0 ? 'Not all of it'
      : late.length === 0 ? 'Not by every rule'
        : head.milestones > 0 ? 'Milestones yes, some shots late' : 'Not every date';
  return tile('Will we deliver?', answer, head.milestones_late > 0 || head.unplaced > 0 ? 'bad' : 'fair',
    late.length > 0 ? `${capital(list(late))}.` : 'Dates are met, but a rule could not be kept.',
    head.worst_late_days > 0 ? `The worst by ${count(head.worst_late_days, 'working day')}. ${finish}` : finish);
}

function cost(data: Lookup): HTMLElement {
  const { headline: head } = data.document;
  const efc = money(head.efc, data.currency);
  if (head.budget === null || head.variance === null) {
    return tile('What does it cost?', efc, 'plain', 'Estimated final cost. There is no budget to compare it with.');
  }
  const share = head.budget > 0 ? ` (${perCent(Math.round((Math.abs(head.variance) / head.budget) * 10_000))})` : '';
  const against = head.variance === 0 ? 'Exactly on budget.'
    : `${money(Math.abs(head.variance), data.currency)}${share} ${head.variance > 0 ? 'under' : 'over'} budget.`;
  const spent = data.document.cost.total.actual + data.document.cost.total.accrued;
  const meter = h('div', { class: 'meter', role: 'img', 'aria-label': `Spent ${money(spent, data.currency)}, estimated final ${efc}, budget ${money(head.budget, data.currency)}` });
  const scale = Math.max(head.budget, head.efc, 1) * 1.03;
  meter.append(
    h('i', { class: 'meter-efc', style: `width:${(head.efc / scale) * 100}%` }),
    h('i', { class: 'meter-spent', style: `width:${(Math.max(0, spent) / scale) * 100}%` }),
    h('i', { class: 'meter-budget', style: `left:${(head.budget / scale) * 100}%` }));
  const box = tile('What does it cost?', efc, head.variance < 0 ? 'bad' : 'good',
    `Estimated final cost. ${against}`, meter,
    h('p', { class: 'tile-line quiet' }, `${money(spent, data.currency)} spent to date · budget ${money(head.budget, data.currency)}`));
  box.title = `Estimated final cost ${exactMoney(head.efc, data.currency)}`;
  return box;
}

function goodness(data: Lookup): HTMLElement {
  const judged = quality(data.document);
  return tile('How good is the plan?', judged.title, judged.tone, ...judged.sentences,
    h('p', { class: 'tile-line' }, h('a', { href: '#certificate' },
      data.document.certificate.violations === 0 ? 'Checked by an independent judge: no rule broken' : `${data.document.certificate.violations} rules broken`)));
}
