import { Badge, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';

import type { Body, HttpExchange } from '../../generated/api';
import { JsonView } from '../components/JsonView';
import { bytes, duration } from '../format';
import classes from './calls.module.css';

/** What a function sent and received over HTTP. */
export function HttpRequests({ exchanges }: { exchanges: readonly HttpExchange[] }) {
  if (exchanges.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        The function made no HTTP requests.
      </Text>
    );
  }
  return (
    <div role="list" aria-label="HTTP requests">
      {exchanges.map((exchange, index) => (
        <Exchange key={index} exchange={exchange} />
      ))}
    </div>
  );
}

function Exchange({ exchange }: { exchange: HttpExchange }) {
  const [open, setOpen] = useState(false);
  const { method, url, status, error } = exchange;
  return (
    <div className={classes.exchange} role="listitem">
      <UnstyledButton
        className={classes.exchangeHead}
        aria-expanded={open}
        aria-label={`${method} ${url}, ${status ?? error ?? 'no answer'}`}
        onClick={() => setOpen((shown) => !shown)}
      >
        <Text span fz={12} fw={600} ff="monospace">
          {method}
        </Text>
        <span className={classes.url} title={url}>
          {url}
        </span>
        <Badge color={statusColor(status)} style={{ flexShrink: 0 }}>
          {status ?? 'No answer'}
        </Badge>
        <Text span fz={12} c="dimmed" style={{ flexShrink: 0 }}>
          {duration(exchange.duration_ms)}
        </Text>
      </UnstyledButton>
      {open && (
        <Stack gap={8} className={classes.exchangeBody}>
          <Text fz={12} ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Text>
          {error != null && (
            <Text size="sm" c="red">
              No answer came: {error}
            </Text>
          )}
          <Part title="Request" headers={exchange.request_headers} body={exchange.request_body} />
          {status != null && (
            <Part title="Answer" headers={exchange.response_headers} body={exchange.response_body} />
          )}
        </Stack>
      )}
    </div>
  );
}

function statusColor(status: number | undefined): string {
  if (status == null || status >= 500) return 'red';
  if (status >= 400) return 'orange';
  return status >= 300 ? 'blue' : 'teal';
}

function Part({ title, headers, body }: { title: string; headers: [string, string][]; body: Body }) {
  return (
    <section aria-label={title}>
      <Text fz={12} fw={600} mb={2}>
        {title}
      </Text>
      {headers.length > 0 && (
        <table className={classes.headers}>
          <tbody>
            {headers.map(([name, value], index) => (
              <tr key={index}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <BodyView body={body} label={`${title} body`} />
    </section>
  );
}

function BodyView({ body, label }: { body: Body; label: string }) {
  if (body.size_bytes === 0) {
    return (
      <Text fz={12} c="dimmed">
        No body
      </Text>
    );
  }
  return (
    <Stack gap={2} mt={4}>
      <JsonView value={valueOf(body)} label={label} maxHeight={220} />
      <Text fz={12} c="dimmed">
        {bytes(body.size_bytes)}
        {body.text == null && ', not text: shown as base64'}
        {body.cut && ', only the beginning was kept'}
      </Text>
    </Stack>
  );
}

function valueOf(body: Body): unknown {
  if (body.text == null) return body.base64 ?? '';
  try {
    const value: unknown = JSON.parse(body.text);
    return typeof value === 'object' && value !== null ? value : body.text;
  } catch {
    return body.text;
  }
}
