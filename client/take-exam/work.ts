import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { CandidateView } from "#domain/attempt/view.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import type { Response } from "#domain/exam/response.ts";

/** What is typed and not yet made into a command. */
export type Drafts = Readonly<Record<ItemId, Response | null>>;

/** The candidate's work as the page shows it: what the server has, and over it what it does not have yet. */
export type Work = {
  readonly responses: Readonly<Record<ItemId, Response | null>>;
  readonly flagged: readonly ItemId[];
  readonly position: ItemId | null;
};

export function workOf(view: CandidateView, waiting: readonly CandidateCommand[], drafts: Drafts): Work {
  const ahead = waiting.reduce(withCommand, view);
  const responses: Record<ItemId, Response | null> = {};
  for (const [id, { response }] of Object.entries(ahead.answers)) responses[id as ItemId] = response;
  return { responses: { ...responses, ...drafts }, flagged: ahead.flagged, position: ahead.position };
}

/** The work as it is entered: no more of it than is on this computer's disk or with the session. */
export function enteredWorkOf({
  view,
  waiting,
  entering,
}: {
  readonly view: CandidateView;
  readonly waiting: readonly CandidateCommand[];
  readonly entering: readonly CandidateCommand[];
}): Work {
  return workOf(
    view,
    waiting.filter((command) => !entering.includes(command)),
    {},
  );
}

/**
 * The view after a command that the session accepted, because it does not echo a page's own answers; and also after one
 * that it has not answered yet, to be shown as if.
 */
export function withCommand(view: CandidateView, command: CandidateCommand): CandidateView {
  switch (command.type) {
    case "saveAnswer":
      return {
        ...view,
        answers: { ...view.answers, [command.itemId]: { response: command.response, late: false, at: null } },
      };
    case "flagItem": {
      // A second flag changes nothing in the session either, and so not the order of the list.
      if (view.flagged.includes(command.itemId) === command.flagged) return view;
      const others = view.flagged.filter((id) => id !== command.itemId);
      return { ...view, flagged: command.flagged ? [...others, command.itemId] : others };
    }
    case "visitItem":
      return { ...view, position: command.itemId };
    case "acknowledgeWarning":
      return {
        ...view,
        messages: view.messages.map((message) =>
          message.seq === command.warning ? { ...message, acknowledged: true } : message,
        ),
      };
    // The rest changes what only the session may change: status, time and messages come from it.
    case "giveConsent":
    case "reportDeviceCheck":
    case "requestAdmission":
    case "leaveIdentityToProctor":
    case "openPaper":
    case "handIn":
    case "enterSection":
    case "startBreak":
    case "endBreak":
    case "reportOutage":
    case "beginSignal":
    case "endSignal":
    case "reportMoment":
    case "reportSensor":
    case "sendMessage":
    case "takeOver":
      return view;
  }
}
