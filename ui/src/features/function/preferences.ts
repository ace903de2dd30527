import { useLocalStorage } from '@mantine/hooks';

/** How the editor looks; kept for the next start. */
export interface EditorPreferences {
  wrap: boolean;
  /** Pixels. */
  fontSize: number;
}

export const FONT_SIZES = { min: 10, max: 24 } as const;

/** The editor's preferences, and the way to change them. */
export function useEditorPreferences() {
  const [preferences, setPreferences] = useLocalStorage<EditorPreferences>({
    key: 'stepsmith.editor',
    defaultValue: { wrap: false, fontSize: 13 },
    getInitialValueInEffect: false,
  });
  return {
    ...preferences,
    toggleWrap: () => setPreferences((now) => ({ ...now, wrap: !now.wrap })),
    resizeFont: (by: number) =>
      setPreferences((now) => ({
        ...now,
        fontSize: Math.min(FONT_SIZES.max, Math.max(FONT_SIZES.min, now.fontSize + by)),
      })),
  };
}
