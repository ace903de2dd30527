import { Alert, Code, SegmentedControl, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconLockOpen2 } from '@tabler/icons-react';

import type { AppView } from '../../generated/api';
import { EmptyState } from '../../shared/components/EmptyState';
import { Page } from '../../shared/components/Page';
import { useDefinition, useEdit, useEditWithUndo } from '../../shared/draft/DraftContext';
import { CredentialSection } from './CredentialSection';
import { CustomEditor } from './CustomEditor';
import { hasEntries, KIND_NAMES, kindOf, restored, switched, type Kind } from './kinds';
import { OAuth2Editor } from './OAuth2Editor';

/** How the app gets the credential that every function receives (contract chapter 3). */
export function AuthorizationTab({ view }: { view: AppView }) {
  const { authentication } = useDefinition();
  const edit = useEdit();
  const editWithUndo = useEditWithUndo();
  const kind = kindOf(authentication);
  const kinds: Kind[] =
    kind === 'oauth1' ? ['none', 'oauth2', 'oauth1', 'custom'] : ['none', 'oauth2', 'custom'];

  const change = (to: Kind) => {
    const before = authentication;
    editWithUndo(
      `Authorization switched from ${KIND_NAMES[kind]} to ${KIND_NAMES[to]}`,
      (app) => ({ ...app, authentication: switched(app.authentication, to) }),
      (app) => restored(app, before),
    );
  };
  const choose = (value: string) => {
    const to = kinds.find((one) => one === value);
    if (to === undefined || to === kind) return;
    if (!hasEntries(authentication)) {
      edit((app) => ({ ...app, authentication: switched(app.authentication, to) }));
      return;
    }
    modals.openConfirmModal({
      title: `Switch from ${KIND_NAMES[kind]} to ${KIND_NAMES[to]}?`,
      children: (
        <Text size="sm">
          What was entered for {KIND_NAMES[kind]} is taken out of app.json. You can undo this right after;
          secrets and credentials stay on this machine.
        </Text>
      ),
      labels: { confirm: `Switch to ${KIND_NAMES[to]}`, cancel: `Keep ${KIND_NAMES[kind]}` },
      onConfirm: () => change(to),
    });
  };

  return (
    <Page
      title="Authorization"
      text="How people connect their account of the external service. Functions get the result as credential."
    >
      <SegmentedControl
        aria-label="Kind of authorization"
        data-field="authentication"
        style={{ alignSelf: 'flex-start' }}
        value={kind}
        data={kinds.map((value) => ({ value, label: KIND_NAMES[value] }))}
        onChange={choose}
      />
      {kind === 'none' && (
        <EmptyState
          icon={IconLockOpen2}
          title="No authorization"
          text="Functions are called without a credential. Choose OAuth2 for a provider with a login page, or Custom to ask for an API key or the like."
        />
      )}
      {authentication.oauth2 && <OAuth2Editor view={view} oauth2={authentication.oauth2} />}
      {kind === 'oauth1' && (
        <Stack gap="sm">
          <Alert color="gray" title="OAuth1 is kept as it is">
            Stepsmith shows this configuration, keeps it and publishes it, and does not edit it yet. Change it
            in app.json.
          </Alert>
          <Code block aria-label="OAuth1 configuration">
            {JSON.stringify(authentication.oauth1, null, 2)}
          </Code>
        </Stack>
      )}
      {kind === 'custom' && authentication.custom && <CustomEditor custom={authentication.custom} />}
      {kind !== 'none' && <CredentialSection key={view.id} appId={view.id} />}
    </Page>
  );
}
