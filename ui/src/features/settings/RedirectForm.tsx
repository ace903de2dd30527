import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { RedirectSettings, SettingsView } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { notifyDone } from '../../shared/notify';
import { keys } from '../../shared/queries';

type Way = 'own' | 'port' | 'external';

function wayOf(redirect: RedirectSettings): Way {
  if (redirect.external != null) return 'external';
  return redirect.port == null ? 'own' : 'port';
}

/** Where providers send the browser back to: the redirect URI to register. */
export function RedirectForm({ view }: { view: SettingsView }) {
  const client = useQueryClient();
  const before = view.settings.redirect;
  const [way, setWay] = useState(wayOf(before));
  const [port, setPort] = useState(String(before.port ?? ''));
  const [external, setExternal] = useState(before.external ?? '');
  const chosen: RedirectSettings =
    way === 'port' ? { port: Number(port) } : way === 'external' ? { external: external.trim() } : {};
  const portWrong = way === 'port' && port !== '' && !/^\d{4,5}$/.test(port);
  const missing = (way === 'port' && port === '') || (way === 'external' && external.trim() === '');
  const changed = JSON.stringify(chosen) !== JSON.stringify(before);
  const save = useMutation({
    mutationFn: () => commands.saveSettings({ ...view.settings, redirect: chosen }),
    onSuccess: (next) => {
      client.setQueryData(keys.settings, next);
      notifyDone('The redirect URI has changed: register the new one with your providers');
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!portWrong && !missing) save.mutate();
      }}
    >
      <Stack gap="sm">
        <CopyField
          label="Redirect URI"
          description="Register exactly this one with your providers."
          value={view.redirect_uri}
        />
        <Radio.Group
          label="Redirects arrive"
          value={way}
          onChange={(value) => setWay(value === 'port' || value === 'external' ? value : 'own')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="own" label="On the port that this installation has chosen" />
            <Radio value="port" label="On a port of my choice" />
            <Radio
              value="external"
              label="At an address elsewhere, for providers that refuse 127.0.0.1; I paste where the browser ends"
            />
          </Stack>
        </Radio.Group>
        {way === 'port' && (
          <TextInput
            label="Port"
            inputMode="numeric"
            maw={160}
            value={port}
            error={portWrong ? 'A number from 1024 to 65535' : undefined}
            onChange={(event) => setPort(event.currentTarget.value.trim())}
          />
        )}
        {way === 'external' && (
          <TextInput
            label="Address"
            placeholder="https://example.com/callback"
            value={external}
            spellCheck={false}
            onChange={(event) => setExternal(event.currentTarget.value)}
          />
        )}
        {save.error && <ErrorAlert title="The redirect URI stays as it was" error={save.error} />}
        {changed && (
          <Group gap="xs">
            <Button type="submit" size="xs" loading={save.isPending} disabled={portWrong || missing}>
              Save redirect URI
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
