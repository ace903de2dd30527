import { useMemo } from 'react';

import type { App, Authentication, OAuth1, OAuth2, Request, RequestKind } from '../../generated/api';
import { useDefinition, useEdit, useEditWithUndo } from '../../shared/draft/DraftContext';

type RequestChange = (request: Request) => Request;

/** The ways in which the editors change one of the two OAuths. */
export interface OAuthEdits {
  authentication: Authentication;
  /** Path in app.json. */
  field: 'authentication.oauth2' | 'authentication.oauth1';
  oauth1: boolean;
  /** Changes a request that is there. With `undo`, a way back is offered. */
  changeRequest: (
    kind: RequestKind,
    change: RequestChange,
    undo?: { label: string; revert: RequestChange },
  ) => void;
  /** Adds a request. */
  addRequest: (kind: RequestKind, request: Request) => void;
  /** Takes a request out, with a way back. */
  removeRequest: (kind: RequestKind, label: string) => void;
}

function requestOf(authentication: Authentication, kind: RequestKind): Request | undefined {
  const { oauth1, oauth2 } = authentication;
  const requests: Partial<Record<RequestKind, Request | undefined>> = {
    authorization_request: (oauth2 ?? oauth1)?.authorization_request,
    get_token_request: (oauth2 ?? oauth1)?.get_token_request,
    test_token_request: (oauth2 ?? oauth1)?.test_token_request,
    request_token_request: oauth1?.request_token_request,
    refresh_token_request: oauth2?.refresh_token_request,
  };
  return requests[kind];
}

function withRequest(app: App, kind: RequestKind, request: Request | undefined): App {
  const { oauth1, oauth2 } = app.authentication;
  if (oauth2) {
    return { ...app, authentication: { ...app.authentication, oauth2: { ...oauth2, [kind]: request } } };
  }
  return oauth1
    ? { ...app, authentication: { ...app.authentication, oauth1: { ...oauth1, [kind]: request } } }
    : app;
}

function changedIn(kind: RequestKind, change: RequestChange) {
  return (app: App): App => {
    const request = requestOf(app.authentication, kind);
    return request ? withRequest(app, kind, change(request)) : app;
  };
}

/** Edits of the requests of whichever OAuth the app has. */
export function useOAuthEdits(): OAuthEdits {
  const { authentication } = useDefinition();
  const edit = useEdit();
  const editWithUndo = useEditWithUndo();
  const oauth1 = authentication.oauth2 == null;
  return useMemo(
    () => ({
      authentication,
      field: oauth1 ? 'authentication.oauth1' : 'authentication.oauth2',
      oauth1,
      changeRequest: (kind, change, undo) => {
        if (undo) editWithUndo(undo.label, changedIn(kind, change), changedIn(kind, undo.revert));
        else edit(changedIn(kind, change));
      },
      addRequest: (kind, request) => edit((app) => withRequest(app, kind, request)),
      removeRequest: (kind, label) => {
        const request = requestOf(authentication, kind);
        editWithUndo(
          label,
          (app) => withRequest(app, kind, undefined),
          (app) => withRequest(app, kind, request),
        );
      },
    }),
    [authentication, oauth1, edit, editWithUndo],
  );
}

/** Changes the OAuth2 configuration, where there is one. */
export function inOAuth2(change: (oauth2: OAuth2) => OAuth2) {
  return (app: App): App => {
    const { oauth2 } = app.authentication;
    return oauth2 ? { ...app, authentication: { ...app.authentication, oauth2: change(oauth2) } } : app;
  };
}

/** The same for OAuth1. */
export function inOAuth1(change: (oauth1: OAuth1) => OAuth1) {
  return (app: App): App => {
    const { oauth1 } = app.authentication;
    return oauth1 ? { ...app, authentication: { ...app.authentication, oauth1: change(oauth1) } } : app;
  };
}
