import ts from 'typescript';
import { expect, it } from 'vitest';

import type { FunctionKind } from '../../generated/api';
import { contractTypes } from './contractTypes';

/** Reads a function as the editor's worker does, and gives what is wrong with it and the type of `name` in it. */
function read(kind: FunctionKind, code: string, name?: string) {
  const files = new Map(contractTypes(kind).map(({ filePath, content }) => [filePath, content]));
  const main = 'file:///functions/index.ts';
  files.set(main, code);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    lib: ['lib.esnext.d.ts'],
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: false,
    types: [],
    noEmit: true,
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (file, version) => {
      const text = files.get(file);
      return text === undefined
        ? disk.getSourceFile(file, version)
        : ts.createSourceFile(file, text, version, true);
    },
    fileExists: (file) => files.has(file) || disk.fileExists(file),
    readFile: (file) => files.get(file) ?? disk.readFile(file),
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const checker = program.getTypeChecker();
  let type = 'not found';
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && type === 'not found') {
      type = checker.typeToString(checker.getTypeAtLocation(node));
    }
    ts.forEachChild(node, visit);
  };
  const source = program.getSourceFile(main);
  if (source) visit(source);
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, '\n'));
  return { errors, type };
}

it('declares a runtime in which ordinary functions have no errors', () => {
  const code = `
const crypto2 = require('crypto');
const body = Buffer.from('e30=', 'base64').toString('utf8');
module.exports.handler = async ({ credential, input }) => {
  const url = new URL('https://example.test/?' + new URLSearchParams({ a: '1' }));
  const answer = await fetch(url, { headers: { Authorization: credential.oauth2.access_token } });
  console.log(process.env.HOME, await answer.json(), crypto.randomUUID(), body, crypto2, input.anything);
  return { output: { status: 'completed' }, callback: { token: input.state } };
};`;
  expect(read('redirect', code).errors).toEqual([]);
});

it.each<[FunctionKind, string, string]>([
  ['identity', 'credential', 'Credential'],
  ['build', 'context', '{ action_key: string; title: string; description?: string; assignees: Assignee[]; }'],
  ['action', 'callback', '{ token: string; redirect: string; webhook: string; }'],
  ['redirect', 'input', 'Record<string, string>'],
  ['webhook', 'input', '{ content_type: string; body_base64: string; }'],
])('types the parameters of %s without annotations', (kind, name, type) => {
  const code = `exports.handler = async ({ ${name} }) => { void ${name}; return {}; };`;
  expect(read(kind, code, name)).toEqual({ errors: [], type });
});

it('knows what each function may return', () => {
  const wrong = `exports.handler = async () => ({ output: { display_id: 'a', uniq_id: 'b' } });`;
  expect(read('identity', wrong).errors.join()).toContain('uniq_id');
  const right = `exports.handler = () => ({ output: { display_id: 'a', unique_id: 'b' } });`;
  expect(read('identity', right).errors).toEqual([]);
  const page = (kind: FunctionKind) =>
    read(
      kind,
      `exports.handler = () => ({ output: { events: [{ type: 'open_url', options: { url: 'u' } }] } });`,
    );
  expect(page('action').errors).toEqual([]);
  expect(page('redirect').errors).not.toEqual([]);
});
