import { Avatar } from '@mantine/core';

interface AppLogoProps {
  name: string;
  /** `data:` URL. */
  src?: string | undefined;
  size?: number;
}

/** What can stand for a name; not what turns its direction around, nor half an emoji. */
const READ = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** An app's logo, or its first letter. Decoration: the name stands beside it. */
export function AppLogo({ name, src, size = 32 }: AppLogoProps) {
  return (
    <Avatar src={src ?? null} alt="" size={size} radius={size / 5} color="iris" aria-hidden>
      {(READ.exec(name)?.[0] ?? '?').toUpperCase()}
    </Avatar>
  );
}
