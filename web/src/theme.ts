import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** The one accent of the product; shade 7 is #0f766e and carries white text at 5.5:1. */
const accent: MantineColorsTuple = [
  '#f0fdfa',
  '#d5f5ef',
  '#a7e8de',
  '#6dd5c8',
  '#3dbdb0',
  '#1fa295',
  '#14877c',
  '#0f766e',
  '#115e59',
  '#134e4a',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 7,
  colors: { accent },
  fontFamily: "Inter, 'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: { fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
});

const tokens = {
  '--mantine-color-body': 'var(--op-ground)',
  '--mantine-color-text': 'var(--op-ink)',
  '--mantine-color-dimmed': 'var(--op-muted)',
  '--mantine-color-anchor': 'var(--op-accent)',
  '--mantine-color-placeholder': 'var(--op-muted)',
  '--mantine-color-default': 'var(--op-surface)',
  '--mantine-color-default-hover': 'var(--op-sunken)',
  '--mantine-color-default-color': 'var(--op-ink)',
  '--mantine-color-default-border': 'var(--op-line-strong)',
  '--mantine-color-error': 'var(--op-failed)',
};

/** Mantine's own names point at our tokens, so that light and dark are decided in one place. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });
