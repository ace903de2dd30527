import { useHotkeys } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { useCallback, useMemo, useRef, useState } from 'react';

import { HistoryDialog } from '../features/history/HistoryDialog';
import { memoryOf } from '../features/preview/memory';
import { PreviewPane } from '../features/preview/PreviewPane';
import { PublishDialog } from '../features/publish/PublishDialog';
import type { AppView } from '../generated/api';
import { ErrorAlert } from '../shared/components/ErrorAlert';
import { useDefinition, useDraft } from '../shared/draft/DraftContext';
import { NavigationProvider, type Arrival, type Place } from '../shared/navigation';
import { notifyDone, notifyFailed } from '../shared/notify';
import { useSaveAll, useSavers } from '../shared/saving';
import { TABS } from '../shared/tabs';
import classes from './AppFrame.module.css';
import { ConflictDialog } from './ConflictDialog';
import { Header } from './Header';
import { Palette } from './Palette';
import { PreviewDock, type PreviewMode } from './PreviewDock';
import { ProblemsPanel } from './ProblemsPanel';
import { TabContent } from './TabContent';
import { TabRail } from './TabRail';

interface AppFrameProps {
  view: AppView;
  onBack: () => void;
  onSettings: () => void;
}

/** The window of an app: header, tabs, the tab on show, problems, preview. */
export function AppFrame({ view, onBack, onSettings }: AppFrameProps) {
  const draft = useDraft();
  const { actions } = useDefinition();
  const saveAll = useSaveAll();
  const memory = memoryOf(useSavers());
  const [arrival, setArrival] = useState<Arrival>({ tab: 'basics', serial: 0 });
  const [preview, setPreview] = useState<PreviewMode>('closed');
  const [runRequest, setRunRequest] = useState(0);
  const [problems, setProblems] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [history, setHistory] = useState(false);
  /** Grows each time the preview has to show another run than it does. */
  const [shown, setShown] = useState(0);
  const serial = useRef(0);

  const goTo = useCallback((place: Place) => {
    serial.current += 1;
    setArrival({ ...place, serial: serial.current });
    // A link leads somewhere that can be seen: the preview in full view would hide it.
    setPreview((mode) => (mode === 'full' ? 'side' : mode));
    setHistory(false);
  }, []);
  const navigation = useMemo(() => ({ arrival, goTo }), [arrival, goTo]);

  const save = () => {
    saveAll()
      .then(() => notifyDone('Saved'))
      .catch((cause: unknown) => notifyFailed('Not saved', cause));
  };
  const leave = () => {
    saveAll()
      .then(onBack)
      .catch((cause: unknown) =>
        modals.openConfirmModal({
          title: 'Leave without saving?',
          children: <ErrorAlert title="Not everything could be saved" error={cause} />,
          labels: { confirm: 'Leave without saving', cancel: 'Stay' },
          confirmProps: { color: 'red' },
          onConfirm: onBack,
        }),
      );
  };
  const togglePreview = () => setPreview((mode) => (mode === 'closed' ? 'side' : 'closed'));
  const run = () => {
    setPreview((mode) => (mode === 'closed' ? 'side' : mode));
    setRunRequest((count) => count + 1);
  };
  const openRun = (flowRun: string) => {
    memory.remember({ flowRun });
    setShown((count) => count + 1);
    setPreview((mode) => (mode === 'closed' ? 'side' : mode));
    setHistory(false);
  };
  const undo = () => {
    const label = draft.undo();
    if (label !== undefined) notifyDone(`Undone: ${label}`);
  };

  // Everywhere, also while typing.
  useHotkeys(
    [
      ['mod+S', save],
      ['mod+Enter', run],
      ...TABS.map((tab, index): [string, () => void] => [`mod+${index + 1}`, () => goTo({ tab: tab.id })]),
    ],
    [],
    true,
  );
  // Not while typing: there, Ctrl+Z belongs to the text.
  useHotkeys([['mod+Z', undo]]);

  return (
    <NavigationProvider value={navigation}>
      <div className={classes.frame}>
        <Header
          view={view}
          preview={preview !== 'closed'}
          problems={problems}
          onBack={leave}
          onHistory={() => setHistory(true)}
          onPreview={togglePreview}
          onProblems={() => setProblems((shown) => !shown)}
          onPublish={() => setPublishing(true)}
          onSettings={onSettings}
        />
        <div className={classes.body} data-preview={preview}>
          <TabRail appId={view.id} narrow={preview === 'side'} />
          <div className={classes.middle}>
            <main className={classes.content}>
              <TabContent view={view} />
            </main>
            {problems && <ProblemsPanel appId={view.id} onClose={() => setProblems(false)} />}
          </div>
          <PreviewDock mode={preview} onMode={setPreview}>
            <PreviewPane key={shown} appId={view.id} runRequest={runRequest} />
          </PreviewDock>
        </div>
      </div>
      <ConflictDialog />
      <HistoryDialog
        appId={view.id}
        actions={actions}
        opened={history}
        onClose={() => setHistory(false)}
        onOpen={openRun}
      />
      <PublishDialog appId={view.id} opened={publishing} onClose={() => setPublishing(false)} />
      <Palette
        onSave={save}
        onRun={run}
        onPreview={togglePreview}
        onProblems={() => setProblems(true)}
        onHistory={() => setHistory(true)}
        onPublish={() => setPublishing(true)}
        onSettings={onSettings}
        onBack={leave}
      />
    </NavigationProvider>
  );
}
