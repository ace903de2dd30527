import {
  Code,
  Divider,
  Group,
  Loader,
  Modal,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { commands } from '../../generated/api';
import type { SettingsView, Theme } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { notifyFailed } from '../../shared/notify';
import { keys, useSettings } from '../../shared/queries';
import { useTheme } from '../../shared/theme';
import { KeepForm } from './KeepForm';
import { LimitsForm } from './LimitsForm';
import { RedirectForm } from './RedirectForm';
import { VaultPart } from './VaultPart';

export interface SettingsDialogProps {
  opened: boolean;
  onClose: () => void;
}

const THEMES: { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** What can be chosen for the whole program, and where it keeps its things. */
export function SettingsDialog({ opened, onClose }: SettingsDialogProps) {
  const { data, error } = useSettings();
  return (
    <Modal opened={opened} onClose={onClose} title="Settings" size={600}>
      {error && <ErrorAlert title="The settings could not be read" error={error} />}
      {!data && !error && <Loader aria-label="Loading" />}
      {data && <Settings view={data} />}
    </Modal>
  );
}

function Settings({ view }: { view: SettingsView }) {
  const { theme, setTheme } = useTheme();
  const client = useQueryClient();
  const services = useMutation({
    mutationFn: (on: boolean) => commands.setServices({ on }),
    onSuccess: (next) => client.setQueryData(keys.settings, next),
    onError: (error) => notifyFailed('The sample services could not be switched', error),
  });

  return (
    <Stack gap="lg">
      <Part title="Theme">
        <SegmentedControl
          aria-label="Theme"
          data={THEMES}
          value={theme}
          onChange={(value) => {
            const chosen = THEMES.find((one) => one.value === value);
            if (chosen) setTheme(chosen.value);
          }}
        />
      </Part>
      <Divider />
      <Part
        title="Secrets"
        text="Client secrets, access tokens and credentials never stand in an app’s folder."
      >
        <VaultPart vault={view.vault} />
      </Part>
      <Divider />
      <Part title="Authorization redirect" text="Where a provider sends the browser back to, for all apps.">
        <RedirectForm view={view} />
      </Part>
      <Divider />
      <Part
        title="Limits of a call"
        text="A call that needs more is stopped, with an error that says which limit it met. An app can have limits of its own: Basic Info, Limits for this app."
      >
        <LimitsForm settings={view.settings} />
      </Part>
      <Divider />
      <Part
        title="What is kept of the past"
        text="Counted for each app; the oldest go first. What is under way and what is pinned stays."
      >
        <KeepForm settings={view.settings} />
      </Part>
      <Divider />
      <Part title="Sample services" text="The external world of the sample apps, on this machine alone.">
        <Group gap="sm">
          <Switch
            label="Run the sample services"
            checked={view.services_url != null}
            disabled={services.isPending}
            onChange={(event) => services.mutate(event.currentTarget.checked)}
          />
          {view.services_url != null && <Code>{view.services_url}</Code>}
        </Group>
      </Part>
      <Divider />
      <Part title="This installation">
        <Stack gap="sm">
          <CopyField
            label="Data folder"
            description="Flow runs, calls, credentials, snapshots."
            value={view.data_folder}
          />
          <CopyField
            label="Callback address"
            description="Where redirects and webhooks arrive."
            value={view.callback_base}
          />
          <CopyField label="Version" value={view.version} />
        </Stack>
      </Part>
    </Stack>
  );
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3}>{title}</Title>
      {text !== undefined && (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      )}
      <div style={{ marginTop: 8 }}>{children}</div>
    </section>
  );
}
