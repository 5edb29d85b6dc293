// Rules that cannot all hold, and what can be done: shown first, because somebody must decide.

import type { Conflict, WayOut } from '../document';
import { h, section } from '../dom';
import type { Lookup } from '../lookup';
import { plainDates, sayDay } from '../words/days';
import { money } from '../words/money';
import { capital, count } from '../words/plain';

export function conflicts(data: Lookup, showOnly: (ids: string[], note: string) => void): HTMLElement | null {
  const all = data.document.conflicts;
  if (all.length === 0) return null;
  return section('conflicts', `${count(all.length, 'decision')} for you to take`,
    'These rules cannot all hold. The plan below breaks the ones named here, at the least harm it found.',
    h('div', { class: 'conflicts' }, ...all.map((conflict) => h('article', { class: 'card conflict' },
      h('h3', {}, capital(conflict.object), ' ', h('span', { class: 'rule' }, plainDates(conflict.rule))),
      h('p', { class: 'badges' },
        h('span', { class: `badge ${conflict.proven ? 'bad' : 'fair'}` }, proof(conflict)),
        conflict.proven && conflict.earliest_possible !== null && h('span', { class: 'badge plain' }, `Earliest possible: ${sayDay(conflict.earliest_possible)}`)),
      h('p', {}, says(conflict)),
      conflict.rules.length > 0 && h('details', { class: 'fold clash', open: conflict.rules.length <= FEW },
        h('summary', {}, clash(conflict)),
        h('ul', {}, ...conflict.rules.map((rule) => h('li', {}, `${rule.object} ${plainDates(rule.rule)}`,
          rule.file !== null && h('span', { class: 'quiet' }, ` ${rule.file}${rule.line === null ? '' : `, line ${rule.line}`}`))))),
      conflict.also.length > 0 && h('details', { class: 'fold clash' },
        h('summary', {}, `${count(conflict.also.length, 'more rule')} broken for the same cause`),
        h('ul', {}, ...conflict.also.map((rule) => h('li', {}, plainDates(rule))))),
      conflict.chain.length > 0 && h('div', { class: 'chain' },
        h('span', { class: 'quiet' }, 'What decides it:'),
        h('ol', {}, ...conflict.chain.map((task) => h('li', {}, task))),
        h('button', { type: 'button', class: 'button small', click: () => showOnly(conflict.chain, `Shown: the chain behind ${conflict.object}`) }, 'Show in schedule')),
      conflict.ways_out.length > 0 && h('div', { class: 'ways' },
        h('h4', {}, 'Ways out that work, cheapest first'),
        h('ol', {}, ...conflict.ways_out.map((way) => h('li', {}, capital(plainDates(way.text)),
          h('span', { class: 'quiet' }, ` ${price(way, data)}`))))),
      conflict.tried && conflict.ways_out.length === 0 && h('p', { class: 'quiet' },
        'No single way out works; each was tried by planning again: a later date, more people at the same time, overlap, one more artist, unlocking, leaving out.')))));
}

/** Rules that are shown without being asked for. */
const FEW = 8;

function proof({ proof }: Conflict): string {
  if (proof === 'chain') return 'Impossible even with unlimited crew';
  return proof === 'load' ? 'Impossible with this crew' : 'Not found possible with this crew';
}

function clash({ irreducible, rules }: Conflict): string {
  if (rules.length === 1) return 'This cannot hold by itself';
  return irreducible
    ? `These ${rules.length} rules cannot all hold; without any one of them the others can`
    : `These ${rules.length} rules cannot all hold`;
}

/** "3 working days later, £1,200 more". */
function price({ days, cost }: WayOut, data: Lookup): string {
  const later = days === 0 ? [] : [`${count(days, 'working day')} later`];
  const more = cost === 0 ? 'no extra cost' : `${money(Math.abs(cost), data.currency)} ${cost > 0 ? 'more' : 'less'}`;
  return [...later, more].join(', ');
}

/** The sentence of a conflict without the words that stand above it already. */
function says({ object, rule, text }: Conflict): string {
  const rest = [`${object} ${rule}: `, `${object} `].find((words) => text.startsWith(words)) ?? '';
  return capital(plainDates(text.slice(rest.length)));
}
