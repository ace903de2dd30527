import { ActionIcon, Badge, Button, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconApps, IconFolderOff, IconTool, IconX } from '@tabler/icons-react';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { AppView, RecentApp, StartScreen } from '../../generated/api';
import { AppLogo } from '../../shared/components/AppLogo';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { PathText } from '../../shared/components/PathText';
import { exactTime, timeAgo } from '../../shared/format';
import { notifyFailed } from '../../shared/notify';
import { keys } from '../../shared/queries';
import classes from './StartScreen.module.css';
import { useOpening } from './useOpening';
import { Foreign } from '../../shared/components/Foreign';

interface RecentAppsProps {
  apps: readonly RecentApp[];
  onOpen: (view: AppView) => void;
  onNew: () => void;
}

/** Apps shown at first: the samples stand below. */
const SHOWN = 8;

/** The apps opened before, the latest first. */
export function RecentApps({ apps, onOpen, onNew }: RecentAppsProps) {
  const client = useQueryClient();
  const opening = useOpening(commands.openApp, onOpen);
  const [all, setAll] = useState(false);
  const shown = all ? apps : apps.slice(0, SHOWN);
  const forget = useMutation({
    mutationFn: (app: RecentApp) => commands.forgetApp({ app: app.id }),
    onSuccess: (_, app) => {
      client.setQueryData<StartScreen>(
        keys.start,
        (start) => start && { ...start, recent: start.recent.filter((other) => other.id !== app.id) },
      );
    },
    onError: (error) => notifyFailed('The app could not be removed from the list', error),
  });

  if (apps.length === 0) {
    return (
      <div className={classes.empty}>
        <EmptyState
          compact
          icon={IconApps}
          title="No apps yet"
          text="Make a new one, open a folder that holds an app.json, or begin with a sample below."
        >
          <Button variant="light" onClick={onNew} mt={4}>
            Make a new app
          </Button>
        </EmptyState>
      </div>
    );
  }

  return (
    <>
      {opening.error && <ErrorAlert title="The app could not be opened" error={opening.error} />}
      <ul className={classes.list} aria-label="Recent apps">
        {shown.map((app) => (
          <li key={app.id} className={classes.row}>
            <AppLogo name={app.name} src={app.logo} size={36} />
            <div className={classes.names}>
              {/* Covers the whole row, but is named by the app alone: what stands beside it describes it. */}
              <UnstyledButton
                className={classes.open}
                aria-label={`Open ${app.name}`}
                aria-describedby={`recent-${app.id}`}
                title={app.path}
                disabled={app.state === 'missing' || opening.isPending}
                onClick={() => opening.mutate({ path: app.path })}
              >
                <Text fw={500} truncate c={app.state === 'missing' ? 'dimmed' : undefined}>
                  <Foreign text={app.name} />
                </Text>
              </UnstyledButton>
              <PathText path={app.path} />
            </div>
            <div id={`recent-${app.id}`} className={classes.state}>
              {app.state === 'missing' && (
                <Badge color="gray" leftSection={<IconFolderOff size={12} aria-hidden />}>
                  Folder missing
                </Badge>
              )}
              {app.state === 'needs_repair' && (
                <Badge color="orange" leftSection={<IconTool size={12} aria-hidden />}>
                  Needs repair
                </Badge>
              )}
              <Text
                c="dimmed"
                size="xs"
                style={{ whiteSpace: 'nowrap' }}
                title={exactTime(app.last_opened_at)}
              >
                {timeAgo(app.last_opened_at)}
              </Text>
            </div>
            <Tooltip label="Remove from this list; the folder stays">
              <ActionIcon
                className={classes.forget ?? ''}
                aria-label={`Remove ${app.name} from the list`}
                onClick={() => forget.mutate(app)}
                loading={forget.isPending && forget.variables.id === app.id}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      {apps.length > shown.length && (
        <Button variant="subtle" size="compact-sm" mt={8} onClick={() => setAll(true)}>
          Show all {apps.length} apps
        </Button>
      )}
    </>
  );
}
