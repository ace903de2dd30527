import { ActionIcon, Button, Group, Loader, SimpleGrid, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconFolderOpen, IconPlus, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';

import type { AppView } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { ThemeMenu } from '../../shared/components/ThemeMenu';
import { useStartScreen } from '../../shared/queries';
import { Mark } from './Mark';
import { NewAppDialog } from './NewAppDialog';
import { OpenFolderDialog } from './OpenFolderDialog';
import { RecentApps } from './RecentApps';
import { SampleApps } from './SampleApps';
import classes from './StartScreen.module.css';

export interface StartScreenProps {
  /** An app was opened, made or copied: show it. */
  onOpen: (view: AppView) => void;
  onSettings: () => void;
}

/** Where the window begins: the apps opened before, a new one, a folder, the samples. */
export function StartScreen({ onOpen, onSettings }: StartScreenProps) {
  const { data, error, refetch, isPending } = useStartScreen();
  const [dialog, setDialog] = useState<'new' | 'open'>();
  const close = () => setDialog(undefined);

  return (
    <div className={classes.screen}>
      <main className={classes.column}>
        <Group justify="space-between" wrap="nowrap" mb={28}>
          <Group gap="sm" wrap="nowrap">
            <Mark size={36} />
            <div>
              <Title order={1} fz={24} lh={1.15}>
                Stepsmith
              </Title>
              <Text c="dimmed" size="sm">
                Design integration apps: build them, walk them, publish them.
              </Text>
            </div>
          </Group>
          <Group gap={4} wrap="nowrap">
            <ThemeMenu />
            <Tooltip label="Settings">
              <ActionIcon size="lg" aria-label="Settings" onClick={onSettings}>
                <IconSettings size={18} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>

        {error && (
          <ErrorAlert title="The start screen could not be read" error={error}>
            <Button size="xs" variant="light" color="red" onClick={() => void refetch()}>
              Try again
            </Button>
          </ErrorAlert>
        )}
        {isPending && (
          <Group justify="center" py={80}>
            <Loader aria-label="Loading" />
          </Group>
        )}
        {data && (
          <Stack gap={32}>
            <section aria-labelledby="recent-apps">
              <Group justify="space-between" mb="sm" wrap="nowrap">
                <Title order={2} id="recent-apps" fz="lg">
                  Recent apps
                </Title>
                <Group gap="xs" wrap="nowrap">
                  <Button
                    variant="default"
                    leftSection={<IconFolderOpen size={16} aria-hidden />}
                    onClick={() => setDialog('open')}
                  >
                    Open folder
                  </Button>
                  <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog('new')}>
                    New app
                  </Button>
                </Group>
              </Group>
              <RecentApps apps={data.recent} onOpen={onOpen} onNew={() => setDialog('new')} />
            </section>

            <section aria-labelledby="sample-apps">
              <Title order={2} id="sample-apps" fz="lg">
                Sample apps
              </Title>
              <Text c="dimmed" size="sm" mb="sm">
                Complete apps to read, run and change. Opening one makes a copy that is yours.
              </Text>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
                <SampleApps samples={data.samples} onOpen={onOpen} />
              </SimpleGrid>
            </section>

            <Text c="dimmed" size="xs">
              Stepsmith {data.version}
            </Text>
          </Stack>
        )}
      </main>

      <NewAppDialog
        opened={dialog === 'new'}
        folder={data?.new_app_folder ?? ''}
        onClose={close}
        onOpen={onOpen}
      />
      <OpenFolderDialog opened={dialog === 'open'} onClose={close} onOpen={onOpen} />
    </div>
  );
}
