import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconListSearch, IconLockOpen2 } from '@tabler/icons-react';
import { useState } from 'react';

import type { AppView, Authentication } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { Page } from '../../shared/components/Page';
import { UndoBar } from '../../shared/draft/UndoBar';
import { useDefinition, useDraft } from '../../shared/draft/DraftContext';
import { CredentialSection } from './CredentialSection';
import { CustomEditor } from './CustomEditor';
import { hasEntries, KIND_NAMES, kindOf, restored, switched, type Kind } from './kinds';
import { OAuth1Editor } from './OAuth1Editor';
import { OAuth2Editor } from './OAuth2Editor';
import { PresetPicker } from './PresetPicker';
import { useDefaults } from './useDefaults';

const KINDS: readonly Kind[] = ['none', 'oauth2', 'oauth1', 'custom'];
const PLACE = 'authentication';

/** How the app gets the credential that every function receives (contract chapter 3). */
export function AuthorizationTab({ view }: { view: AppView }) {
  const { authentication } = useDefinition();
  const draft = useDraft();
  const [choosing, setChoosing] = useState(false);
  const kind = kindOf(authentication);
  const starts = {
    none: {},
    oauth2: useDefaults('oauth2'),
    oauth1: useDefaults('oauth1'),
    custom: useDefaults('custom'),
  };
  const startOf = (of: Kind): Authentication | undefined => (of === 'none' ? {} : starts[of]?.authentication);

  /** Puts a whole authentication in, with a way back that stays in view. */
  const replace = (label: string, next: Authentication) => {
    const before = authentication;
    draft.edit((app) => ({ ...app, authentication: next }), {
      label,
      place: PLACE,
      revert: (app) => restored(app, before),
    });
  };
  const choose = (value: string) => {
    const to = KINDS.find((one) => one === value);
    const start = to && startOf(to);
    if (to === undefined || to === kind || !start) return;
    const next = switched(authentication, start);
    const label = `Authorization switched from ${KIND_NAMES[kind]} to ${KIND_NAMES[to]}`;
    if (!hasEntries(authentication, startOf(kind))) {
      draft.edit((app) => ({ ...app, authentication: next }));
      return;
    }
    modals.openConfirmModal({
      title: `Switch from ${KIND_NAMES[kind]} to ${KIND_NAMES[to]}?`,
      children: (
        <Text size="sm">
          What was entered for {KIND_NAMES[kind]} is taken out of app.json. Undo brings it back; secrets and
          credentials stay on this machine.
        </Text>
      ),
      labels: { confirm: `Switch to ${KIND_NAMES[to]}`, cancel: `Keep ${KIND_NAMES[kind]}` },
      onConfirm: () => replace(label, next),
    });
  };

  return (
    <Page
      title="Authorization"
      text="How people connect their account of the external service. Functions get the result as credential."
    >
      <Group justify="space-between" wrap="wrap" gap="sm">
        <SegmentedControl
          aria-label="Kind of authorization"
          data-field="authentication"
          value={kind}
          data={KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))}
          onChange={choose}
        />
        {kind !== 'custom' && (
          <Button
            variant="default"
            leftSection={<IconListSearch size={16} aria-hidden />}
            onClick={() => setChoosing(true)}
          >
            Presets…
          </Button>
        )}
      </Group>
      <UndoBar
        place={PLACE}
        keep={(app) =>
          hasEntries(app.authentication, startOf(kindOf(app.authentication)))
            ? (now) => restored(now, app.authentication)
            : undefined
        }
      />
      <PresetPicker
        opened={choosing}
        onClose={() => setChoosing(false)}
        authentication={authentication}
        onApply={(preset, next) => {
          setChoosing(false);
          replace(`Preset ${preset.title} put in`, next);
        }}
      />
      {kind === 'none' && (
        <EmptyState
          icon={IconLockOpen2}
          title="No authorization"
          text="Functions are called without a credential. Choose OAuth2 or OAuth1 for a provider with a login page, a preset for a well-known one, or Custom to ask for an API key or the like."
        />
      )}
      {authentication.oauth2 && (
        <OAuth2Editor view={view} oauth2={authentication.oauth2} defaults={starts.oauth2} />
      )}
      {kind === 'oauth1' && authentication.oauth1 && (
        <OAuth1Editor view={view} oauth1={authentication.oauth1} defaults={starts.oauth1} />
      )}
      {kind === 'custom' && authentication.custom && <CustomEditor custom={authentication.custom} />}
      {kind !== 'none' && <CredentialSection key={view.id} appId={view.id} />}
    </Page>
  );
}
