import { Anchor, Badge, Button, Group, List, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';

import { commands } from '../../generated/api';
import type { Authentication, Preset } from '../../generated/api';
import { notifyFailed } from '../../shared/notify';
import classes from './PresetPicker.module.css';
import { replacements, withPreset } from './presets';

interface PresetDetailsProps {
  preset: Preset;
  authentication: Authentication;
  onApply: (next: Authentication) => void;
}

const CLIENTS: Record<Preset['client'], string> = {
  basic: 'Secret in a Basic header',
  body: 'Secret in the body',
  query: 'Secret in the URL',
  signature: 'Signed requests',
};

/** When a preset was last compared with what is public about its provider, in front of the address of the provider's own page. */
function compared(day: string | undefined): string {
  return day === undefined ? 'Written after' : `Compared with public sources on ${day}. See`;
}

/** A provider's preset: where it is from, what is to be filled in, and what it will replace. */
export function PresetDetails({ preset, authentication, onApply }: PresetDetailsProps) {
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({});
  const open = useMutation({
    mutationFn: () => commands.openPresetDocumentation({ preset: preset.name }),
    onError: (cause) => notifyFailed('The documentation could not be opened', cause),
  });
  const next = withPreset(authentication, preset, own);
  const replaced = replacements(authentication, next);
  const page = (next.oauth2 ?? next.oauth1)?.authorization_request.url ?? '';
  const empty = preset.placeholders.filter(({ word }) => (own[word] ?? '').trim() === '');

  return (
    <form
      className={classes.details}
      aria-label={preset.title}
      onSubmit={(event) => {
        event.preventDefault();
        onApply(next);
      }}
    >
      <Stack
        gap="sm"
        className={classes.scroll}
        tabIndex={0}
        role="group"
        aria-label={`About ${preset.title}`}
      >
        <div>
          <Title order={3}>{preset.title}</Title>
          <Group gap={6} mt={6}>
            <Badge color="gray">{preset.authentication.oauth1 ? 'OAuth1' : 'OAuth2'}</Badge>
            <Badge color="gray">{CLIENTS[preset.client]}</Badge>
            {preset.pkce && <Badge color="gray">PKCE</Badge>}
          </Group>
          <Text size="xs" c="dimmed" mt={8} style={{ overflowWrap: 'anywhere' }}>
            {compared(preset.checked)}{' '}
            <Anchor
              component="button"
              type="button"
              inherit
              style={{ textAlign: 'left', overflowWrap: 'anywhere' }}
              title="Open in the system browser"
              onClick={() => open.mutate()}
            >
              {preset.documentation} <IconExternalLink size={12} aria-label="opens in the browser" />
            </Anchor>
          </Text>
        </div>
        {preset.placeholders.map(({ word, text }) => (
          <TextInput
            key={word}
            label={text}
            description={<code>{word}</code>}
            value={own[word] ?? ''}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setOwn({ ...own, [word]: event.currentTarget.value })}
          />
        ))}
        <Text size="xs" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {page}
        </Text>
        {preset.scopes.length > 0 && (
          <Text size="sm">
            Asks for the scopes <code>{preset.scopes.join(preset.scope_separator)}</code>: change them to what
            the app needs.
          </Text>
        )}
        {preset.notes.length > 0 && (
          <List size="sm" spacing={4}>
            {preset.notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        )}
        {replaced.length > 0 && (
          <div className={classes.replaced} role="group" aria-label="What is replaced">
            <Text size="sm" fw={600}>
              Replaces what is there
            </Text>
            {replaced.map((one) => (
              <div key={one.name}>
                <Text size="xs" fw={500} mt={6}>
                  {one.name}
                </Text>
                {one.before !== undefined && (
                  <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {one.before} → {one.after ?? 'nothing'}
                  </Text>
                )}
              </div>
            ))}
            <Text size="xs" c="dimmed" mt={6}>
              You can undo this right after.
            </Text>
          </div>
        )}
      </Stack>
      <Group justify="space-between" mt="sm" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {empty.length > 0
            ? `${empty.map(({ word }) => word).join(', ')} will be flagged until replaced.`
            : ''}
        </Text>
        <Button type="submit" style={{ flexShrink: 0 }}>
          Use {preset.title}
        </Button>
      </Group>
    </form>
  );
}
