import { ActionIcon, Button, FileButton, Group, Input, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconFile, IconUpload, IconX } from '@tabler/icons-react';

import { commands } from '../../../generated/api';
import { notifyFailed } from '../../../shared/notify';
import { bytes } from '../../../shared/format';
import { without } from '../../../shared/rows';
import type { FieldWrapper } from './DateTimeFields';
import { fileValue, filesOf } from './values';

interface FileFieldProps {
  wrapper: FieldWrapper;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

const MOST = 10 * 1024 * 1024;

/** Files, each of which is put where a function can fetch it. */
export function FileField({ wrapper, label, value, onChange }: FileFieldProps) {
  const files = filesOf(value) ?? [];
  const upload = useMutation({
    mutationFn: async (chosen: File[]) => {
      const large = chosen.find((file) => file.size > MOST);
      if (large) {
        throw new Error(`${large.name} has ${bytes(large.size)}; at most ${bytes(MOST)} can be uploaded.`);
      }
      return Promise.all(
        chosen.map(async (file) =>
          commands.uploadFile({
            name: file.name,
            mime_type: file.type === '' ? 'application/octet-stream' : file.type,
            base64: await base64Of(file),
          }),
        ),
      );
    },
    onSuccess: (uploaded) =>
      onChange(fileValue([...files, ...uploaded.map(({ name, url }) => ({ name, url }))])),
    onError: (cause) => notifyFailed('The file could not be uploaded', cause),
  });
  return (
    <Input.Wrapper {...wrapper} labelElement="div">
      <Stack gap={4} align="flex-start">
        {files.map((file, index) => (
          <Group key={`${file.url}-${index}`} gap={6} wrap="nowrap" maw="100%">
            <IconFile size={15} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="sm" truncate title={file.url}>
              {file.name ?? file.url}
            </Text>
            <ActionIcon
              size="sm"
              aria-label={`Remove ${file.name ?? file.url}`}
              onClick={() => onChange(fileValue(without(files, index)))}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <FileButton
          multiple
          inputProps={{ 'aria-label': `${label}: choose files` }}
          onChange={(chosen) => {
            if (chosen.length > 0) upload.mutate(chosen);
          }}
        >
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={upload.isPending}
              leftSection={<IconUpload size={14} aria-hidden />}
              aria-label={`${label}: choose files`}
            >
              Choose files
            </Button>
          )}
        </FileButton>
      </Stack>
    </Input.Wrapper>
  );
}

async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} could not be read`));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
