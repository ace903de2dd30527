import { Alert, Badge, Button, Code, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { useRef, useState } from 'react';

import { commands } from '../../generated/api';
import type { AppView, Diagnostic } from '../../generated/api';
import { ErrorAlert } from '../../shared/components/ErrorAlert';
import { PathText } from '../../shared/components/PathText';
import { TextDifference } from '../../shared/difference/TextDifference';
import { keys } from '../../shared/queries';
import { lineRange } from './lineRange';
import classes from './RepairScreen.module.css';

export interface RepairScreenProps {
  view: AppView;
  onBack: () => void;
}

/** Shown instead of the tabs while app.json cannot be read as an app: what is wrong, where, and the text to repair. */
export function RepairScreen({ view, onBack }: RepairScreenProps) {
  // A new text on disk starts the editor again; what was typed for the old one is asked about first by the save.
  return <RepairEditor key={view.definition_version} view={view} onBack={onBack} />;
}

function RepairEditor({ view, onBack }: RepairScreenProps) {
  const client = useQueryClient();
  const [text, setText] = useState(view.definition_text ?? '');
  const [theirs, setTheirs] = useState<{ version: string; text: string }>();
  const area = useRef<HTMLTextAreaElement>(null);
  // What cannot be shown cannot be edited here, and must not be saved over.
  const readable = view.definition_text !== undefined;
  const reload = () => client.invalidateQueries({ queryKey: keys.app(view.id) });

  const save = useMutation({
    mutationFn: (base_version: string) => commands.saveDefinitionText({ app: view.id, text, base_version }),
    onSuccess: async (result) => {
      if (result.kind === 'conflict') {
        setTheirs({ version: result.current_version, text: result.current_text });
      } else {
        await reload();
      }
    },
  });

  const showLine = () => {
    const range = lineRange(text, view.problem?.line ?? 1);
    area.current?.focus();
    area.current?.setSelectionRange(range.start, range.end);
  };

  return (
    <div className={classes.screen}>
      <main className={classes.column}>
        <Group gap="sm" wrap="nowrap">
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={onBack}
          >
            Back to start
          </Button>
        </Group>
        <Group gap="sm">
          <Title order={1}>app.json needs repair</Title>
          <Badge color="orange">Needs repair</Badge>
        </Group>
        <PathText path={`${view.path}/app.json`} />
        {view.problem && <Problem problem={view.problem} onShow={readable ? showLine : undefined} />}
        {!readable ? (
          <Alert color="gray" title="The file cannot be shown as text">
            Repair it with another editor, or put an earlier version of it back. This page notices when it
            changes.
          </Alert>
        ) : (
          <Textarea
            ref={area}
            label="app.json"
            autosize={false}
            className={classes.editor}
            classNames={{ wrapper: classes.wrapper, input: classes.text }}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {save.error && <ErrorAlert title="app.json could not be saved" error={save.error} />}
        {theirs && (
          <Alert color="orange" title="app.json changed on disk meanwhile" role="alert">
            <Stack gap="xs" align="flex-start">
              <div style={{ width: '100%' }}>
                <TextDifference
                  label="app.json"
                  left={theirs.text}
                  right={text}
                  leftTitle="Theirs, as it is on disk"
                  rightTitle="Mine, as edited here"
                />
              </div>
              <Group gap="xs">
                <Button size="xs" onClick={() => save.mutate(theirs.version)}>
                  Keep mine
                </Button>
                <Button size="xs" variant="default" onClick={() => void reload()}>
                  Take theirs
                </Button>
              </Group>
            </Stack>
          </Alert>
        )}
        <Group gap="xs">
          {readable && (
            <Button
              onClick={() => save.mutate(view.definition_version)}
              loading={save.isPending}
              disabled={text === view.definition_text}
            >
              Save and open
            </Button>
          )}
          <Button variant="default" onClick={() => void reload()}>
            Read again from disk
          </Button>
        </Group>
      </main>
    </div>
  );
}

function Problem({ problem, onShow }: { problem: Diagnostic; onShow: (() => void) | undefined }) {
  const at = [problem.file ?? 'app.json', problem.line, problem.column]
    .filter((part) => part != null)
    .join(':');
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={problem.message}
      role="alert"
    >
      <Stack gap={4} align="flex-start">
        <Text size="sm">
          At <Code>{at}</Code>
          {problem.path !== '' && (
            <>
              , field <Code>{problem.path}</Code>
            </>
          )}
        </Text>
        {problem.expected != null && <Text size="sm">Expected: {problem.expected}</Text>}
        {problem.nearest != null && (
          <Text size="sm">
            Did you mean <Code>{problem.nearest}</Code>?
          </Text>
        )}
        {problem.line != null && onShow && (
          <Button size="compact-sm" variant="light" color="orange" onClick={onShow}>
            Show line {problem.line}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
