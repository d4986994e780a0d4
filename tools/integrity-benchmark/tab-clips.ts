import type { Clip } from "./clip.ts";

/** `hiddenMs`: for how long another tab is before the exam; null: a tab is opened behind it. */
export type TabClip = Clip & { readonly hiddenMs: number | null };

/** The page also loses the focus, and the browser may take full screen from a page that is hidden. */
const also = ["window-blurred", "full-screen-left"] as const;

function hidden(hiddenMs: number, title: string): TabClip {
  return { about: "tab-hidden", isThere: true, also, title, hiddenMs };
}

export const tabClips: readonly TabClip[] = [
  hidden(1_200, "another tab for a second"),
  hidden(3_000, "another tab for three seconds"),
  hidden(8_000, "another tab for eight seconds"),
  {
    about: "tab-hidden",
    isThere: false,
    also: ["full-screen-left"],
    title: "another tab for a fifth of a second",
    hiddenMs: 200,
  },
  { about: "tab-hidden", isThere: false, title: "a tab is opened behind the exam", hiddenMs: null },
];
