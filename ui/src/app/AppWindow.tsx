import { Button, Center, Loader, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';

import { RepairScreen } from '../features/repair/RepairScreen';
import type { App, AppView } from '../generated/api';
import { ErrorAlert } from '../shared/components/ErrorAlert';
import { DraftProvider, useDraft, useDraftState } from '../shared/draft/DraftContext';
import { useAppView } from '../shared/queries';
import { Savers, SaversProvider, useReportSaving } from '../shared/saving';
import { AppFrame } from './AppFrame';

interface AppWindowProps {
  appId: string;
  onBack: () => void;
  onSettings: () => void;
}

/** An app on screen: its tabs, or the repair of its app.json. */
export function AppWindow({ appId, onBack, onSettings }: AppWindowProps) {
  const { data: view, error, refetch } = useAppView(appId);
  const [savers] = useState(() => new Savers());
  // The first readable definition: later ones reach the tabs through the draft, which looks after unsaved edits.
  const [first, setFirst] = useState<AppView & { definition: App }>();
  if (first === undefined && view && hasDefinition(view)) setFirst(view);

  if (error && !view) {
    return (
      <Center h="100%" p="lg">
        <Stack maw={640}>
          <ErrorAlert title="The app could not be read" error={error}>
            <Button.Group>
              <Button size="xs" variant="light" color="red" onClick={() => void refetch()}>
                Try again
              </Button>
              <Button size="xs" variant="default" onClick={onBack}>
                Back to start
              </Button>
            </Button.Group>
          </ErrorAlert>
        </Stack>
      </Center>
    );
  }
  if (!view) {
    return (
      <Center h="100%">
        <Loader aria-label="Opening the app" />
      </Center>
    );
  }
  if (!first) return <RepairScreen view={view} onBack={onBack} />;
  return (
    <SaversProvider value={savers}>
      <DraftProvider view={first}>
        <DraftedApp view={view} onBack={onBack} onSettings={onSettings} />
      </DraftProvider>
    </SaversProvider>
  );
}

interface DraftedAppProps extends Omit<AppWindowProps, 'appId'> {
  view: AppView;
}

function DraftedApp({ view, onBack, onSettings }: DraftedAppProps) {
  const draft = useDraft();
  const { status } = useDraftState();
  useReportSaving('app.json', status, () => draft.flush());

  // Whatever made the window read the app again: a version that is news to the draft is looked at.
  useEffect(() => {
    void draft.diskChanged().catch(() => undefined);
  }, [draft, view.definition_version]);

  if (!hasDefinition(view) && status === 'saved') return <RepairScreen view={view} onBack={onBack} />;
  return <AppFrame view={view} onBack={onBack} onSettings={onSettings} />;
}

function hasDefinition(view: AppView): view is AppView & { definition: App } {
  return view.definition != null;
}
