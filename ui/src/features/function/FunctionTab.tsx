import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFileCode } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';

import { commands } from '../../generated/api';
import type { FunctionKind, FunctionSource } from '../../generated/api';
import { ApiError } from '../../platform/error';
import { EmptyState } from '../../shared/components/EmptyState';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { useDraft } from '../../shared/draft/DraftContext';
import { notifyFailed } from '../../shared/notify';
import { keys, useFunctionSource } from '../../shared/queries';
import { useSavers } from '../../shared/saving';
import { findDraft, openDraft } from './functionDraft';

export interface FunctionTabProps {
  appId: string;
  /** Which of the five functions; the tab is mounted only while that function is switched on. */
  kind: FunctionKind;
}

/** Monaco is large: it is loaded with the first function tab. */
const FunctionEditor = lazy(() =>
  import('./FunctionEditor').then((module) => ({ default: module.FunctionEditor })),
);

/** The editor of one function. */
export function FunctionTab({ appId, kind }: FunctionTabProps) {
  const { data, error, refetch } = useFunctionSource(appId, kind);
  if (error && ApiError.from(error).code === 'not_found') return <NoFile appId={appId} kind={kind} />;
  if (error && !data) {
    return (
      <Stack p="lg" maw={640}>
        <ErrorAlert title={`functions/${kind}/index.js could not be read`} error={error}>
          <Button size="xs" variant="light" color="red" onClick={() => void refetch()}>
            Try again
          </Button>
        </ErrorAlert>
      </Stack>
    );
  }
  if (!data) return <Loading />;
  return <OpenFunction appId={appId} source={data} />;
}

function OpenFunction({ appId, source }: { appId: string; source: FunctionSource }) {
  const savers = useSavers();
  const draft = openDraft(savers, appId, source);

  // Whatever made the window read the file again: a version that is news to the draft is looked at.
  useEffect(() => {
    void draft.diskChanged().catch(() => undefined);
  }, [draft, source.version]);
  // Leaving the tab or the window: what was typed goes to the disk now.
  useEffect(() => {
    const save = () => void draft.flush().catch(() => undefined);
    window.addEventListener('blur', save);
    return () => {
      window.removeEventListener('blur', save);
      save();
    };
  }, [draft]);

  return (
    <Suspense fallback={<Loading />}>
      <FunctionEditor appId={appId} kind={source.function} path={source.path_in_app} draft={draft} />
    </Suspense>
  );
}

function Loading() {
  return (
    <Stack p="lg" gap="sm" aria-label="Opening the editor" role="status">
      {[45, 70, 62, 38, 80, 54, 66].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} />
      ))}
    </Stack>
  );
}

/** Stands in the place of an index.js that is not there. */
function NoFile({ appId, kind }: FunctionTabProps) {
  const client = useQueryClient();
  const definition = useDraft();
  const path = `functions/${kind}/index.js`;
  const known = findDraft(useSavers(), path);
  const { mutate, isPending } = useMutation({
    mutationFn: async (from: 'template' | 'memory') => {
      if (from === 'memory') return known?.writeOver('');
      // Written by the program, so that there is one template for the window and the command line.
      await definition.flush();
      await commands.setFunctionEnabled({ app: appId, function: kind, enabled: true });
      await definition.diskChanged();
      await known?.diskChanged();
    },
    onError: (cause) => notifyFailed(`${path} could not be written`, cause),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.functionSource(appId, kind) });
      void client.invalidateQueries({ queryKey: keys.check(appId) });
    },
  });
  return (
    <EmptyState
      icon={IconFileCode}
      title="This function has no index.js yet"
      text={`${path} is not there. Start from a working template, or put a file of your own in its place.`}
    >
      <Group mt={6} justify="center">
        <Button loading={isPending} onClick={() => mutate('template')}>
          Start from the template
        </Button>
        {known && known.snapshot().value !== '' && (
          <Button variant="default" disabled={isPending} onClick={() => mutate('memory')}>
            Put back what was here
          </Button>
        )}
      </Group>
    </EmptyState>
  );
}
