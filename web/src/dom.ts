// Making elements. Text always enters as text, never as markup: names come from files.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | undefined>;

/** An element: `h('td', { class: 'number' }, '12')`. A function attribute listens to that event. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** Adds children; skips what is not there. */
export function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

/** Replaces everything inside an element. */
export function fill(parent: HTMLElement, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** A section of the page with its heading and a line that says how to read it. */
export function section(id: string, title: string, lead: string, ...children: Child[]): HTMLElement {
  return h(
    'section',
    { id, class: 'section', 'aria-labelledby': `${id}-title` },
    h('header', { class: 'section-head' },
      h('h2', { id: `${id}-title` }, title),
      lead !== '' && h('p', { class: 'lead' }, lead)),
    ...children,
  );
}

/** A table that scrolls sideways inside its card when the page is narrow. */
export function tableCard(table: HTMLElement, label: string): HTMLElement {
  return h('div', { class: 'card table-card', role: 'region', 'aria-label': label, tabindex: 0 }, table);
}

/** Lets a table stand as blocks on a narrow page: each cell is told the name of its column. */
export function stacks(table: HTMLTableElement): HTMLTableElement {
  const names = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent ?? '');
  for (const row of table.querySelectorAll('tbody tr, tfoot tr')) {
    [...row.children].forEach((cell, at) => cell.setAttribute('data-name', names[at] ?? ''));
  }
  table.classList.add('stacks');
  return table;
}

/** Header cells; a name that begins with ">" is a column of numbers. */
export function headRow(names: string[]): HTMLTableRowElement {
  return h('tr', {}, ...names.map((name) =>
    name.startsWith('>')
      ? h('th', { scope: 'col', class: 'number' }, name.slice(1))
      : h('th', { scope: 'col' }, name)));
}

/** Calls back with an element's new width, in the next frame: changing sizes inside the observer loops. */
export function onWidth(element: HTMLElement, resized: (width: number) => void): void {
  let known = element.clientWidth;
  new ResizeObserver(() => requestAnimationFrame(() => {
    const width = element.clientWidth;
    if (width === known || width === 0) return;
    known = width;
    resized(width);
  })).observe(element);
}

/** Shows the first `limit` rows and a button for the rest. */
export function showMore(body: HTMLElement, rows: HTMLElement[], limit: number, noun: string): HTMLElement | null {
  body.append(...rows.slice(0, limit));
  if (rows.length <= limit) return null;
  const button = h('button', {
    type: 'button',
    class: 'button more',
    click: () => {
      body.append(...rows.slice(limit));
      button.remove();
    },
  }, `Show all ${rows.length} ${noun}`);
  return button;
}
