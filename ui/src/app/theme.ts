import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  createTheme,
  defaultCssVariablesResolver,
  rgba,
  type CSSVariablesResolver,
  Loader,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** The look of Stepsmith: one accent colour, system fonts, 14 px text, hairlines instead of shadows. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: 6,
  colors: {
    iris: [
      '#eff1ff',
      '#dfe3fc',
      '#bbc4f5',
      '#95a2ee',
      '#7686e8',
      '#6172e3',
      '#4f60d8',
      '#4150c0',
      '#3846ac',
      '#2c3a99',
    ],
    gray: [
      '#f8f9fb',
      '#f1f3f6',
      '#e6e9ee',
      '#d9dde4',
      '#c5cad4',
      '#a2a9b6',
      '#6c7482',
      '#4a5160',
      '#323843',
      '#1d2129',
    ],
    dark: [
      '#d6d9e0',
      '#b3b8c4',
      '#949aa9',
      '#6f7686',
      '#3a3f4b',
      '#2d323c',
      '#23272f',
      '#1a1d24',
      '#14171c',
      '#0f1115',
    ],
  },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Cantarell, Ubuntu, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '18px', lineHeight: '1.35' },
      h3: { fontSize: '15px', lineHeight: '1.4' },
      h4: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'light', tt: 'none', fw: 500, radius: 'sm' },
    }),
    Button: Button.extend({ defaultProps: { size: 'sm', fw: 500 } }),
    Loader: Loader.extend({ defaultProps: { size: 'sm' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        radius: 'lg',
        closeButtonProps: { 'aria-label': 'Close' },
        // The library draws a <header>, which would be a second banner beside the window's own.
        attributes: { header: { role: 'none' } },
      },
      styles: { title: { fontSize: '16px', fontWeight: 600 } },
    }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false, checkIconPosition: 'right' } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm', withThumbIndicator: false } }),
    Text: Text.extend({ defaultProps: { size: 'md' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', autosize: true, minRows: 2 } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true, fz: 'xs' } }),
  },
});

const TINTED = ['iris', 'red', 'orange', 'teal', 'gray'] as const;

/** Tints for badges, alerts and quiet buttons: calm on both backgrounds, with text that can be read (WCAG AA). */
export const cssVariables: CSSVariablesResolver = (resolved) => {
  const variables = defaultCssVariablesResolver(resolved);
  for (const color of TINTED) {
    const shades = resolved.colors[color];
    if (!shades) continue;
    variables.light[`--mantine-color-${color}-light`] = rgba(shades[6], 0.1);
    variables.light[`--mantine-color-${color}-light-hover`] = rgba(shades[6], 0.15);
    variables.light[`--mantine-color-${color}-light-color`] = color === 'gray' ? shades[7] : shades[9];
    variables.dark[`--mantine-color-${color}-light`] = rgba(shades[4], 0.14);
    variables.dark[`--mantine-color-${color}-light-hover`] = rgba(shades[4], 0.2);
    variables.dark[`--mantine-color-${color}-light-color`] = shades[3];
  }
  const { red, teal, grape, orange } = resolved.colors;
  // Mantine's orange 9 is too pale for text, on white and on its own tint.
  const deepOrange = '#ae3d0c';
  variables.light['--mantine-color-orange-light-color'] = deepOrange;
  variables.light['--mantine-color-orange-text'] = deepOrange;
  variables.light['--mantine-color-teal-text'] = teal[9];
  variables.light['--mantine-color-grape-text'] = grape[8];
  variables.light['--mantine-color-red-text'] = red[9];
  variables.light['--mantine-color-error'] = red[9];
  variables.dark['--mantine-color-error'] = red[5];
  variables.dark['--mantine-color-orange-text'] = orange[3];
  for (const scheme of [variables.light, variables.dark]) {
    // White stands on it.
    scheme['--mantine-color-red-filled'] = red[9];
    scheme['--mantine-color-red-filled-hover'] = '#b02525';
  }
  return variables;
};
