import { Alert, Button, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { AppView, OAuth2, Request } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { useEdit, useEditWithUndo } from '../../shared/draft/DraftContext';
import classes from './AuthorizationTab.module.css';
import { newRefreshRequest, newTestRequest, usesPkce, withPkce } from './kinds';
import { RequestEditor } from './RequestEditor';
import { SecretField } from './SecretField';
import { OAUTH2_VARIABLES } from './templates';

interface OAuth2EditorProps {
  view: AppView;
  oauth2: OAuth2;
}

type OptionalRequest = 'refresh_token_request' | 'test_token_request';

const FIELD = 'authentication.oauth2';

/** OAuth2 as the steps in which an author sets it up at a provider. */
export function OAuth2Editor({ view, oauth2 }: OAuth2EditorProps) {
  const edit = useEdit();
  const editWithUndo = useEditWithUndo();

  const change = (how: (now: OAuth2) => OAuth2) =>
    edit((app) =>
      app.authentication.oauth2
        ? { ...app, authentication: { ...app.authentication, oauth2: how(app.authentication.oauth2) } }
        : app,
    );
  const changeRequest =
    (key: 'authorization_request' | 'get_token_request') => (how: (now: Request) => Request) =>
      change((now) => ({ ...now, [key]: how(now[key]) }));
  const changeOptional = (key: OptionalRequest) => (how: (now: Request) => Request) =>
    change((now) => {
      const request = now[key];
      return request ? { ...now, [key]: how(request) } : now;
    });
  const removeOptional = (key: OptionalRequest, label: string, request: Request) => {
    const put = (value: Request | undefined) => (app: typeof view.definition & object) => {
      const { oauth2: now } = app.authentication;
      return now
        ? { ...app, authentication: { ...app.authentication, oauth2: { ...now, [key]: value } } }
        : app;
    };
    editWithUndo(`${label} request removed`, put(undefined), put(request));
  };

  const optional = (key: OptionalRequest, name: string, make: () => Request) => {
    const request = oauth2[key];
    return request ? (
      <>
        <RequestEditor
          name={name}
          field={`${FIELD}.${key}`}
          request={request}
          onChange={changeOptional(key)}
          variables={OAUTH2_VARIABLES[key]}
        />
        <Button
          mt="sm"
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => removeOptional(key, name, request)}
        >
          Remove this request
        </Button>
      </>
    ) : (
      <Button
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => change((now) => ({ ...now, [key]: make() }))}
      >
        Add the {name.toLowerCase()} request
      </Button>
    );
  };

  const secret = oauth2.client_secret;
  return (
    <ol className={classes.steps}>
      <Step title="Redirect URL" text="Register this address with the provider, exactly as it stands.">
        <CopyField label="OAuth redirect URL" value={view.redirect_uri} />
      </Step>

      <Step title="App credential" text="What the provider gave out for your app.">
        <Stack gap="sm">
          <TextInput
            label="Client id"
            data-field={`${FIELD}.client_id`}
            value={oauth2.client_id}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              const client_id = event.currentTarget.value;
              change((now) => ({ ...now, client_id }));
            }}
          />
          {typeof secret === 'string' && secret !== '' && (
            <Alert color="orange" title="The client secret stands in app.json as plain text">
              <Stack gap="xs" align="flex-start">
                <Text size="sm">Save it below, so that the file holds only its name.</Text>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => change((now) => ({ ...now, client_secret: { secret: 'client_secret' } }))}
                >
                  Take it out of app.json
                </Button>
              </Stack>
            </Alert>
          )}
          <SecretField
            appId={view.id}
            label="Client secret"
            name={typeof secret === 'string' ? 'client_secret' : secret.secret}
            field={`${FIELD}.client_secret`}
          />
          <Switch
            mt={4}
            label="Use PKCE"
            description="Adds code_challenge and code_challenge_method to the authorization URL and code_verifier to the token request."
            checked={usesPkce(oauth2)}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              change((now) => withPkce(now, on));
            }}
          />
        </Stack>
      </Step>

      <Step title="Authorization URL" text="The page that the browser is sent to.">
        <RequestEditor
          browser
          name="Authorization URL"
          field={`${FIELD}.authorization_request`}
          request={oauth2.authorization_request}
          onChange={changeRequest('authorization_request')}
          variables={OAUTH2_VARIABLES.authorization_request}
        />
      </Step>

      <Step title="Get token" text="Exchanges the code that the redirect brought for a token.">
        <RequestEditor
          name="Get token"
          field={`${FIELD}.get_token_request`}
          request={oauth2.get_token_request}
          onChange={changeRequest('get_token_request')}
          variables={OAUTH2_VARIABLES.get_token_request}
        />
      </Step>

      <Step
        title="Refresh token"
        text="Gets the next token when one expires. Leave it out when tokens do not expire."
      >
        {optional('refresh_token_request', 'Refresh token', newRefreshRequest)}
      </Step>

      <Step title="Test token" text="Proves that a token works: any 2xx answer does.">
        {optional('test_token_request', 'Test token', newTestRequest)}
      </Step>
    </ol>
  );
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className={classes.step}>
      <Title order={3}>{title}</Title>
      <Text c="dimmed" size="sm" mb="sm">
        {text}
      </Text>
      {children}
    </li>
  );
}
