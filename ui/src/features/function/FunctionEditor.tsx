import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDot,
  IconFileAlert,
  IconFileZip,
  IconPlayerPlay,
  IconRefresh,
  IconTextDecrease,
  IconTextIncrease,
  IconTextWrap,
} from '@tabler/icons-react';
import { useCallback, useState, useSyncExternalStore } from 'react';

import type { FunctionKind } from '../../generated/api';
import type { ApiError } from '../../platform/error';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import type { DraftStatus } from '../../shared/draft/autosave';
import { useCall, useCalls, useDiagnostics } from '../../shared/queries';
import { CodeEditor, type CursorState } from './CodeEditor';
import { ConflictView } from './ConflictView';
import { ErrorStrip } from './ErrorStrip';
import classes from './FunctionEditor.module.css';
import type { FunctionDraft } from './functionDraft';
import { marksOf } from './markers';
import { FONT_SIZES, useEditorPreferences } from './preferences';
import { RunPanel } from './RunPanel';
import { ZipDialog } from './ZipDialog';

interface FunctionEditorProps {
  appId: string;
  kind: FunctionKind;
  path: string;
  draft: FunctionDraft;
}

/** Calls whose errors were seen and put away; kept while the program runs. */
const dismissed = new Set<string>();
/** Whether the test-run is open, for all functions. */
let runPanelOpen = false;

/** The code of a function, what went wrong in it last, and its test-run. */
export function FunctionEditor({ appId, kind, path, draft }: FunctionEditorProps) {
  const { status, conflict, error } = useSyncExternalStore(draft.subscribe, draft.snapshot);
  const preferences = useEditorPreferences();
  const { data: check = NOTHING } = useDiagnostics(appId);
  const { data: calls = [] } = useCalls(appId, kind);
  const [latest] = calls;
  const { data: call } = useCall(latest?.id);
  const [, setDismissals] = useState(0);
  const [cursor, setCursor] = useState<CursorState>({ line: 1, column: 1, tabMovesFocus: false });
  const [zipping, setZipping] = useState(false);
  const [panel, setPanel] = useState(runPanelOpen);
  const [shownCall, setShownCall] = useState<string>();

  const openPanel = (open: boolean) => {
    runPanelOpen = open;
    setPanel(open);
  };
  const isDismissed = call !== undefined && dismissed.has(call.id);
  const shown = isDismissed ? undefined : call;
  const marksFor = useCallback(
    (hasSyntaxErrors: boolean) => marksOf(path, check, shown, hasSyntaxErrors),
    [path, check, shown],
  );

  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <span className={classes.path} title={path}>
          {path}
        </span>
        <FileState status={status} />
        <Tooltip label="Use a zip with dependencies">
          <ActionIcon aria-label="Use a zip" aria-haspopup="dialog" onClick={() => setZipping(true)}>
            <IconFileZip size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={preferences.wrap ? 'Long lines wrap' : 'Long lines run on'}>
          <ActionIcon
            aria-label="Wrap long lines"
            aria-pressed={preferences.wrap}
            variant={preferences.wrap ? 'light' : 'subtle'}
            onClick={preferences.toggleWrap}
          >
            <IconTextWrap size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Smaller text">
          <ActionIcon
            className={classes.wide ?? ''}
            aria-label="Smaller text"
            disabled={preferences.fontSize <= FONT_SIZES.min}
            onClick={() => preferences.resizeFont(-1)}
          >
            <IconTextDecrease size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Larger text">
          <ActionIcon
            className={classes.wide ?? ''}
            aria-label="Larger text"
            disabled={preferences.fontSize >= FONT_SIZES.max}
            onClick={() => preferences.resizeFont(1)}
          >
            <IconTextIncrease size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Button
          size="compact-sm"
          variant={panel ? 'light' : 'default'}
          aria-pressed={panel}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={() => openPanel(!panel)}
        >
          Test-run
        </Button>
      </div>
      {status === 'failed' && error && <NotSaved path={path} error={error} draft={draft} />}
      {shown && (
        <ErrorStrip
          key={shown.id}
          call={shown}
          onDismiss={() => {
            dismissed.add(shown.id);
            setDismissals((count) => count + 1);
          }}
          onDetails={() => {
            setShownCall(shown.id);
            openPanel(true);
          }}
        />
      )}
      <div className={classes.middle}>
        {conflict ? (
          <ConflictView path={path} draft={draft} conflict={conflict} />
        ) : (
          <CodeEditor
            appId={appId}
            kind={kind}
            path={path}
            draft={draft}
            preferences={preferences}
            marksFor={marksFor}
            onCursor={setCursor}
          />
        )}
      </div>
      <div className={classes.foot}>
        <span>
          Line {cursor.line}, column {cursor.column}
        </span>
        <span>
          {cursor.tabMovesFocus ? 'Tab moves the focus' : 'Tab indents'} (<kbd>Ctrl+M</kbd> switches)
        </span>
        <span className={classes.wide}>
          <kbd>Ctrl+F</kbd> find
        </span>
        <span className={classes.wide}>
          <kbd>F1</kbd> editor commands
        </span>
      </div>
      <ZipDialog appId={appId} kind={kind} draft={draft} opened={zipping} onClose={() => setZipping(false)} />
      {panel && <RunPanel appId={appId} kind={kind} shownCall={shownCall} onClose={() => openPanel(false)} />}
    </div>
  );
}

const NOTHING: never[] = [];

const STATES: Record<DraftStatus, { text: string; icon: typeof IconRefresh }> = {
  saved: { text: 'Saved', icon: IconCircleCheck },
  saving: { text: 'Saving…', icon: IconRefresh },
  unsaved: { text: 'Unsaved', icon: IconCircleDot },
  conflict: { text: 'Changed on disk', icon: IconFileAlert },
  failed: { text: 'Not saved', icon: IconAlertTriangle },
};

/** How this file stands against the disk. */
function FileState({ status }: { status: DraftStatus }) {
  const { text, icon: Icon } = STATES[status];
  return (
    <span className={classes.state} data-status={status}>
      <Icon size={14} aria-hidden />
      {text}
    </span>
  );
}

function NotSaved({ path, error, draft }: { path: string; error: ApiError; draft: FunctionDraft }) {
  return (
    <ErrorAlert title={`${path} could not be saved. Your text is still here.`} error={error}>
      <Button
        size="compact-xs"
        color="red"
        variant="light"
        // The outcome is in the draft's state, which this alert shows.
        onClick={() => void draft.flush().catch(() => undefined)}
      >
        Save again
      </Button>
    </ErrorAlert>
  );
}
