// The document with its references followed: built once, read by every section.

import type { Assignment, Document, Entity, Person, Task } from './document';
import { type Day, parseDay } from './words/days';
import type { Currency } from './words/money';

export interface Lookup {
  document: Document;
  currency: Currency;
  asOf: Day;
  firstDay: Day;
  task: Map<string, Task>;
  /** Shot, asset, sequence or show of a task, by kind and id. */
  entity: Map<string, Entity>;
  person: Map<string, Person>;
  /** Place of a department in the pipeline; further ones that only tasks name come after. */
  departmentPlace: Map<string, number>;
  departmentName: Map<string, string>;
  assignmentsOf: Map<string, Assignment[]>;
  daysOff: Set<Day>;
}

/** Key of an entity: a shot and an asset may have the same id. */
export function entityKey(kind: string, id: string): string {
  return `${kind}:${id}`;
}

export function lookup(document: Document): Lookup {
  const { production } = document;
  const departmentPlace = new Map<string, number>();
  const departmentName = new Map<string, string>();
  for (const { id, name } of production.departments) {
    departmentPlace.set(id, departmentPlace.size);
    departmentName.set(id, name === '' ? id : name);
  }
  for (const { department } of document.tasks) {
    if (!departmentPlace.has(department)) departmentPlace.set(department, departmentPlace.size);
  }
  const assignmentsOf = new Map<string, Assignment[]>();
  for (const assignment of document.assignments) {
    const list = assignmentsOf.get(assignment.task);
    if (list) list.push(assignment);
    else assignmentsOf.set(assignment.task, [assignment]);
  }
  return {
    document,
    currency: { code: production.currency, decimals: production.currency_decimals },
    asOf: parseDay(production.as_of),
    firstDay: parseDay(production.first_day),
    task: new Map(document.tasks.map((task) => [task.id, task])),
    entity: new Map(production.entities.map((entity) => [entityKey(entity.kind, entity.id), entity])),
    person: new Map(production.people.map((person) => [person.id, person])),
    departmentPlace,
    departmentName,
    assignmentsOf,
    daysOff: new Set(production.days_off.map(parseDay)),
  };
}

/** Who does an assignment, as shown: the artist's name, or the vendor. */
export function worker(assignment: Assignment, data: Lookup): string {
  if (assignment.artist !== null) {
    return data.person.get(assignment.artist)?.name ?? assignment.artist;
  }
  return assignment.vendor ?? 'nobody';
}

/** A department's full name. */
export function departmentName(id: string, data: Lookup): string {
  return data.departmentName.get(id) ?? id;
}

/** Planned to end after its due date. ISO dates compare as texts. */
export function isLate(task: Task): boolean {
  return task.due !== null && task.end !== null && task.end > task.due;
}
