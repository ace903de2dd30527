import { describe, expect, it } from 'vitest';

import { INPUT_TYPES, readInputs, type FormInput, type InputType } from './inputs';
import {
  joinDateTime,
  joinTime,
  localOffset,
  offsetChoices,
  offsetOf,
  splitDateTime,
  splitTime,
} from './times';
import {
  defaultMistake,
  fileValue,
  filesOf,
  initialValues,
  problemOf,
  problemsOf,
  sentValues,
} from './values';

const OPTIONS = [
  { label: 'A', value: 'a' },
  { label: 'B', value: 'b' },
];

function input(type: InputType, more: Record<string, unknown> = {}): FormInput {
  const [read] = readInputs([{ type, key: 'k', label: 'K', props: { options: OPTIONS }, ...more }]);
  if (!read) throw new Error('not read');
  return read;
}

const FILE = { '@moxo.file': { files: [{ name: 'a.pdf', url: 'http://127.0.0.1/a' }] } };

/** For each type the values that the contract gives it, and some that it does not. */
const TABLE: [InputType, unknown[], unknown[]][] = [
  ['string', ['x'], [5, ['x'], {}]],
  ['text', ['x\ny'], [5, ['x']]],
  ['number', ['12', '12.5', '-3', '+0.1'], [12.5, 'three', '1e3', '1,5', '.5', '5.', '0x1']],
  [
    'date',
    ['2026-02-28', '2024-02-29'],
    ['2026-02-30', '2026-13-01', '28.02.2026', '2026-2-8', '1900-02-29'],
  ],
  [
    'time',
    ['14:30:00Z', '14:30:00+02:00', '23:59:60.5-00:30'],
    ['14:30', '14:30:00', '24:00:00Z', '14:60:00Z', '14:30:00+0200'],
  ],
  [
    'date-time',
    ['2026-02-28T14:30:00Z', '2026-02-28T14:30:00.123+05:45'],
    ['2026-02-28 14:30:00Z', '2026-02-28', '2026-02-28T', '2026-02-30T14:30:00Z', '2026-02-28T14:30:00'],
  ],
  ['select', ['a', 'b'], ['c', ['a'], 1]],
  ['multi-select', [['a'], ['b', 'a']], ['a', ['a', 'c']]],
  [
    'file',
    [FILE, { '@moxo.file': { files: [{ url: 'x' }] } }],
    [{ files: [] }, 'x', { '@moxo.file': { files: [{}] } }],
  ],
];

describe('values', () => {
  it.each(TABLE)('of %s are checked as the contract says', (type, good, bad) => {
    for (const value of good) expect([value, problemOf(input(type), value)]).toEqual([value, undefined]);
    for (const value of bad)
      expect([value, problemOf(input(type), value)]).toEqual([value, expect.stringMatching(/^Expected /)]);
  });

  it('are needed unless the form says otherwise, for every type but a heading', () => {
    for (const type of INPUT_TYPES) {
      for (const nothing of [undefined, null, '', [], fileValue([])]) {
        expect(problemOf(input(type), nothing)).toBe(type === 'heading' ? undefined : 'Please fill this in');
        expect(problemOf(input(type, { required: false }), nothing)).toBeUndefined();
      }
    }
  });

  it('entered before win over defaults', () => {
    const inputs = readInputs([
      { type: 'string', key: 'a', label: 'A', default: 'default' },
      { type: 'number', key: 'b', label: 'B', default: '3' },
      { type: 'multi-select', key: 'c', label: 'C', default: ['a'], props: { options: OPTIONS } },
      { type: 'heading', key: 'h', props: { title: 'T' } },
    ]);
    expect(initialValues(inputs, { a: 'mine', other: 1 })).toEqual({ a: 'mine', b: '3', c: ['a'] });
    // Emptied on purpose: the default does not come back.
    expect(initialValues(inputs, { a: '' })).toEqual({ b: '3', c: ['a'] });
  });

  it('that no longer fit a changed form are left out', () => {
    const inputs = [input('select'), { ...input('date'), key: 'd' }];
    expect(initialValues(inputs, { k: 'gone', d: '2026-02-28' })).toEqual({ d: '2026-02-28' });
  });

  it('are sent in their shapes; what was left empty is not, what was emptied is told', () => {
    const inputs = [
      ...readInputs([
        { type: 'string', key: 'a', label: 'A' },
        { type: 'string', key: 'b', label: 'B' },
        { type: 'string', key: 'c', label: 'C' },
        { type: 'multi-select', key: 'm', label: 'M', props: { options: OPTIONS } },
        { type: 'file', key: 'f', label: 'F' },
        { type: 'heading', key: 'h', props: { title: 'T' } },
      ]),
    ];
    const initial = { b: 'was', m: ['a'], f: FILE };
    const values = { a: 'x', b: '', m: [], f: fileValue([]), h: 'never' };
    expect(sentValues(inputs, values, initial)).toEqual({ a: 'x', b: '', m: [], f: fileValue([]) });
  });

  it('are told by key when they are wrong', () => {
    const inputs = readInputs([
      { type: 'number', key: 'n', label: 'N' },
      { type: 'string', key: 's', label: 'S' },
      { type: 'string', key: 'o', label: 'O', required: false },
    ]);
    expect(problemsOf(inputs, { n: 'x' })).toEqual({
      n: 'Expected a number, such as 12 or 12.5, as text',
      s: 'Please fill this in',
    });
  });

  it('of a default that does not fit are not put in, and the author is told', () => {
    const wrong = input('number', { default: 3 });
    expect(initialValues([wrong], {})).toEqual({});
    expect(defaultMistake(wrong)).toContain('The default 3 does not fit');
    expect(defaultMistake(input('number', { default: '3' }))).toBeUndefined();
  });
});

