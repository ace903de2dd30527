import { Alert, Button, Group, Modal, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';

import { commands } from '../../../generated/api';
import type { DiagramContent, FlowRunView } from '../../../generated/api';
import { toBase64 } from '../../../shared/base64';
import { ErrorAlert } from '../../../shared/components/ErrorAlert';
import { FolderField } from '../../../shared/components/FolderField';
import { notifyDone } from '../../../shared/notify';
import { pngOf, svgOf } from './picture';

interface ExportDialogProps {
  run: FlowRunView;
  opened: boolean;
  onClose: () => void;
}

const FORMATS = [
  { value: 'mmd', label: 'Mermaid' },
  { value: 'svg', label: 'SVG' },
  { value: 'png', label: 'PNG' },
] as const;

type Format = (typeof FORMATS)[number]['value'];

/** The diagram of a run as a file, or for the clipboard. */
export function ExportDialog({ opened, onClose, run }: ExportDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Export diagram">
      <ExportForm run={run} onClose={onClose} />
    </Modal>
  );
}

function ExportForm({ run, onClose }: Omit<ExportDialogProps, 'opened'>) {
  const [format, setFormat] = useState<Format>('mmd');
  const [requests, setRequests] = useState(false);
  const [folder, setFolder] = useLocalStorage({
    key: 'stepsmith.diagram-folder',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const [name, setName] = useState(() => fileName(titleOf(run)));
  const [busy, setBusy] = useState(false);
  /** Where a file stands in the way. */
  const [exists, setExists] = useState<string>();
  const [error, setError] = useState<unknown>();

  const work = async (task: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    setExists(undefined);
    try {
      await task();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  const svg = () => svgOf(run.messages, titleOf(run), requests);
  const content = async (): Promise<DiagramContent> => {
    if (format === 'mmd') return { kind: 'mermaid', flow_run: run.id, requests };
    if (format === 'svg') return { kind: 'svg', text: svg().text };
    return { kind: 'png', base64: toBase64(await pngOf(svg())) };
  };
  const save = (replace: boolean) =>
    work(async () => {
      const saved = await commands.saveDiagram({
        folder: folder.trim(),
        name: `${name.trim()}.${format}`,
        content: await content(),
        replace,
      });
      if (saved.kind === 'exists') {
        setExists(saved.path);
        return;
      }
      notifyDone(`The diagram is saved as ${saved.path}`);
      onClose();
    });
  const copy = () =>
    work(async () => {
      const text =
        format === 'mmd' ? (await commands.exportMermaid({ flow_run: run.id, requests })).text : svg().text;
      await navigator.clipboard.writeText(text);
      notifyDone(`The diagram is copied as ${format === 'mmd' ? 'Mermaid' : 'SVG'}`);
    });
  const change = (apply: () => void) => {
    setExists(undefined);
    apply();
  };
  const complete = folder.trim() !== '' && name.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void save(false);
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label="Format"
          data={[...FORMATS]}
          value={format}
          onChange={(value) => change(() => setFormat(value))}
        />
        <Switch
          label="With the HTTP requests of functions"
          description="Otherwise they stand folded in their calls."
          checked={requests}
          onChange={(event) => setRequests(event.currentTarget.checked)}
        />
        <FolderField
          label="Save in"
          value={folder}
          onChange={(path) => change(() => setFolder(path))}
          dialogTitle="Save the diagram in"
        />
        <TextInput
          label="File name"
          value={name}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change(() => setName(value));
          }}
          rightSection={<Text c="dimmed" fz={12}>{`.${format}`}</Text>}
          rightSectionWidth={48}
          spellCheck={false}
          autoComplete="off"
        />
        <Text fz={12} c="dimmed">
          What is exported is what the timeline keeps: secrets are masked in it.
        </Text>
        {error !== undefined && <ErrorAlert title="The diagram was not exported" error={error} />}
        {exists !== undefined && (
          <Alert color="orange" title="There is such a file already" role="alert">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {exists}
            </Text>
            <Button size="compact-sm" color="orange" variant="light" mt={8} onClick={() => void save(true)}>
              Replace it
            </Button>
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          {format !== 'png' && (
            <Button variant="default" disabled={busy} onClick={() => void copy()}>
              Copy
            </Button>
          )}
          <Button type="submit" loading={busy} disabled={!complete}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function titleOf({ action_title: title, action_key: key, created_at: at }: FlowRunView): string {
  return `${title === '' ? key : title}, ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}`;
}

/** The title as a file's name: what no system takes in one becomes a dash. */
export function fileName(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'flow-run' : plain;
}
