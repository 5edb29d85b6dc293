// What the program writes into the page of an answer; see src/report/answer_page.rs.

export type Kind = 'text' | 'day' | 'money' | 'more' | 'number' | 'share';
export type Tone = 'plain' | 'good' | 'fair' | 'bad';
export type Value = string | number | string[] | null;
export type Shape = 'line' | 'step' | 'points' | 'dots' | 'bars' | 'band';

export interface Column { name: string; kind: Kind; hint?: string }
export interface Tile { name: string; answer: string; lines: string[]; tone: Tone; opens?: number }
export interface Text { block: 'text'; lines: string[] }
export interface Table {
  block: 'table';
  title: string;
  columns: Column[];
  rows: { cells: Value[]; tone: Tone; opens?: (number | null)[] }[];
  shown: number;
  /** So many of the last rows are sums. */
  sums?: number;
  folds_empty?: boolean;
}
export interface Series { name: string; shape: Shape; values: (number | null)[]; to: (number | null)[] }
export interface Chart {
  block: 'chart';
  title: string;
  x: Column;
  y: Column;
  at: number[];
  series: Series[];
  marks: { at: number; name: string }[];
}
export interface Bars { block: 'bars'; title: string; value: Column; rows: { name: string; low: number; high: number }[] }
export interface Heat {
  block: 'heat';
  title: string;
  x: Column;
  at: Value[];
  value: Column;
  rows: { name: string; values: number[]; opens?: (number | null)[] }[];
}
/** Kind, state, account, what, who, from, to, minutes, amount, band of a day. */
export type Line = [string, string, string, string, string, string, string, number, number | null, [number, number] | null];
/** A figure that opens: runs of lines, and whether they are taken off. */
export interface Figure { name: string; asked: string; minutes?: boolean; parts: [number, boolean][] }
/** Lines that stand together; how many are not on the page, and what they add. */
export interface Run { lines: Line[]; rest?: [number, number] }
export type Block = Text | Table | Chart | Bars | Heat;

export interface Answer {
  format: 'shotplan-answer';
  title: string;
  production: string;
  over: string[];
  tiles: Tile[];
  lead: string[];
  sections: { title: string; lead: string; blocks: Block[] }[];
  figures?: Figure[];
  runs?: Run[];
  currency: string;
  currency_decimals: number;
  program: string;
}
