import { Avatar } from '@mantine/core';

interface AppLogoProps {
  name: string;
  /** `data:` URL. */
  src?: string | undefined;
  size?: number;
}

/** An app's logo, or its first letter. Decoration: the name stands beside it. */
export function AppLogo({ name, src, size = 32 }: AppLogoProps) {
  return (
    <Avatar src={src ?? null} alt="" size={size} radius={size / 5} color="iris" aria-hidden>
      {(name.trim()[0] ?? '?').toUpperCase()}
    </Avatar>
  );
}
