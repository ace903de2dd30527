import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';

import type { FunctionKind } from '../../generated/api';
import { useNavigation } from '../../shared/navigation';
import classes from './FunctionEditor.module.css';
import { smallestEdit, type FunctionDraft } from './functionDraft';
import type { Mark } from './markers';
import { declareFor, monaco, openFile, setEditorTheme } from './monaco';
import type { EditorPreferences } from './preferences';

export interface CursorState {
  line: number;
  column: number;
  /** Tab moves the focus instead of indenting. */
  tabMovesFocus: boolean;
}

interface CodeEditorProps {
  appId: string;
  kind: FunctionKind;
  path: string;
  draft: FunctionDraft;
  preferences: EditorPreferences;
  /** Marks for the file, given whether the editor's own parser found syntax errors. */
  marksFor: (hasSyntaxErrors: boolean) => Mark[];
  onCursor: (state: CursorState) => void;
}

const OWNER = 'stepsmith';

/** Monaco on a draft. */
export function CodeEditor({ appId, kind, path, draft, preferences, marksFor, onCursor }: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const { wrap, fontSize } = preferences;
  const initial = useRef({ wrap, fontSize, onCursor });
  const scheme = useComputedColorScheme('light');
  const { arrival } = useNavigation();

  useEffect(() => setEditorTheme(scheme), [scheme]);

  useEffect(() => {
    if (!box.current) return undefined;
    declareFor(kind);
    const file = openFile(appId, path, draft.snapshot().value);
    const { model } = file;
    const created = monaco.editor.create(box.current, {
      model,
      ...optionsOf(initial.current),
      ariaLabel: `${path}. Press Control M to let Tab move the focus out of the editor.`,
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      folding: true,
      tabSize: 2,
      fixedOverflowWidgets: true,
      padding: { top: 10, bottom: 10 },
      fontFamily: 'var(--mantine-font-family-monospace)',
      renderLineHighlight: 'line',
      stickyScroll: { enabled: false },
      'semanticHighlighting.enabled': false,
    });
    editor.current = created;
    if (file.viewState) created.restoreViewState(file.viewState);

    // Both directions: typed here, or taken over from disk there.
    let known = draft.snapshot().value;
    let applying = false;
    const take = () => {
      const { value } = draft.snapshot();
      if (value === known) return;
      known = value;
      applying = true;
      replaceText(created, model, value);
      applying = false;
    };
    const typed = model.onDidChangeContent(() => {
      if (applying) return;
      known = model.getValue(undefined, true);
      draft.edit(known);
    });
    const stop = draft.subscribe(take);
    // The draft may have gone on while the tab was away.
    if (model.getValue(undefined, true) !== known) {
      applying = true;
      replaceText(created, model, known);
      applying = false;
    }

    const tellCursor = () => {
      const position = created.getPosition();
      initial.current.onCursor({
        line: position?.lineNumber ?? 1,
        column: position?.column ?? 1,
        tabMovesFocus: created.getOption(monaco.editor.EditorOption.tabFocusMode),
      });
    };
    tellCursor();
    const moved = created.onDidChangeCursorPosition(tellCursor);
    const configured = created.onDidChangeConfiguration(tellCursor);

    return () => {
      file.viewState = created.saveViewState();
      stop();
      for (const one of [typed, moved, configured, created]) one.dispose();
      editor.current = undefined;
    };
  }, [appId, kind, path, draft]);

  useEffect(() => {
    editor.current?.updateOptions(optionsOf({ wrap, fontSize }));
  }, [wrap, fontSize]);

  // Marks follow the check and the calls, and give way to syntax errors that the editor finds itself.
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return undefined;
    const mark = () => {
      const own = monaco.editor.getModelMarkers({ resource: model.uri, owner: 'javascript' });
      const marks = marksFor(own.some((marker) => marker.severity === monaco.MarkerSeverity.Error));
      monaco.editor.setModelMarkers(
        model,
        OWNER,
        marks.map((found) => markerOf(model, found)),
      );
    };
    let had: number | undefined;
    const changed = monaco.editor.onDidChangeMarkers((resources) => {
      if (!resources.some((uri) => uri.toString() === model.uri.toString())) return;
      const has = monaco.editor.getModelMarkers({ resource: model.uri, owner: 'javascript' }).length;
      if (has !== had) mark();
      had = has;
    });
    mark();
    return () => changed.dispose();
  }, [marksFor]);

  // A link led to a line of this function.
  useEffect(() => {
    const shown = editor.current;
    if (!shown || arrival.tab !== kind || arrival.line == null) return;
    const position = { lineNumber: arrival.line, column: arrival.column ?? 1 };
    shown.setPosition(position);
    shown.revealPositionInCenter(position);
    shown.focus();
  }, [arrival, kind]);

  return <div ref={box} className={classes.code} />;
}

function optionsOf({ wrap, fontSize }: EditorPreferences): monaco.editor.IEditorOptions {
  return { wordWrap: wrap ? 'on' : 'off', fontSize };
}

/** Puts another text in, as one edit that can be undone; cursor and scroll stay. */
function replaceText(
  editor: monaco.editor.IStandaloneCodeEditor,
  model: monaco.editor.ITextModel,
  text: string,
): void {
  const { start, end, text: put } = smallestEdit(model.getValue(undefined, true), text);
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  const top = editor.getScrollTop();
  editor.pushUndoStop();
  model.pushEditOperations(
    editor.getSelections(),
    [{ range: monaco.Range.fromPositions(from, to), text: put, forceMoveMarkers: false }],
    () => null,
  );
  editor.pushUndoStop();
  editor.setScrollTop(top);
}

function markerOf(model: monaco.editor.ITextModel, { line, column, severity, message }: Mark) {
  const row = Math.min(Math.max(1, line), model.getLineCount());
  const last = model.getLineMaxColumn(row);
  const start = Math.min(Math.max(1, column), last);
  const word = model.getWordAtPosition({ lineNumber: row, column: start });
  return {
    severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message,
    startLineNumber: row,
    startColumn: word?.startColumn ?? start,
    endLineNumber: row,
    endColumn: word?.endColumn ?? last,
  };
}
