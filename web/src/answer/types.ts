// What the program writes into the page of an answer; see src/report/answer_page.rs.

export type Kind = 'text' | 'day' | 'money' | 'more' | 'number' | 'share';
export type Tone = 'plain' | 'good' | 'fair' | 'bad';
export type Value = string | number | string[] | null;
export type Shape = 'line' | 'step' | 'points' | 'dots' | 'bars' | 'band';

export interface Column { name: string; kind: Kind }
export interface Tile { name: string; answer: string; lines: string[]; tone: Tone }
export interface Text { block: 'text'; lines: string[] }
export interface Table {
  block: 'table';
  title: string;
  columns: Column[];
  rows: { cells: Value[]; tone: Tone }[];
  shown: number;
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
  rows: { name: string; values: number[] }[];
}
export type Block = Text | Table | Chart | Bars | Heat;

export interface Answer {
  format: 'shotplan-answer';
  title: string;
  production: string;
  over: string[];
  tiles: Tile[];
  lead: string[];
  sections: { title: string; lead: string; blocks: Block[] }[];
  currency: string;
  currency_decimals: number;
  program: string;
}
