// How good the plan is, in plain words: what is proven, and what is only the best found.

import type { Document, Milestone } from '../document';
import { parseDay, sayDay } from './days';
import { count, perCent } from './plain';

export interface Quality {
  /** A few words for the headline. */
  title: string;
  /** Sentences that say what is proven. */
  sentences: string[];
  tone: 'good' | 'fair';
}

/** Gaps above this are not worth saying as a promise: the bound is too weak to judge the plan by. */
const WEAK_GAP = 3_000;

/** How good the plan is. */
export function quality(document: Document): Quality {
  const { certificate } = document;
  const sentences = boundSentences(document.milestones);
  const improved = improvement(document);
  if (certificate.status === 'optimal' || certificate.gap === 0) {
    return { title: 'Proven best', tone: 'good', sentences: [
      'No other plan can do better by what this mode counts.', ...sentences] };
  }
  if (certificate.gap !== null && certificate.gap <= WEAK_GAP) {
    return { title: `Within ${perCent(certificate.gap)} of the best possible`, tone: certificate.gap <= 1_000 ? 'good' : 'fair', sentences: [
      `No plan can be more than ${perCent(certificate.gap)} better by what this mode counts.`, ...sentences, ...improved] };
  }
  return { title: 'Best found', tone: 'fair', sentences: [
    ...sentences, ...improved,
    'How much better another plan could be is not known: no strong limit is proven for this show.'] };
}

/** "No plan can finish … before …; this plan does on …", for the last delivery that has a bound. */
function boundSentences(milestones: Milestone[]): string[] {
  const open = milestones.filter((row) => !row.done && row.earliest_possible !== null);
  const finals = open.filter((row) => row.kind === 'final');
  const row = (finals.length > 0 ? finals : open).reduce<Milestone | null>(
    (last, next) => (last === null || next.due > last.due ? next : last), null);
  if (row === null || row.earliest_possible === null) return [];
  const name = row.name || row.id;
  if (row.planned === null) return [`No plan can finish ${name} before ${sayDay(row.earliest_possible)}; in this plan some of its work has no place.`];
  return parseDay(row.planned) <= parseDay(row.earliest_possible)
    ? [`${name} is planned for ${sayDay(row.planned)}, and no plan can finish it earlier.`]
    : [`No plan can finish ${name} before ${sayDay(row.earliest_possible)}; this plan does on ${sayDay(row.planned)}.`];
}

function improvement(document: Document): string[] {
  const { improvement: curve, steps } = document.certificate;
  const first = curve[0]?.[1];
  const last = curve[curve.length - 1]?.[1];
  if (first === undefined || last === undefined || first <= 0 || last >= first) return [];
  const points = Math.round(((first - last) / first) * 10_000);
  if (points === 0) return [];
  const share = perCent(points);
  return [steps === 0 ? `The best of the first plans tried is ${share} better than the first.` : `The first plan was improved by ${share} in ${count(steps, 'step')}.`];
}
