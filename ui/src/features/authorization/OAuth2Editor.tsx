import { Group, Input, SegmentedControl, Stack, Switch } from '@mantine/core';

import type { AppView, NewAuthentication, OAuth2 } from '../../generated/api';
import { CopyField } from '../../shared/components/CopyField';
import { useEdit, useEditWithUndo } from '../../shared/draft/DraftContext';
import classes from './AuthorizationTab.module.css';
import { ClientCredential } from './ClientCredential';
import { clientStyle, withClientStyle, type ClientStyle } from './clientAuthentication';
import { usesPkce, withPkce } from './pkce';
import { RequestEditor } from './RequestEditor';
import { Step } from './Step';
import { TokenRequests, type TokenRequest } from './TokenRequests';
import { inOAuth2, useOAuthEdits } from './useOAuthEdits';

interface OAuth2EditorProps {
  view: AppView;
  oauth2: OAuth2;
  /** What a new configuration holds; undefined until it is known. */
  defaults: NewAuthentication | undefined;
}

const FIELD = 'authentication.oauth2';

const STYLES: Record<ClientStyle, string> = {
  basic: 'Basic header',
  body: 'Body',
  none: 'None',
  own: 'Custom',
};
const STYLE_TEXTS: Record<ClientStyle, string> = {
  basic: 'Get and refresh send client id and secret in the Authorization header.',
  body: 'Get and refresh send client id and secret among their parameters.',
  none: 'Get and refresh send no secret: a public client, which PKCE should protect.',
  own: 'Get and refresh send the secret in a way of their own. Choose one of the others to set both.',
};

function sendsSecret(oauth2: OAuth2): boolean {
  const requests = { ...oauth2, client_id: '', client_secret: '' };
  return /\{\{\s*client_secret\s*\}\}/.test(JSON.stringify(requests));
}

/** OAuth2 as the four steps in which an author sets it up at a provider. */
export function OAuth2Editor({ view, oauth2, defaults }: OAuth2EditorProps) {
  const edits = useOAuthEdits();
  const edit = useEdit();
  const editWithUndo = useEditWithUndo();
  const change = (how: (now: OAuth2) => OAuth2) => edit(inOAuth2(how));
  const style = clientStyle(oauth2);

  const chooseStyle = (to: ClientStyle) => {
    if (to === 'own' || to === style) return;
    const { get_token_request, refresh_token_request } = oauth2;
    editWithUndo(
      `Client secret: ${STYLES[to].toLowerCase()}`,
      inOAuth2((now) => withClientStyle(now, to)),
      inOAuth2((now) => ({
        ...now,
        get_token_request,
        ...(refresh_token_request ? { refresh_token_request } : {}),
      })),
    );
  };
  const requests: TokenRequest[] = [
    {
      kind: 'get_token_request',
      name: 'Get token',
      text: 'Exchanges the code that the redirect brought for a token.',
      request: oauth2.get_token_request,
      optional: false,
    },
    {
      kind: 'refresh_token_request',
      name: 'Refresh token',
      text: 'Gets the next token when one expires. Leave it out when tokens do not expire.',
      request: oauth2.refresh_token_request,
      start: defaults?.authentication.oauth2?.refresh_token_request,
      optional: true,
    },
    {
      kind: 'test_token_request',
      name: 'Test token',
      text: 'Proves that a token works: any 2xx answer does.',
      request: oauth2.test_token_request,
      start: defaults?.test_token_request,
      optional: true,
    },
  ];

  return (
    <ol className={classes.steps}>
      <Step title="Redirect URL" text="Register this address with the provider, exactly as it stands.">
        <CopyField label="OAuth redirect URL" value={view.redirect_uri} />
      </Step>

      <Step title="App credential" text="What the provider gave out for your app.">
        <ClientCredential
          appId={view.id}
          field={FIELD}
          id={{
            field: 'client_id',
            label: 'Client id',
            value: oauth2.client_id,
            onChange: (client_id) => change((now) => ({ ...now, client_id })),
          }}
          secret={{
            field: 'client_secret',
            label: 'Client secret',
            value: oauth2.client_secret,
            used: sendsSecret(oauth2),
            onChange: (client_secret) => change((now) => ({ ...now, client_secret })),
          }}
        />
      </Step>

      <Step title="Authorization URL" text="The page that the browser is sent to.">
        <Stack gap="sm">
          <Switch
            label="Use PKCE"
            aria-label="Use PKCE"
            description="Puts code_challenge and code_challenge_method into the authorization URL, and code_verifier into the token request."
            checked={usesPkce(oauth2)}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              change((now) => withPkce(now, on));
            }}
          />
          <RequestEditor
            name="Authorization URL"
            kind="authorization_request"
            request={oauth2.authorization_request}
            redirectUri={view.redirect_uri}
            edits={edits}
          />
        </Stack>
      </Step>

      <Step title="Token requests" text="What Stepsmith and the framework send by themselves.">
        <Stack gap="md">
          <Input.Wrapper
            label="Client secret goes into"
            labelElement="div"
            description={STYLE_TEXTS[style]}
            inputWrapperOrder={['label', 'input', 'description']}
          >
            <Group my={4}>
              <SegmentedControl
                aria-label="Client secret goes into"
                size="xs"
                value={style}
                data={(['basic', 'body', 'none', 'own'] as const)
                  .filter((value) => value !== 'own' || style === 'own')
                  .map((value) => ({ value, label: STYLES[value] }))}
                onChange={chooseStyle}
              />
            </Group>
          </Input.Wrapper>
          <TokenRequests appId={view.id} redirectUri={view.redirect_uri} requests={requests} edits={edits} />
        </Stack>
      </Step>
    </ol>
  );
}
