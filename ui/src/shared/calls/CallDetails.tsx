import { Anchor, Badge, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';

import type {
  CallView,
  Diagnostic,
  Failure,
  FailureReason,
  Limits,
  MetLimit,
  Timing,
} from '../../generated/api';
import { ErrorAlert } from '../components/ErrorAlert';
import { JsonView } from '../components/JsonView';
import { bytes, duration, exactTime } from '../format';
import { FIELDS, shown } from '../limits/limits';
import { useNavigation } from '../navigation';
import { useCall } from '../queries';
import { CallLog } from './CallLog';
import classes from './calls.module.css';
import { HttpRequests } from './HttpRequests';
import { FileLink, StackTrace } from './StackTrace';

/** One call, by its id. */
export function CallDetailsOf({ call }: { call: string }) {
  const { data, error } = useCall(call);
  if (error) return <ErrorAlert title="The call could not be read" error={error} />;
  if (!data) return <Skeleton height={140} aria-label="Reading the call" />;
  return <CallDetails call={data} />;
}

interface CallDetailsProps {
  call: CallView;
  /** False when the contract was not checked: nothing is said of it. */
  withContract?: boolean;
}

/** Everything about one call of a function. */
export function CallDetails({ call, withContract = true }: CallDetailsProps) {
  const { report, diagnostics } = call;
  const { outcome } = report;
  const failed = outcome.kind === 'failed';
  return (
    <Stack gap={8} className={classes.details}>
      <div className={classes.facts}>
        <Badge color={failed ? 'red' : 'teal'}>{failed ? REASONS[outcome.failure.reason] : 'Returned'}</Badge>
        {withContract && !failed && <Fit diagnostics={diagnostics} />}
        <span>{duration(report.timing.total_ms)}</span>
        <span title={exactTime(call.started_at)}>{new Date(call.started_at).toLocaleTimeString()}</span>
        {report.code_hash !== '' && (
          <span title={`Hash of the code that ran: ${report.code_hash}`}>
            code <code>{report.code_hash.slice(0, 7)}</code>
          </span>
        )}
      </div>
      <Tabs
        defaultValue={failed ? 'output' : worst(diagnostics) === 'error' ? 'contract' : 'output'}
        keepMounted={false}
      >
        <Tabs.List>
          <Tab value="output" label={failed ? 'Failure' : 'Output'} />
          {withContract && !failed && <Tab value="contract" label="Contract" count={diagnostics.length} />}
          <Tab value="log" label="Log" count={report.log.length} />
          <Tab value="http" label="HTTP" count={report.http.length} />
          <Tab value="parameters" label="Parameters" />
          <Tab value="time" label="Time" />
        </Tabs.List>
        <Tabs.Panel value="output" pt={8}>
          {failed ? (
            <FailureView failure={outcome.failure} met={call.met_limit} />
          ) : (
            <JsonView value={outcome.value} label="output" />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="contract" pt={8}>
          <Findings diagnostics={diagnostics} />
        </Tabs.Panel>
        <Tabs.Panel value="log" pt={8}>
          <CallLog lines={report.log} />
        </Tabs.Panel>
        <Tabs.Panel value="http" pt={8}>
          <HttpRequests exchanges={report.http} />
        </Tabs.Panel>
        <Tabs.Panel value="parameters" pt={8}>
          <JsonView value={call.parameters} label="parameters" />
        </Tabs.Panel>
        <Tabs.Panel value="time" pt={8}>
          <TimeSplit
            timing={report.timing}
            memory={report.memory_peak_bytes}
            hash={report.code_hash}
            limits={call.limits}
          />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

const REASONS: Record<FailureReason, string> = {
  missing: 'No index.js',
  syntax: 'Syntax error',
  handler: 'No handler',
  thrown: 'Threw an error',
  unserializable: 'Not JSON',
  timed_out: 'Timed out',
  never_settled: 'Never settled',
  out_of_memory: 'Out of memory',
  stack_overflow: 'Stack overflow',
  too_large: 'Too large',
  worker_died: 'Crashed',
  cancelled: 'Cancelled',
};

function Tab({ value, label, count = 0 }: { value: string; label: string; count?: number }) {
  return (
    <Tabs.Tab value={value} className={classes.tab ?? ''}>
      {label}
      {count > 0 && ` (${count})`}
    </Tabs.Tab>
  );
}

function worst(diagnostics: readonly Diagnostic[]): Diagnostic['severity'] | undefined {
  if (diagnostics.some((found) => found.severity === 'error')) return 'error';
  return diagnostics.length > 0 ? 'warning' : undefined;
}

function Fit({ diagnostics }: { diagnostics: readonly Diagnostic[] }) {
  const severity = worst(diagnostics);
  if (severity === undefined) {
    return (
      <Badge color="teal" variant="outline">
        Fits the contract
      </Badge>
    );
  }
  return (
    <Badge color={severity === 'error' ? 'red' : 'orange'}>
      {severity === 'error' ? 'Does not fit the contract' : 'Fits, with warnings'}
    </Badge>
  );
}

/** What is wrong with a return value. */
function Findings({ diagnostics }: { diagnostics: readonly Diagnostic[] }) {
  if (diagnostics.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        The return value fits the contract.
      </Text>
    );
  }
  return (
    <div role="list" aria-label="Contract check">
      {diagnostics.map((found, index) => (
        <div key={index} className={classes.finding} role="listitem">
          <SeverityIcon severity={found.severity} />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {found.message}
            </Text>
            <Text fz={12} c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {found.path !== '' && <code>{found.path}</code>}
              {found.expected != null && ` expected ${found.expected}`}
              {found.nearest != null && ` · did you mean ${found.nearest}?`}
            </Text>
            {found.file != null && <FileLink file={found.file} line={found.line} column={found.column} />}
          </div>
        </div>
      ))}
    </div>
  );
}

function SeverityIcon({ severity }: { severity: Diagnostic['severity'] }) {
  const props = { size: 15, role: 'img', style: { flexShrink: 0, marginTop: 3 } } as const;
  return severity === 'error' ? (
    <IconCircleX {...props} color="var(--mantine-color-red-text)" aria-label="Error:" />
  ) : (
    <IconAlertTriangle {...props} color="var(--mantine-color-orange-text)" aria-label="Warning:" />
  );
}

/** Why a call failed, with a way to the line. */
function FailureView({ failure, met }: { failure: Failure; met?: MetLimit | undefined }) {
  const { goTo } = useNavigation();
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {failure.message}
      </Text>
      {met && (
        <Text size="sm" c="dimmed">
          The limit was {limitOf(met)}. {met.change}{' '}
          <Anchor
            component="button"
            type="button"
            fz="inherit"
            onClick={() => goTo({ tab: 'basics', field: 'limits' })}
          >
            Change it
          </Anchor>
        </Text>
      )}
      {failure.stack === '' ? (
        failure.file != null && (
          <div>
            <FileLink file={failure.file} line={failure.line} column={failure.column} />
          </div>
        )
      ) : (
        <StackTrace stack={failure.stack} />
      )}
    </Stack>
  );
}

const PARTS = [
  { key: 'start_ms', label: 'Start', color: 'var(--mantine-color-gray-5)' },
  { key: 'code_ms', label: 'Code', color: 'var(--mantine-primary-color-filled)' },
  { key: 'waiting_ms', label: 'Waiting for HTTP and timers', color: 'var(--mantine-color-teal-5)' },
] as const;

/** A limit that ended a call, with its unit. */
function limitOf({ limit, value }: MetLimit): string {
  const field = FIELDS.find(({ name }) => name === limit);
  return field ? shown(field, value) : String(value);
}

interface TimeSplitProps {
  timing: Timing;
  memory: number;
  hash: string;
  limits: Limits | undefined;
}

function TimeSplit({ timing, memory, hash, limits }: TimeSplitProps) {
  const of = (limit: string | undefined) => (limit === undefined ? '' : ` of at most ${limit}`);
  return (
    <Stack gap={10}>
      <div className={classes.bar} aria-hidden>
        {PARTS.map(({ key, color }) => (
          <div key={key} style={{ flexGrow: timing[key], background: color }} />
        ))}
      </div>
      <dl className={classes.split}>
        {PARTS.map(({ key, label, color }) => (
          <Row key={key} color={color} label={label} value={duration(timing[key])} />
        ))}
        <Row label="Total" value={duration(timing.total_ms) + of(limits && duration(limits.time_ms))} />
        <Row
          label="Memory at its peak"
          value={(memory === 0 ? 'not known' : bytes(memory)) + of(limits && bytes(limits.memory_bytes))}
        />
        <Row label="Code" value={hash === '' ? 'none was read' : hash} />
      </dl>
    </Stack>
  );
}

function Row({ color = 'transparent', label, value }: { color?: string; label: string; value: string }) {
  return (
    <>
      <span className={classes.dot} style={{ background: color }} aria-hidden />
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** The mark of a call that went well, for lists. */
export function OkIcon({ ok }: { ok: boolean }) {
  return ok ? (
    <IconCircleCheck size={14} color="var(--mantine-color-teal-text)" role="img" aria-label="Returned" />
  ) : (
    <IconCircleX size={14} color="var(--mantine-color-red-text)" role="img" aria-label="Failed" />
  );
}
