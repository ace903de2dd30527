import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/javascript/register';

import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { javascriptDefaults, ScriptTarget } from 'monaco-editor/languages/features/typescript/register';

import type { FunctionKind } from '../../generated/api';
import { contractTypes } from './contractTypes';
import JavaScriptWorker from './javascript.worker?worker';

self.MonacoEnvironment = {
  getWorker: (_, label) => (label === 'javascript' ? new JavaScriptWorker() : new EditorWorker()),
};

javascriptDefaults.setCompilerOptions({
  allowJs: true,
  allowNonTsExtensions: true,
  target: ScriptTarget.Latest,
  lib: ['esnext'],
  moduleDetection: 3, // force: a function's file is a module of its own, whatever stands in it
  strict: false,
});
// Types help with completion; whether a return value fits is told by the contract check of a real call.
javascriptDefaults.setDiagnosticsOptions({
  noSemanticValidation: true,
  noSuggestionDiagnostics: true,
  noSyntaxValidation: false,
});

// Ctrl+Enter runs the preview, also from the editor.
monaco.editor.addKeybindingRules([
  {
    keybinding: monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter,
    command: '-editor.action.insertLineAfter',
  },
]);

monaco.editor.defineTheme('stepsmith-light', {
  base: 'vs',
  inherit: true,
  rules: [{ token: 'comment', foreground: '56703f' }],
  colors: { 'editor.background': '#ffffff', 'editorGutter.background': '#ffffff' },
});
monaco.editor.defineTheme('stepsmith-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [{ token: 'comment', foreground: '8aa874' }],
  colors: { 'editor.background': '#1a1d24', 'editorGutter.background': '#1a1d24' },
});

/** Makes every editor follow the window's colours. */
export function setEditorTheme(scheme: 'light' | 'dark'): void {
  monaco.editor.setTheme(`stepsmith-${scheme}`);
}

/** Declares the runtime, the contract and the handler of the function that is on screen. */
export function declareFor(kind: FunctionKind): void {
  javascriptDefaults.setExtraLibs(contractTypes(kind));
}

/** What an editor keeps while another tab is on screen: its text with its undo history, and its cursor and scroll. */
interface OpenFile {
  model: monaco.editor.ITextModel;
  viewState: monaco.editor.ICodeEditorViewState | null;
}

const files = new Map<string, OpenFile>();

/** The open file of a function. Files of other apps are closed. */
export function openFile(app: string, path: string, text: string): OpenFile {
  const uri = monaco.Uri.parse(`file:///${app}/${path}`);
  const key = uri.toString();
  for (const [other, file] of files) {
    if (!other.startsWith(`file:///${app}/`)) {
      file.model.dispose();
      files.delete(other);
    }
  }
  const known = files.get(key);
  if (known) return known;
  const file = { model: monaco.editor.createModel(text, 'javascript', uri), viewState: null };
  files.set(key, file);
  return file;
}

export { monaco };
