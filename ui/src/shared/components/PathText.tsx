import { Text, type TextProps } from '@mantine/core';

interface PathTextProps extends TextProps {
  path: string;
}

/** A path on one line. When it does not fit, its start gives way: the end tells apart. */
export function PathText({ path, ...props }: PathTextProps) {
  return (
    <Text
      ff="monospace"
      size="xs"
      c="dimmed"
      truncate="start"
      title={path}
      style={{ minWidth: 0, direction: 'rtl', textAlign: 'left' }}
      {...props}
    >
      {/* The mark keeps the leading slash on its side of right-to-left text. */}
      {'\u200e'}
      {path}
    </Text>
  );
}
