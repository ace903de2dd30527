import { ActionIcon, Button, Group, Select, Stack, Text, Textarea, Title, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowsDiff, IconPlayerPlay, IconRestore, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

import { commands } from '../../generated/api';
import type { CallView, Comparison, FunctionKind } from '../../generated/api';
import { CallDetails, CallDetailsOf } from '../../shared/calls/CallDetails';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { Separator } from '../../shared/components/Separator';
import { useDefinition } from '../../shared/draft/DraftContext';
import { parseObject, pretty } from '../../shared/json';
import { keys, useCredentials } from '../../shared/queries';
import { useSaveAll } from '../../shared/saving';
import classes from './FunctionEditor.module.css';
import { ComparisonView } from './ComparisonView';
import { exampleParameters, rememberRunInputs, runInputs, type RunInputs } from './parameters';
import { accountName } from '../../shared/authorization/accountName';
import { legible } from '../../shared/foreign';

interface RunPanelProps {
  appId: string;
  kind: FunctionKind;
  /** A call to show until the next run. */
  shownCall: string | undefined;
  onClose: () => void;
}

const MIN = 140;

/** The test-run of one function: parameters in, result out. */
export function RunPanel({ appId, kind, shownCall, onClose }: RunPanelProps) {
  const definition = useDefinition();
  const client = useQueryClient();
  const saveAll = useSaveAll();
  const { data: credentials = [] } = useCredentials(appId);
  const [inputs, setInputs] = useState<RunInputs>(() => runInputs(appId, kind, definition));
  const [height, setHeight] = useState(() => Math.round(window.innerHeight * 0.4));
  const most = Math.max(MIN, window.innerHeight - 260);

  const change = (next: RunInputs) => {
    setInputs(next);
    rememberRunInputs(appId, kind, next);
  };
  const parsed = parseObject(inputs.text);
  const chosen = inputs.credential ?? credentials[0]?.id ?? '';
  // An account that was deleted meanwhile is not offered, so it is not used either.
  const credential = credentials.some((one) => one.id === chosen) ? chosen : '';

  const run = useMutation<Ran, unknown, { parameters: Record<string, unknown>; compare: boolean }>({
    mutationFn: async ({ parameters, compare }) => {
      await saveAll();
      const request = {
        app: appId,
        function: kind,
        parameters,
        ...(credential === '' ? {} : { credential }),
      };
      if (!compare) return { call: await commands.callFunction(request) };
      const comparison = await commands.compareCall(request);
      return { call: comparison.call, comparison };
    },
    onSuccess: ({ call }) => {
      client.setQueryData(keys.call(call.id), call);
      void client.invalidateQueries({ queryKey: keys.calls(appId, kind) });
    },
  });
  const start = (compare = false) => {
    if ('value' in parsed && !run.isPending) run.mutate({ parameters: parsed.value, compare });
  };
  const comparing = run.isPending && run.variables.compare;
  // In a narrow window the result stands below the parameters: it comes into view when it is there.
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (run.isSuccess || run.isError || shownCall !== undefined) {
      result.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [run.isSuccess, run.isError, run.data, shownCall]);

  return (
    <>
      <Separator
        label="Height of the test-run"
        size={Math.min(height, most)}
        min={MIN}
        max={most}
        onResize={setHeight}
      />
      <section className={classes.run} style={{ height: Math.min(height, most) }} aria-label="Test-run">
        <div className={classes.runHead}>
          <Title order={2} fz="sm" style={{ flex: 1 }}>
            Test-run
          </Title>
          <Tooltip
            label="Runs it here, then on the Node of this machine with the same HTTP answers"
            multiline
            maw={260}
          >
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconArrowsDiff size={14} aria-hidden />}
              loading={comparing}
              disabled={'problem' in parsed || (run.isPending && !comparing)}
              onClick={() => start(true)}
            >
              Compare with Node
            </Button>
          </Tooltip>
          <Button
            size="compact-sm"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={run.isPending && !comparing}
            disabled={'problem' in parsed || comparing}
            onClick={() => start()}
          >
            Run function
          </Button>
          <ActionIcon aria-label="Close the test-run" onClick={onClose}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
        <div className={classes.runBody}>
          <Stack gap={8}>
            <Select
              label="Account"
              size="xs"
              data={[
                { value: '', label: 'No account' },
                ...credentials.map((one) => ({ value: one.id, label: legible(accountName(one)) })),
              ]}
              value={credential}
              onChange={(value) => change({ ...inputs, credential: value ?? '' })}
            />
            <Textarea
              label={
                <Group gap={4} display="inline-flex">
                  Parameters
                  <Tooltip label="Back to the example">
                    <ActionIcon
                      size="xs"
                      aria-label="Back to the example parameters"
                      onClick={() => change({ ...inputs, text: pretty(exampleParameters(kind, definition)) })}
                    >
                      <IconRestore size={13} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                </Group>
              }
              aria-label="Parameters as JSON"
              description="What handler gets, as JSON. The account adds credential and identity."
              value={inputs.text}
              error={'problem' in parsed ? parsed.problem : undefined}
              minRows={5}
              maxRows={24}
              spellCheck={false}
              classNames={{ input: classes.parameters ?? '' }}
              onChange={(event) => change({ ...inputs, text: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                // Here it runs this function, not the preview.
                event.preventDefault();
                event.stopPropagation();
                start();
              }}
            />
          </Stack>
          <div ref={result} aria-live="polite" style={{ minWidth: 0 }}>
            <Result run={run} shownCall={shownCall} />
          </div>
        </div>
      </section>
    </>
  );
}

/** What a run left behind; with `comparison` when Node ran it too. */
interface Ran {
  call: CallView;
  comparison?: Comparison;
}

interface ResultProps {
  run: { data: Ran | undefined; error: unknown; isPending: boolean };
  shownCall: string | undefined;
}

function Result({ run, shownCall }: ResultProps) {
  const [seen, setSeen] = useState<{
    run: Ran | undefined;
    call: string | undefined;
    last: 'run' | 'call';
  }>({
    run: undefined,
    call: undefined,
    last: 'call',
  });
  // What came last is shown: the result of a run, or the call that was asked for.
  if (seen.run !== run.data) setSeen({ ...seen, run: run.data, last: 'run' });
  else if (seen.call !== shownCall) setSeen({ ...seen, call: shownCall, last: 'call' });

  if (run.error !== null && run.error !== undefined) {
    return <ErrorAlert title="The function could not be run" error={run.error} />;
  }
  if (seen.last === 'call' && shownCall !== undefined)
    return <CallDetailsOf key={shownCall} call={shownCall} />;
  if (run.data) {
    const { call, comparison } = run.data;
    return (
      <div style={{ opacity: run.isPending ? 0.5 : 1 }}>
        {comparison ? (
          <ComparisonView key={call.id} comparison={comparison} />
        ) : (
          <CallDetails key={call.id} call={call} />
        )}
      </div>
    );
  }
  return (
    <Text size="sm" c="dimmed">
      {run.isPending
        ? 'Running…'
        : 'The result appears here: output, log, HTTP requests and the contract check.'}
    </Text>
  );
}
