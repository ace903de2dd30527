import { isObject } from '../../../shared/json';
import type { FormInput } from './inputs';

/** What is entered, by key, in the shapes of contract chapter 7. */
export type Values = Record<string, unknown>;

/** One file of a file input. */
export interface FileEntry {
  name?: string;
  url: string;
}

const FILE_KEY = '@moxo.file';

/** The value of a file input. */
export function fileValue(files: readonly FileEntry[]): unknown {
  return { [FILE_KEY]: { files } };
}

/** The files in the value of a file input; nothing when it has another shape. */
export function filesOf(value: unknown): FileEntry[] | undefined {
  const file = isObject(value) ? value[FILE_KEY] : undefined;
  const list = isObject(file) ? file.files : undefined;
  if (!Array.isArray(list)) return undefined;
  const files: FileEntry[] = [];
  for (const entry of list as unknown[]) {
    if (!isObject(entry) || typeof entry.url !== 'string') return undefined;
    if (entry.name != null && typeof entry.name !== 'string') return undefined;
    files.push(typeof entry.name === 'string' ? { name: entry.name, url: entry.url } : { url: entry.url });
  }
  return files;
}

/** Whether a value is what an input left empty holds. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return filesOf(value)?.length === 0;
}

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const FULL_TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

function isFullDate(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

function isDateTime(value: string): boolean {
  return isFullDate(value.slice(0, 10)) && /^[Tt]$/.test(value.charAt(10)) && FULL_TIME.test(value.slice(11));
}

/** What is wrong with a value, in the words that the program itself uses; nothing when it can be sent. */
export function problemOf(input: FormInput, value: unknown): string | undefined {
  if (input.type === 'heading') return undefined;
  if (isNothing(value)) return input.required ? 'Please fill this in' : undefined;
  const expected = expectedUnlessFits(input, value);
  return expected === undefined ? undefined : `Expected ${expected}`;
}

function expectedUnlessFits(input: FormInput, value: unknown): string | undefined {
  const is = (test: (text: string) => boolean) => typeof value === 'string' && test(value);
  const offered = (one: unknown) => input.options.some((option) => option.value === one);
  const unless = (fits: boolean, expected: string) => (fits ? undefined : expected);
  switch (input.type) {
    case 'string':
    case 'text':
      return unless(typeof value === 'string', 'a text');
    case 'number':
      return unless(
        is((text) => DECIMAL.test(text)),
        'a number, such as 12 or 12.5, as text',
      );
    case 'date':
      return unless(is(isFullDate), 'a date, such as 2026-02-28');
    case 'time':
      return unless(
        is((text) => FULL_TIME.test(text)),
        'a time with its offset, such as 14:30:00Z or 14:30:00+02:00',
      );
    case 'date-time':
      return unless(is(isDateTime), 'a date and time, such as 2026-02-28T14:30:00Z');
    case 'select':
      return unless(offered(value), 'one of the options');
    case 'multi-select':
      return unless(Array.isArray(value) && value.every(offered), 'a list of some of the options');
    case 'file':
      return unless(filesOf(value) !== undefined, 'a file, as {"@moxo.file": {"files": [{"url": …}]}}');
    case 'heading':
      return undefined;
  }
}

/** What is wrong with a default, for the author: such a default is not put in. */
export function defaultMistake(input: FormInput): string | undefined {
  if (isNothing(input.default)) return undefined;
  const problem = problemOf({ ...input, required: false }, input.default);
  return problem && `The default ${JSON.stringify(input.default)} does not fit. ${problem}.`;
}

/** What a form begins with: what was entered before, else the defaults. What no longer fits is left out. */
export function initialValues(inputs: readonly FormInput[], entered: Values): Values {
  const values: Values = {};
  for (const input of inputs) {
    if (input.key === '' || input.type === 'heading') continue;
    const before = entered[input.key];
    const value = before === undefined ? input.default : before;
    const fits = problemOf({ ...input, required: false }, value) === undefined;
    if (!isNothing(value) && fits) values[input.key] = value;
  }
  return values;
}

/**
 * What is sent. An input left empty is left out; one that was emptied (it had a value at first) says so, for else what was
 * entered before would come back.
 */
export function sentValues(inputs: readonly FormInput[], values: Values, initial: Values): Values {
  const sent: Values = {};
  for (const input of inputs) {
    if (input.key === '' || input.type === 'heading') continue;
    const value = values[input.key];
    if (!isNothing(value)) sent[input.key] = value;
    else if (!isNothing(initial[input.key])) sent[input.key] = emptyOf(input);
  }
  return sent;
}

function emptyOf(input: FormInput): unknown {
  if (input.type === 'multi-select') return [];
  return input.type === 'file' ? fileValue([]) : '';
}

/** What is wrong with the form as filled in, by key; empty = it can be sent. */
export function problemsOf(inputs: readonly FormInput[], values: Values): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const input of inputs) {
    const problem = input.key === '' ? undefined : problemOf(input, values[input.key]);
    if (problem !== undefined) problems[input.key] = problem;
  }
  return problems;
}
