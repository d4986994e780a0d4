import type { SignalKind } from "#domain/integrity/signal.ts";
import type { Clip } from "./clip.ts";
import { type SessionClip, sessionClips } from "./session-clips.ts";
import { type TabClip, tabClips } from "./tab-clips.ts";
import type { Scene } from "./scene.ts";
import { scenes } from "./scenes.ts";

/** All that the benchmark plays, by what plays it. */
export type BenchmarkClips = {
  readonly scenes: readonly Scene[];
  readonly tabs: readonly TabClip[];
  readonly session: readonly SessionClip[];
  /** Of which kinds of signal figures are asked for; all where none is named. */
  readonly kinds: readonly SignalKind[];
};

export const allClips: BenchmarkClips = { scenes, tabs: tabClips, session: sessionClips, kinds: [] };

export const sceneNames: readonly string[] = [...scenes.map(({ name }) => name), "tabs", "session"];

/** Of all clips those of the scenes and about the kinds that are asked for; where none are named, all. */
export function clipsAbout(kinds: readonly SignalKind[], names: readonly string[]): BenchmarkClips {
  const isAsked = ({ about }: Clip): boolean => kinds.length === 0 || kinds.includes(about);
  const isPlayed = (name: string): boolean => names.length === 0 || names.includes(name);
  return {
    scenes: scenes
      .filter(({ name }) => isPlayed(name))
      .map((scene) => ({
        ...scene,
        cameraClips: scene.cameraClips.filter(isAsked),
        acts: scene.acts.filter(isAsked),
        endings: scene.endings.filter(isAsked),
      }))
      // What is true of a whole launch stays its label, whatever is asked for.
      .filter((scene) => clipsOf(scene).some(isAsked)),
    tabs: isPlayed("tabs") ? tabClips.filter(isAsked) : [],
    session: isPlayed("session") ? sessionClips.filter(isAsked) : [],
    kinds,
  };
}

/** Each clip, whatever plays it. */
export function listOf(clips: BenchmarkClips): readonly Clip[] {
  return [...clips.scenes.flatMap(clipsOf), ...clips.tabs, ...clips.session];
}

function clipsOf({ cameraClips, acts, endings, throughout }: Scene): readonly Clip[] {
  return [...cameraClips, ...acts, ...endings, ...throughout];
}
