import { Button, Group, Text, useComputedColorScheme } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

import type { DraftConflict } from '../../shared/draft/autosave';
import { useSettle } from '../../shared/draft/useSettle';
import classes from './FunctionEditor.module.css';
import type { FunctionDraft } from './functionDraft';
import { monaco, setEditorTheme } from './monaco';

interface ConflictViewProps {
  path: string;
  draft: FunctionDraft;
  conflict: DraftConflict;
}

/** The file was changed on disk while there are edits here: both texts side by side, and the choice. */
export function ConflictView({ path, draft, conflict }: ConflictViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const { busy, settle } = useSettle();
  const scheme = useComputedColorScheme('light');
  useEffect(() => setEditorTheme(scheme), [scheme]);

  const { mine, theirs } = conflict;
  useEffect(() => {
    if (!box.current) return undefined;
    const original = monaco.editor.createModel(theirs, 'javascript');
    const modified = monaco.editor.createModel(mine, 'javascript');
    const diff = monaco.editor.createDiffEditor(box.current, {
      automaticLayout: true,
      readOnly: true,
      originalAriaLabel: `${path} as it is on disk`,
      modifiedAriaLabel: `${path} as edited here`,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: true,
    });
    diff.setModel({ original, modified });
    return () => {
      for (const one of [diff, original, modified]) one.dispose();
    };
  }, [mine, theirs, path]);

  return (
    <section className={classes.conflict} aria-label="Changed on disk">
      <div className={classes.conflictHead} role="alert">
        <IconFileAlert size={18} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm" style={{ flex: 1, minWidth: 200 }}>
          Another program changed {path} while you were editing. Nothing of yours was saved over it. Left: on
          disk. Right: yours.
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button
            size="xs"
            variant="default"
            disabled={busy}
            onClick={() => settle(() => draft.takeTheirs())}
          >
            Take theirs
          </Button>
          <Button size="xs" loading={busy} onClick={() => settle(() => draft.keepMine())}>
            Keep mine
          </Button>
        </Group>
      </div>
      <div ref={box} className={classes.code} />
    </section>
  );
}
