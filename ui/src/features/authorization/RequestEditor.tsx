import { Group, Select, Stack } from '@mantine/core';

import type { Request } from '../../generated/api';
import { NameValueRows } from './NameValueRows';
import { TemplateInput } from './TemplateInput';
import type { TemplateVariable } from './templates';

interface RequestEditorProps {
  /** What it is, for the names of its fields: "Get token". */
  name: string;
  /** Path in app.json. */
  field: string;
  request: Request;
  onChange: (change: (request: Request) => Request) => void;
  variables: readonly TemplateVariable[];
  /** The authorization page is opened by a browser: only its address can be said. */
  browser?: boolean;
}

/** A templated request: method, endpoint, and its rows. */
export function RequestEditor({
  name,
  field,
  request,
  onChange,
  variables,
  browser = false,
}: RequestEditorProps) {
  const rows = { queries: request.queries, headers: request.headers, body_fields: request.body_fields };
  const part = (key: keyof typeof rows, title: string, singular: string) => (
    <NameValueRows
      title={title}
      singular={singular}
      field={`${field}.${key}`}
      rows={rows[key]}
      variables={variables}
      onChange={(change) => onChange((now) => ({ ...now, [key]: change(now[key]) }))}
    />
  );
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {/* A browser opens a page with GET; another method is shown only where a file says so. */}
        {(!browser || request.method !== 'GET') && (
          <Select
            label="Method"
            aria-label={`${name}: method`}
            data-field={`${field}.method`}
            w={96}
            data={['GET', 'POST']}
            value={request.method}
            onChange={(value) => {
              if (value === 'GET' || value === 'POST') onChange((now) => ({ ...now, method: value }));
            }}
          />
        )}
        <TemplateInput
          label="Endpoint"
          aria-label={`${name}: endpoint`}
          placeholder="https://…"
          data-field={`${field}.url`}
          value={request.url}
          variables={variables}
          style={{ flex: 1, minWidth: 0 }}
          onChange={(url) => onChange((now) => ({ ...now, url }))}
        />
      </Group>
      {part('queries', 'Queries', 'query')}
      {(!browser || request.headers.length > 0) && part('headers', 'Headers', 'header')}
      {(!browser || request.body_fields.length > 0) && part('body_fields', 'Body', 'body field')}
    </Stack>
  );
}
