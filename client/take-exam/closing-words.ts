import type { Closing } from "#domain/attempt/view.ts";

/** How an attempt ended, said kindly: by whom and why. */
export function closingWords({ cause, reason }: Closing): { readonly title: string; readonly text: string } {
  switch (cause) {
    case "candidate":
      return { title: "Your exam is handed in", text: "You handed it in yourself. Thank you." };
    case "deadline":
      return {
        title: "Your exam is handed in",
        text: "The time was over, so it was handed in for you with every answer that was saved. Nothing is lost by that.",
      };
    case "terminated":
      return {
        title: "Your exam was ended by the proctor",
        text: `The reason given: “${reason ?? "none"}” Every answer that was saved until then is kept. This is not a verdict: people of your institution look at it, and you can ask them about it.`,
      };
  }
}
