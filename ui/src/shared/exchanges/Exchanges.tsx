import { Badge, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';

import type { ExchangeHeader, ExchangePart, ExchangePurpose, ExchangeView } from '../../generated/api';
import callClasses from '../calls/calls.module.css';
import { bytes, duration, exactTime } from '../format';
import { useExchanges } from '../queries';
import classes from './exchanges.module.css';
import { Parts } from './Parts';

const PURPOSES: Record<ExchangePurpose, string> = {
  request_token: 'Request token',
  token: 'Token request',
  refresh: 'Refresh request',
  test: 'Test request',
};

interface ExchangesProps {
  /** An attempt or an account. */
  owner: string;
  /** Whether the latest one stands open at first. */
  open?: boolean;
}

/** What went over the wire for an attempt or an account: each request with its answer. Shows nothing while there is none. */
export function Exchanges({ owner, open = false }: ExchangesProps) {
  const { data = [] } = useExchanges(owner);
  if (data.length === 0) return null;
  return (
    <div role="list" aria-label="Exchanges with the provider">
      {data.map((exchange, index) => (
        <Exchange key={exchange.id} exchange={exchange} startOpen={open && index === 0} />
      ))}
    </div>
  );
}

function Exchange({ exchange, startOpen }: { exchange: ExchangeView; startOpen: boolean }) {
  const [open, setOpen] = useState(startOpen);
  const { answer, failure } = exchange;
  const title = PURPOSES[exchange.purpose];
  const end = answer ? String(answer.status) : 'No answer';
  return (
    <div className={callClasses.exchange} role="listitem">
      <UnstyledButton
        className={callClasses.exchangeHead}
        aria-expanded={open}
        aria-label={`${title}, ${end}`}
        onClick={() => setOpen((shown) => !shown)}
      >
        <Text span fz={12} fw={600} style={{ flexShrink: 0 }}>
          {title}
        </Text>
        <span className={callClasses.url}>{place(exchange.url)}</span>
        <Badge color={color(answer?.status)} style={{ flexShrink: 0 }}>
          {end}
        </Badge>
        <Text span fz={12} c="dimmed" style={{ flexShrink: 0 }}>
          {duration(exchange.took_ms)}
        </Text>
      </UnstyledButton>
      {open && (
        <Stack gap={10} className={callClasses.exchangeBody}>
          <Text fz={12} c="dimmed">
            {exactTime(exchange.started_at)}
            {answer && ` · first answer after ${duration(answer.after_ms)}`} · all of it after{' '}
            {duration(exchange.took_ms)}
          </Text>
          {failure != null && (
            <Text size="sm" c="red" role="alert">
              {answer ? 'The answer is not whole' : 'No answer came'}: {failure}
            </Text>
          )}
          {exchange.extracted.length > 0 && <Extracted exchange={exchange} />}
          <Side title="Request" exchange={exchange.id} headers={exchange.headers} body={exchange.body}>
            <Text fz={12} ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {exchange.method} <Parts exchange={exchange.id} parts={exchange.url} />
            </Text>
          </Side>
          {answer && (
            <Side title="Answer" exchange={exchange.id} headers={answer.headers} body={answer.body}>
              <Text fz={12} ff="monospace">
                {answer.status} · {bytes(answer.body_bytes)}
              </Text>
            </Side>
          )}
        </Stack>
      )}
    </div>
  );
}

/** Host and path, for the line that stands for the exchange. */
function place(url: readonly ExchangePart[]): string {
  const text = url.map((part) => (part.kind === 'text' ? part.text : '…')).join('');
  return text.split('?')[0] ?? text;
}

function color(status: number | undefined): string {
  if (status === undefined || status >= 400) return 'red';
  return status >= 300 ? 'orange' : 'teal';
}

function Extracted({ exchange }: { exchange: ExchangeView }) {
  return (
    <section aria-label="What was taken from the answer">
      <Text fz={12} fw={600} mb={2}>
        Taken from the answer
      </Text>
      <table className={classes.table}>
        <tbody>
          {exchange.extracted.map((field) => (
            <tr key={field.name}>
              <th scope="row">{field.name}</th>
              <td>
                <Parts exchange={exchange.id} parts={field.value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text fz={12} c="dimmed" mt={2}>
        {exchange.ignored.length === 0
          ? 'Nothing of it was left aside.'
          : `Left aside: ${exchange.ignored.join(', ')}.`}
      </Text>
    </section>
  );
}

interface SideProps {
  title: string;
  exchange: string;
  headers: readonly ExchangeHeader[];
  body: readonly ExchangePart[];
  children: ReactNode;
}

function Side({ title, exchange, headers, body, children }: SideProps) {
  return (
    <section aria-label={title}>
      <Text fz={12} fw={600} mb={2}>
        {title}
      </Text>
      {children}
      <table className={classes.table}>
        <tbody>
          {headers.map((header, index) => (
            <tr key={index}>
              <th scope="row">
                {header.name}
                {header.added && (
                  <Text span fz={11} c="dimmed" title="Not from app.json: sent with every request">
                    {' '}
                    (added)
                  </Text>
                )}
              </th>
              <td>
                <Parts exchange={exchange} parts={header.value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {body.length === 0 ? (
        <Text fz={12} c="dimmed">
          No body
        </Text>
      ) : (
        <pre className={classes.text} style={{ marginTop: 4 }} tabIndex={0} aria-label={`${title} body`}>
          <Parts exchange={exchange} parts={body} />
        </pre>
      )}
    </section>
  );
}
