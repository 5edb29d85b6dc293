// Puts the page together from the result that stands inside it. A new section is one file in
// sections/ that takes the Lookup and gives an element, one line here, and one link.

import 'uplot/dist/uPlot.min.css';
import './style/page.css';
import './style/answer.css';
import './style/chart.css';
import './style/print.css';
import { answerPage } from './answer/page';
import type { Answer } from './answer/types';
import type { Document } from './document';
import { h } from './dom';
import { lookup } from './lookup';
import { cash } from './sections/cash';
import { changes } from './sections/changes';
import { certificate } from './sections/certificate';
import { conflicts } from './sections/conflicts';
import { cost } from './sections/cost';
import { crew } from './sections/crew';
import { headline } from './sections/headline';
import { milestones } from './sections/milestones';
import { nextWeeks } from './sections/next_weeks';
import { assumed, warnings } from './sections/notes';
import { schedule } from './sections/schedule';

const report = document.documentElement.dataset;
let errors = 0;
window.addEventListener('error', (event) => {
  errors += 1;
  report['errors'] = String(errors);
  report['error'] = event.message;
});

function start(): void {
  const began = performance.now();
  report['errors'] = '0';
  const text = document.getElementById('result')?.textContent ?? '';
  const shown = JSON.parse(text) as Document | Answer;
  if (shown.format === 'shotplan-answer') {
    const place = document.getElementById('page');
    if (!place) return;
    report['blocks'] = String(answerPage(shown, place));
    follow(shown.sections.map((_, at) => `part-${at}`));
    report['milliseconds'] = String(Math.round(performance.now() - began));
    report['ready'] = 'true';
    return;
  }
  const result = shown;
  const data = lookup(result);
  const seed = /"seed":(\d+)/.exec(text)?.[1];
  const plan = schedule(data);
  const clash = conflicts(data, plan.showOnly);
  const flow = cash(data);
  const changed = changes(data, plan.showOnly);
  const links: [string, string][] = [
    ['headline', 'Summary'], ...(clash ? [['conflicts', 'Decisions'] as [string, string]] : []),
    ...(changed ? [['changes', 'Changes'] as [string, string]] : []), ['milestones', 'Milestones'], ['schedule', 'Schedule'], ['crew', 'Crew load'], ['next', 'Next two weeks'],
    ['cost', 'Cost'], ...(flow ? [['cash', 'Cash'] as [string, string]] : []), ['warnings', 'Data'], ['certificate', 'Quality'],
  ];
  const page = document.getElementById('page');
  if (!page) return;
  const main = h('main', {}, headline(data), ...(clash ? [clash] : []), ...(changed ? [changed] : []), milestones(data, plan.showOnly), plan.element);
  page.replaceChildren(
    h('nav', { class: 'top', 'aria-label': 'Sections' },
      h('span', { class: 'brand' }, 'shotplan'),
      h('div', { class: 'top-links' }, ...links.map(([id, name]) => h('a', { href: `#${id}`, class: id === 'conflicts' ? 'alert' : '' }, name))),
      h('button', { type: 'button', class: 'button', click: () => window.print() }, 'Print')),
    main,
    h('footer', { class: 'foot' }, `Made by ${result.certificate.program}. This page holds all its data and asks nothing of any network.`));
  plan.start();
  // What stands further down comes after the first picture: a feature's two-week list is long.
  setTimeout(() => {
    const money = cost(data);
    const proof = certificate(data, seed);
    main.append(crew(data), nextWeeks(data, plan.showTask), money.element, ...(flow ? [flow.element] : []), warnings(data), assumed(data), proof.element);
    money.start();
    flow?.start();
    proof.start();
    follow(links.map(([id]) => id));
    if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    report['milestones'] = String(result.milestones.length);
    report['bars'] = String(plan.bars);
    report['painted'] = String(plan.painted());
    report['milliseconds'] = String(Math.round(performance.now() - began));
    report['ready'] = 'true';
    // For measuring by hand: what one picture of the schedule costs.
    Object.assign(window, { shotplan: { chart: plan.chart } });
  }, 20);
}

/** Marks the link of the section that is being read. */
function follow(ids: string[]): void {
  const links = new Map([...document.querySelectorAll<HTMLAnchorElement>('.top-links a')].map((link) => [link.hash.slice(1), link]));
  let queued = false;
  const mark = (): void => {
    queued = false;
    let current = ids[0];
    for (const id of ids) {
      const top = document.getElementById(id)?.getBoundingClientRect().top ?? Infinity;
      if (top < 140) current = id;
    }
    for (const [id, link] of links) link.classList.toggle('current', id === current);
  };
  window.addEventListener('scroll', () => {
    if (!queued) {
      queued = true;
      requestAnimationFrame(mark);
    }
  }, { passive: true });
  mark();
}

start();
