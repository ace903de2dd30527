import { expect, it } from 'vitest';

import type { CallView, Diagnostic, Failure } from '../../generated/api';
import { marksOf } from './markers';

const PATH = 'functions/build/index.js';

function finding(more: Partial<Diagnostic>): Diagnostic {
  return { severity: 'error', rule: 'x', path: '', message: 'wrong', file: PATH, line: 3, ...more };
}

function failedCall(failure: Partial<Failure>): CallView {
  return {
    id: 'c',
    function: 'build',
    started_at: 0,
    parameters: {},
    diagnostics: [],
    report: {
      outcome: { kind: 'failed', failure: { reason: 'thrown', message: 'boom', stack: '', ...failure } },
      log: [],
      http: [],
      timing: { start_ms: 0, code_ms: 0, waiting_ms: 0, total_ms: 0 },
      memory_peak_bytes: 0,
      code_hash: '',
    },
  };
}

it('marks the lines of this file only', () => {
  const check = [finding({}), finding({ file: 'functions/action/index.js' }), finding({ line: undefined })];
  expect(marksOf(PATH, check, undefined, false)).toEqual([
    { line: 3, column: 1, severity: 'error', message: 'wrong' },
  ]);
});

it('marks where the latest call failed', () => {
  const call = failedCall({ file: PATH, line: 7, column: 5 });
  expect(marksOf(PATH, [], call, false)).toEqual([
    { line: 7, column: 5, severity: 'error', message: 'boom' },
  ]);
  expect(marksOf(PATH, [], failedCall({ file: 'functions/build/lib.js', line: 7 }), false)).toEqual([]);
});

it('says a syntax error once, whoever found it', () => {
  const check = [finding({ rule: 'function.syntax', message: 'unexpected token' })];
  const call = failedCall({ reason: 'syntax', file: PATH, line: 3, message: 'unexpected token' });
  expect(marksOf(PATH, check, call, true)).toEqual([]);
  expect(marksOf(PATH, check, call, false)).toHaveLength(1);
});

it('says what was expected and meant', () => {
  const check = [finding({ message: 'labl is unknown.', expected: 'a field', nearest: 'label' })];
  expect(marksOf(PATH, check, undefined, false)[0]?.message).toBe(
    'labl is unknown. Expected a field. Did you mean label?',
  );
});
