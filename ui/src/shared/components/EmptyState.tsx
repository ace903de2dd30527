import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

interface EmptyStateProps {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  title: string;
  text: ReactNode;
  /** The next step: a button. */
  children?: ReactNode;
  compact?: boolean;
}

/** What stands where there is nothing yet: what would be here, and the next step. */
export function EmptyState({ icon: Icon, title, text, children, compact = false }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={compact ? 'lg' : 48} px="md" ta="center">
      <ThemeIcon size={compact ? 36 : 48} radius="xl" variant="light" aria-hidden>
        <Icon size={compact ? 18 : 24} stroke={1.6} aria-hidden />
      </ThemeIcon>
      <Title order={3} mt={4}>
        {title}
      </Title>
      <Text c="dimmed" size="sm" maw={440}>
        {text}
      </Text>
      {children}
    </Stack>
  );
}
