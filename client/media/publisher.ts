import type { AttemptId } from "#domain/exam/ids.ts";

export type PublisherState = "connecting" | "live" | "retrying" | "stopped";

export type PublisherOptions = {
  readonly attemptId: AttemptId;
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  readonly onState: (state: PublisherState) => void;
};

/** The contract of the live publication, which is not built yet: nothing is sent. */
export function startPublisher({ onState }: PublisherOptions): { readonly stop: () => void } {
  onState("stopped");
  return { stop() {} };
}
