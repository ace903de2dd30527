/** The colours of a diagram. */
export interface Paint {
  text: string;
  dim: string;
  /** Behind everything. */
  surface: string;
  lifeline: string;
  arrow: string;
  failed: string;
  boxFill: string;
  boxLine: string;
  callFill: string;
  callLine: string;
  callText: string;
  failedFill: string;
  noteFill: string;
}

/** As the window is: the theme's own, light or dark. */
export const SCREEN: Paint = {
  text: 'var(--mantine-color-text)',
  dim: 'var(--mantine-color-dimmed)',
  surface: 'var(--surface)',
  lifeline: 'var(--line-strong)',
  arrow: 'var(--diagram-arrow)',
  failed: 'var(--mantine-color-red-text)',
  boxFill: 'var(--surface-sunken)',
  boxLine: 'var(--field-line)',
  callFill: 'var(--surface-selected)',
  callLine: 'var(--mantine-color-iris-5)',
  callText: 'var(--text-selected)',
  failedFill: 'var(--diagram-failed)',
  noteFill: 'var(--surface-hover)',
};

/** For a file that stands alone: on white. */
export const PAPER: Paint = {
  text: '#1d2129',
  dim: '#626a78',
  surface: '#ffffff',
  lifeline: '#d9dde4',
  arrow: '#4a5160',
  failed: '#c92a2a',
  boxFill: '#f8f9fb',
  boxLine: '#8b93a3',
  callFill: '#eff1ff',
  callLine: '#6172e3',
  callText: '#3846ac',
  failedFill: '#fdeeee',
  noteFill: '#f1f3f6',
};

/** What a file names; whoever opens it has one of them. */
export const PAPER_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, sans-serif";
