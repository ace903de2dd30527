/** Stepsmith's mark: three steps going up. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 36 36" aria-hidden="true" style={{ flexShrink: 0 }}>
      <rect width="36" height="36" rx="9" fill="var(--mantine-primary-color-filled)" />
      <path
        d="M8 26h6v-6h6v-6h6V9"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="26" cy="26" r="2.6" fill="#fff" opacity="0.55" />
    </svg>
  );
}
