import { Button, FileButton, Group, Input, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconTrash, IconUpload } from '@tabler/icons-react';
import { useId, useState, type DragEvent } from 'react';

import { commands } from '../../generated/api';
import type { AppView } from '../../generated/api';
import { toBase64 } from '../../shared/base64';
import { AppLogo } from '../../shared/components/AppLogo';
import { useDefinition } from '../../shared/draft/DraftContext';
import { offerUndo } from '../../shared/notify';
import { keys } from '../../shared/queries';
import { ApiError } from '../../platform/error';
import { checkLogo } from './logo';
import classes from './LogoField.module.css';

/** The logo: chosen or dropped, checked here before it is sent, replaced or removed. */
export function LogoField({ view }: { view: AppView }) {
  const client = useQueryClient();
  const { name } = useDefinition();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string>();
  const errorId = useId();

  const took = (next: AppView) => {
    setProblem(undefined);
    client.setQueryData(keys.app(view.id), next);
    void client.invalidateQueries({ queryKey: keys.check(view.id) });
    void client.invalidateQueries({ queryKey: keys.start });
  };
  const failed = (cause: unknown) => setProblem(ApiError.from(cause).message);
  const save = useMutation({
    mutationFn: (base64: string) => commands.saveLogo({ app: view.id, base64 }),
    onSuccess: took,
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => commands.removeLogo({ app: view.id }),
    onSuccess: (next) => {
      const before = view.logo?.split(',')[1];
      took(next);
      if (before !== undefined) offerUndo('Logo removed', () => save.mutate(before));
    },
    onError: failed,
  });

  const choose = async (file: File | null | undefined) => {
    if (!file) return;
    const content = new Uint8Array(await file.arrayBuffer());
    const refused = checkLogo(file.name, content);
    if (refused === undefined) save.mutate(toBase64(content));
    else setProblem(refused);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void choose(event.dataTransfer.files[0]);
  };

  return (
    <Input.Wrapper
      label="Logo"
      labelElement="div"
      error={problem}
      errorProps={{ id: errorId, role: 'alert' }}
    >
      <div
        className={classes.drop}
        data-over={over || undefined}
        data-field="logo"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <AppLogo name={name} src={view.logo} size={72} />
        <Stack gap={8}>
          <Text size="sm" c="dimmed">
            PNG, 128 × 128 pixels, at most 100 KB. Choose a file or drop it here.
          </Text>
          <Group gap="xs">
            <FileButton
              accept="image/png"
              onChange={(file) => void choose(file)}
              inputProps={{ 'aria-label': 'Logo file' }}
            >
              {(props) => (
                <Button
                  {...props}
                  size="xs"
                  variant="default"
                  aria-describedby={problem === undefined ? undefined : errorId}
                  loading={save.isPending}
                  leftSection={<IconUpload size={14} aria-hidden />}
                >
                  {view.logo == null ? 'Choose logo…' : 'Replace…'}
                </Button>
              )}
            </FileButton>
            {view.logo != null && (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                leftSection={<IconTrash size={14} aria-hidden />}
                loading={remove.isPending}
                onClick={() => remove.mutate()}
              >
                Remove logo
              </Button>
            )}
          </Group>
        </Stack>
      </div>
    </Input.Wrapper>
  );
}
