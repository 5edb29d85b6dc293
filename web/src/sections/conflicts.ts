// Rules that cannot all hold, and what can be done: shown first, because somebody must decide.

import type { Conflict } from '../document';
import { h, section } from '../dom';
import type { Lookup } from '../lookup';
import { plainDates, sayDay } from '../words/days';
import { capital, count } from '../words/plain';

export function conflicts(data: Lookup, showOnly: (ids: string[], note: string) => void): HTMLElement | null {
  const all = data.document.conflicts;
  if (all.length === 0) return null;
  return section('conflicts', `${count(all.length, 'decision')} for you to take`,
    'These rules cannot all hold. The plan below breaks the ones named here, at the least harm it found.',
    h('div', { class: 'conflicts' }, ...all.map((conflict) => h('article', { class: 'card conflict' },
      h('h3', {}, capital(conflict.object), ' ', h('span', { class: 'rule' }, plainDates(conflict.rule))),
      h('p', { class: 'badges' },
        h('span', { class: `badge ${conflict.proven ? 'bad' : 'fair'}` },
          conflict.proven ? 'Impossible even with unlimited crew' : 'Not found possible with this crew'),
        conflict.proven && conflict.earliest_possible !== null && h('span', { class: 'badge plain' }, `Earliest possible: ${sayDay(conflict.earliest_possible)}`)),
      h('p', {}, says(conflict)),
      conflict.chain.length > 0 && h('div', { class: 'chain' },
        h('span', { class: 'quiet' }, 'What decides it:'),
        h('ol', {}, ...conflict.chain.map((task) => h('li', {}, task))),
        h('button', { type: 'button', class: 'button small', click: () => showOnly(conflict.chain, `Shown: the chain behind ${conflict.object}`) }, 'Show in schedule')),
      conflict.ways_out.length > 0 && h('div', { class: 'ways' },
        h('h4', {}, 'Ways out, cheapest first'),
        h('ol', {}, ...conflict.ways_out.map((way) => h('li', {}, capital(plainDates(way))))))))));
}

/** The sentence of a conflict without the words that stand above it already. */
function says({ object, rule, text }: Conflict): string {
  const rest = [`${object} ${rule}: `, `${object} `].find((words) => text.startsWith(words)) ?? '';
  return capital(plainDates(text.slice(rest.length)));
}
