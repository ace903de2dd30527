import { Group, Select, Stack } from '@mantine/core';
import { useState } from 'react';

import type { NameValue, Request, RequestKind } from '../../generated/api';
import { NameValueRows } from './NameValueRows';
import { PreviewPanel } from './PreviewPanel';
import { ProblemLines, problemProps, problemsAt } from './problems';
import type { RowList } from './suggestions';
import { TemplateInput } from './TemplateInput';
import type { OAuthEdits } from './useOAuthEdits';
import { useRequestPreview } from './useRequestPreview';

interface RequestEditorProps {
  /** What it is, for the names of its fields: "Get token". */
  name: string;
  kind: RequestKind;
  request: Request;
  redirectUri: string;
  edits: OAuthEdits;
}

const LISTS: readonly (readonly [list: RowList, title: string, singular: string])[] = [
  ['queries', 'URL parameters', 'URL parameter'],
  ['headers', 'Headers', 'header'],
  ['body_fields', 'Body', 'body field'],
];

/** A templated request: method, endpoint, its rows, and how it will look. */
export function RequestEditor({ name, kind, request, redirectUri, edits }: RequestEditorProps) {
  const [left, setLeft] = useState(false);
  const { preview, error } = useRequestPreview(edits.authentication, kind, redirectUri);
  const field = `${edits.field}.${kind}`;
  const problems = preview?.problems ?? [];
  const variables = preview?.variables ?? [];
  // A browser is given an address and no more; what else a file says is shown.
  const browser = kind === 'authorization_request';
  const change = (how: (request: Request) => Request) => edits.changeRequest(kind, how);
  const inList =
    (list: RowList, how: (rows: readonly NameValue[]) => NameValue[]) =>
    (now: Request): Request => ({ ...now, [list]: how(now[list]) });
  const endpoint = problemsAt(problems, `${field}.url`);
  // A new request has no endpoint yet: that is told once the field was left, or by the list of problems.
  const soon = request.url === '' && !left;

  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {(!browser || request.method !== 'GET') && (
          <Select
            label="Method"
            aria-label={`${name}: method`}
            data-field={`${field}.method`}
            w={96}
            style={{ flexShrink: 0 }}
            data={['GET', 'POST']}
            value={request.method}
            onChange={(value) => {
              if (value === 'GET' || value === 'POST') change((now) => ({ ...now, method: value }));
            }}
          />
        )}
        <TemplateInput
          label={browser ? 'Authorization page' : 'Endpoint'}
          aria-label={`${name}: endpoint`}
          placeholder="https://…"
          data-field={`${field}.url`}
          value={request.url}
          variables={variables}
          style={{ flex: 1, minWidth: 0 }}
          {...problemProps(soon ? {} : endpoint)}
          onBlur={() => setLeft(true)}
          onChange={(url) => change((now) => ({ ...now, url }))}
        />
      </Group>
      {LISTS.map(([list, title, singular]) =>
        browser && list !== 'queries' && request[list].length === 0 ? null : (
          <NameValueRows
            key={list}
            title={title}
            singular={singular}
            list={list}
            field={`${field}.${list}`}
            rows={request[list]}
            variables={variables}
            oauth1={edits.oauth1}
            problems={problems}
            onChange={(how) => change(inList(list, how))}
            onRemove={(label, how, revert) =>
              edits.changeRequest(kind, inList(list, how), { label, revert: inList(list, revert) })
            }
          />
        ),
      )}
      <ProblemLines {...problemsAt(problems, field)} />
      <PreviewPanel name={name} preview={preview} error={error} browser={browser} />
    </Stack>
  );
}
