import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/*
 * Every text of these colours has at least 4.5:1 against what it stands on (WCAG 2.2 AA), in light and in dark: shades 7
 * and up carry white text and are read on white, shades 3 and down are read on the dark grounds. Mantine's own red, green
 * and yellow do not, so the three are replaced.
 */
const harbour: MantineColorsTuple = [
  "#eef6f8",
  "#d9eaef",
  "#b6d7e0",
  "#8cc1cf",
  "#5fa6b9",
  "#3f8ea4",
  "#2b768d",
  "#1f6177",
  "#174e61",
  "#0f3947",
];
const red: MantineColorsTuple = [
  "#fdf0ef",
  "#fadcd9",
  "#f5bdb8",
  "#f09b94",
  "#e6746b",
  "#d8554b",
  "#c33f36",
  "#a8322a",
  "#8b2721",
  "#661a16",
];
const green: MantineColorsTuple = [
  "#eef7f0",
  "#d8ecdd",
  "#b5dabf",
  "#8dc69b",
  "#62ac75",
  "#45935a",
  "#337a47",
  "#276439",
  "#1e502d",
  "#143a20",
];
const yellow: MantineColorsTuple = [
  "#fdf6e7",
  "#f9e8c2",
  "#f3d38c",
  "#ebbd58",
  "#d59f2c",
  "#b58118",
  "#946710",
  "#7a530b",
  "#614109",
  "#452e06",
];

/** Mantine's greys of the dark scheme are neutral; these have a little of the harbour in them. */
const dark: MantineColorsTuple = [
  "#dfe6e9",
  "#c3cdd2",
  "#a3b0b7",
  "#83929a",
  "#48555c",
  "#333d43",
  "#242b30",
  "#1b2125",
  "#14191c",
  "#101416",
];

export const theme = createTheme({
  colors: { harbour, red, green, yellow, dark },
  primaryColor: "harbour",
  primaryShade: 7,
  defaultRadius: "md",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: "650", textWrap: "balance" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    // Words in capitals are slower to read, and screen readers may spell them.
    Badge: { defaultProps: { tt: "none" } },
  },
});

/** Mantine's dimmed, placeholder and error texts are too faint for AA; these are not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fbfcfc",
    "--mantine-color-text": "#1c262b",
    "--mantine-color-dimmed": "#55636b",
    "--mantine-color-placeholder": "#647078",
    "--mantine-color-error": "#a8322a",
    "--mantine-color-anchor": "#1f6177",
    "--mantine-color-default-border": "#b9c4ca",
    "--surface": "#ffffff",
    "--surface-sunken": "#eff3f5",
    "--line": "#d5dde1",
    "--line-strong": "#74848d",
    "--caution-ground": "#fdf6e7",
    "--caution-text": "#614109",
    "--caution-line": "#d59f2c",
    "--good-text": "#276439",
    "--alarm-text": "#a8322a",
    "--alarm-ground": "#fdf0ef",
    "--calm-ground": "#eef6f8",
    "--calm-text": "#174e61",
  },
  dark: {
    "--mantine-color-body": "#14191c",
    "--mantine-color-text": "#dfe6e9",
    "--mantine-color-dimmed": "#a3b0b7",
    "--mantine-color-placeholder": "#94a2a9",
    "--mantine-color-error": "#f09b94",
    "--mantine-color-anchor": "#8cc1cf",
    "--mantine-color-default": "#1f262a",
    "--mantine-color-default-hover": "#2a3237",
    "--mantine-color-default-border": "#48555c",
    "--mantine-primary-color-filled": "#2b768d",
    "--mantine-primary-color-filled-hover": "#1f6177",
    "--surface": "#1b2125",
    "--surface-sunken": "#101416",
    "--line": "#333d43",
    "--line-strong": "#83929a",
    "--caution-ground": "#2f260f",
    "--caution-text": "#f3d38c",
    "--caution-line": "#946710",
    "--good-text": "#8dc69b",
    "--alarm-text": "#f09b94",
    "--alarm-ground": "#33191a",
    "--calm-ground": "#152a32",
    "--calm-text": "#b6d7e0",
  },
});