describe('forms with mistakes', () => {
  it('are drawn as far as they can be', () => {
    const inputs = readInputs([
      5,
      { type: 'slider', key: 's' },
      { type: 'select', key: 'o', label: 'O', props: { options: [{ value: 'v' }, 'x', { value: 'v' }] } },
      { type: 'select', key: 'p', label: 'P' },
      { type: 'string', label: 'No key' },
    ]);
    expect(inputs.map((read) => read.type)).toEqual(['string', 'select', 'select', 'string']);
    expect(inputs[0]).toMatchObject({ label: 's', required: true });
    expect(inputs[0]?.mistakes.join()).toContain('"slider" is unknown');
    expect(inputs[1]).toMatchObject({ options: [{ label: 'v', value: 'v' }], mistakes: [] });
    expect(inputs[2]?.mistakes.join()).toContain('props.options');
    expect(inputs[3]?.mistakes.join()).toContain('key is missing');
  });
});

describe('files', () => {
  it('are read out of their value and put back', () => {
    expect(filesOf(FILE)).toEqual([{ name: 'a.pdf', url: 'http://127.0.0.1/a' }]);
    expect(fileValue(filesOf(FILE) ?? [])).toEqual(FILE);
    expect(filesOf('x')).toBeUndefined();
  });
});

describe('times', () => {
  it.each(['14:30:00Z', '14:30:00+02:00', '09:05:07.25-03:30'])('%s comes apart and together', (value) => {
    expect(joinTime(splitTime(value))).toBe(value);
    expect(joinDateTime(splitDateTime(`2026-02-28T${value}`))).toBe(`2026-02-28T${value}`);
  });

  it('get their seconds and zone', () => {
    expect(joinTime({ clock: '14:30', offset: '+02:00' })).toBe('14:30:00+02:00');
    expect(joinTime({ clock: '', offset: '+02:00' })).toBe('');
    expect(joinDateTime({ date: '2026-02-28', clock: '14:30', offset: 'Z' })).toBe('2026-02-28T14:30:00Z');
    expect(joinDateTime({ date: '', clock: '', offset: 'Z' })).toBe('');
  });

  it('half filled in are told to be incomplete', () => {
    for (const parts of [
      { date: '2026-02-28', clock: '', offset: 'Z' },
      { date: '', clock: '14:30:00', offset: 'Z' },
    ]) {
      expect(problemOf(input('date-time', { required: false }), joinDateTime(parts))).toContain('Expected');
    }
    expect(splitDateTime('2026-02-28T')).toEqual({ date: '2026-02-28', clock: '', offset: '' });
  });

  it('know offsets, this machine’s among them', () => {
    expect([0, 60, -210, 345, 840].map(offsetOf)).toEqual(['Z', '+01:00', '-03:30', '+05:45', '+14:00']);
    expect(localOffset('2026-07-01', '12:00')).toBe(
      offsetOf(-new Date('2026-07-01T12:00:00').getTimezoneOffset()),
    );
    expect(localOffset('nonsense')).toBe(localOffset());
    const choices = offsetChoices('+00:20', '+02:00');
    expect(choices[0]).toEqual({ value: '+00:20', label: 'UTC+00:20' });
    expect(choices.find((choice) => choice.value === '+02:00')?.label).toBe('UTC+02:00 (here)');
    expect(offsetChoices('Z', 'Z').filter((choice) => choice.value === 'Z')).toEqual([
      { value: 'Z', label: 'UTC (here)' },
    ]);
  });
});
