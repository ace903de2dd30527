import { Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';

import type { PreviewedRequest, RequestPreview } from '../../generated/api';
import { CopyAction } from '../../shared/components/CopyAction';
import classes from './PreviewPanel.module.css';

interface PreviewPanelProps {
  /** The request's name: "Get token". */
  name: string;
  preview: RequestPreview | undefined;
  error: Error | null;
  /** A browser opens the address: there is nothing else to show. */
  browser: boolean;
}

/** What is broken over lines so that each parameter can be read, and what it is copied as. */
function asText({ method, url, headers, body }: PreviewedRequest): string {
  const lines = [`${method} ${url}`, ...headers.map(({ name, value }) => `${name}: ${value}`)];
  return body === undefined ? lines.join('\n') : `${lines.join('\n')}\n\n${body}`;
}

function Pairs({ text, first }: { text: string; first: string }) {
  return text.split('&').map((pair, index) => (
    <span className={classes.pair} key={`${String(index)}-${pair}`}>
      {index === 0 ? first : '&'}
      <Masked text={pair} />
    </span>
  ));
}

/** Secrets stand out: what is masked here is sent in full. */
function Masked({ text }: { text: string }) {
  return text.split('***').flatMap((part, index) =>
    index === 0
      ? [part]
      : [
          <Tooltip key={index} label="A secret: put in when it is sent">
            <span className={classes.mask}>***</span>
          </Tooltip>,
          part,
        ],
  );
}

/** A request as it will be sent. */
export function PreviewPanel({ name, preview, error, browser }: PreviewPanelProps) {
  const [shown, setShown] = useState(true);
  const rendered = preview?.rendered;
  const left = preview?.problems.some((problem) => problem.severity === 'error') ?? false;
  const [address = '', query] = rendered ? splitOnce(rendered.url, '?') : [];

  return (
    <section className={classes.panel} aria-label={`${name}: preview`}>
      <Group justify="space-between" wrap="nowrap">
        <UnstyledButton
          className={classes.title}
          aria-expanded={shown}
          onClick={() => setShown((now) => !now)}
        >
          <IconChevronRight size={14} aria-hidden data-open={shown || undefined} />
          {browser ? 'Address the browser opens' : 'Request as it is sent'}
        </UnstyledButton>
        {rendered && (
          <CopyAction
            value={browser ? rendered.url : asText(rendered)}
            what={`preview of ${name.toLowerCase()}`}
          />
        )}
      </Group>
      {shown && (
        <>
          {rendered && (
            <div
              className={classes.text}
              tabIndex={0}
              role="group"
              aria-label={`${name}: text of the preview`}
            >
              <div>
                {!browser && <b>{rendered.method} </b>}
                <Masked text={address} />
                {query !== undefined && <Pairs text={query} first="?" />}
              </div>
              {rendered.headers.map((header, index) => (
                <div key={index}>
                  <span className={classes.quiet}>{header.name}:</span> <Masked text={header.value} />
                </div>
              ))}
              {rendered.body !== undefined && (
                <div className={classes.body}>
                  {rendered.body.startsWith('{') ? (
                    <Masked text={indented(rendered.body)} />
                  ) : (
                    <Pairs text={rendered.body} first="" />
                  )}
                </div>
              )}
              {rendered.signature_base_string !== undefined && (
                <div className={classes.body}>
                  <span className={classes.quiet}>Signature base string</span>
                  <div>{rendered.signature_base_string}</div>
                </div>
              )}
            </div>
          )}
          <Text size="xs" c="dimmed" mt={rendered ? 6 : 4} role="status">
            {error
              ? `The preview could not be made: ${error.message}`
              : !rendered
                ? preview
                  ? 'Enter an endpoint to see the request.'
                  : 'Making the preview…'
                : left
                  ? 'Without the rows that have an error. '
                  : 'Secrets are masked; samples stand for what is known only later.'}
          </Text>
        </>
      )}
    </section>
  );
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
