import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './global.css';

import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { SettingsDialog } from '../features/settings/SettingsDialog';
import { StartScreen } from '../features/start/StartScreen';
import { type AppView, commands, type Event } from '../generated/api';
import { listen } from '../platform/events';
import { notifyDone, notifyFailed } from '../shared/notify';
import { createQueryClient, invalidateFor, keys } from '../shared/queries';
import { useFollowTheme } from '../shared/theme';
import { AppWindow } from './AppWindow';
import classes from './Root.module.css';
import { cssVariables, theme } from './theme';
import { VaultNotice } from './VaultNotice';

const client = createQueryClient();

/** The window: providers around the screen on show. */
export function Root() {
  return (
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <ModalsProvider>
          <Notifications position="bottom-right" limit={4} />
          <Screens />
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}

function Screens() {
  const [app, setApp] = useState<string>();
  const [settings, setSettings] = useState(false);
  const queries = useQueryClient();
  useFollowTheme();

  useEffect(
    () =>
      listen((payload) => {
        // The channel carries nothing but events of the api crate.
        const event = payload as Event;
        invalidateFor(queries, event);
        if (event.kind === 'notice') {
          if (event.failed) notifyFailed('Something needs your attention', event.text);
          else notifyDone(event.text);
        }
      }),
    [queries],
  );

  const open = (view: AppView) => {
    setApp(view.id);
    for (const notice of view.notices) notifyDone(notice);
  };
  // What the program was started on stands in the page's address, and counts once.
  useEffect(() => {
    const asked = startRequest();
    if (asked === undefined) return;
    asked.then(
      (view) => setApp(view.id),
      (error: unknown) => notifyFailed('The app could not be opened', error),
    );
  }, []);

  const back = () => {
    setApp(undefined);
    void queries.invalidateQueries({ queryKey: keys.start });
  };

  return (
    <>
      <div className={classes.window}>
        <VaultNotice />
        <div className={classes.screen}>
          {app === undefined ? (
            <StartScreen onOpen={open} onSettings={() => setSettings(true)} />
          ) : (
            <AppWindow key={app} appId={app} onBack={back} onSettings={() => setSettings(true)} />
          )}
        </div>
      </div>
      <SettingsDialog opened={settings} onClose={() => setSettings(false)} />
    </>
  );
}

/** Opens the sample app or the folder that the program was started on. */
function startRequest(): Promise<AppView> | undefined {
  const query = new URLSearchParams(window.location.search);
  const sample = query.get('sample');
  const path = query.get('open');
  if (sample === null && path === null) return undefined;
  window.history.replaceState(null, '', window.location.pathname);
  return sample === null ? commands.openApp({ path: path ?? '' }) : commands.openSample({ name: sample });
}
