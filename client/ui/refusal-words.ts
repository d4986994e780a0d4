import type { Refusal } from "#domain/attempt/decision.ts";

/** Why the session did not do what was asked, and what to do about it. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal) {
    case "already-decided":
      return "You have decided already. Another person has to decide too.";
    case "already-open":
      return "The exam is open already. Give extra time in the proctor's console instead.";
    case "another-browser":
      return "This exam is open in another browser. Go on there, or ask your proctor for a new link.";
    case "asked-too-often":
      return "It was asked too often to go on elsewhere. Write to your institution.";
    case "bad-amount":
      return "That amount of time cannot be given or taken. Choose between 1 minute and 4 hours, and leave at least a minute.";
    case "bad-picture":
      return "That picture is too large, or of another moment.";
    case "bad-segment":
      return "A piece of the recording could not be read. The rest goes on.";
    case "check-first":
      return "Check the devices of this computer first.";
    case "empty-text":
      return "Write a few words first.";
    case "exam-closed":
      return "The time to open this exam is over. Ask your institution what to do.";
    case "exam-not-open":
      return "The exam cannot be opened yet. Wait until its start.";
    case "handed-in":
      return "This exam is handed in. Nothing more can be changed.";
    case "identity-first":
      return "The photographs come first.";
    case "no-break-left":
      return "There is no break left in this exam.";
    case "no-such-entry":
      return "Only extra time can be taken back, and this line is none.";
    case "no-such-item":
      return "That question is not part of this exam. Reload the page.";
    case "no-such-section":
      return "That section is not part of this exam. Reload the page.";
    case "no-such-request":
      return "That request is not there any more. Look again.";
    case "no-such-warning":
      return "That warning is not there any more. Reload the page.";
    case "not-consented":
      return "That needs the candidate's consent first.";
    case "not-held":
      return "This result is not held, or it was decided meanwhile. Look again.";
    case "not-permitted":
      return "You may not do that.";
    case "not-registered":
      return "There is no such candidate in this exam session.";
    case "not-the-writer":
      return "This exam is being written in another tab or window. Here you can only read.";
    case "other-consent-text":
      return "The text has changed since you opened the page. Reload it and read it again.";
    case "paused":
      return "The exam is paused. It goes on when the proctor resumes it.";
    case "picture-differs":
      return "Another picture is stored already.";
    case "picture-not-wanted":
      return "That picture is not asked for.";
    case "response-does-not-fit":
      return "That answer does not fit the question. Reload the page.";
    case "section-not-entered":
      return "Open that section first. Its time begins then.";
    case "section-over":
      return "The time of that section is over. What was saved before counts.";
    case "segment-differs":
      return "A piece of the recording is stored already with other content. Tell your proctor.";
    case "set-aside":
      return "What is stored of this exam cannot be read just now. It is untouched: your institution has to look at it.";
    case "too-late":
      return "The time is over. What was saved before counts.";
    case "too-many-events":
      return "This page has sent more than can be stored. Hand in what you have, and tell your proctor.";
    case "too-many-messages":
      return "You have written as many messages as can be stored. Your proctor can still write to you.";
    case "too-many-pictures":
      return "No more pictures can be stored.";
    case "too-much-recording":
      return "More was recorded than can be stored. The exam goes on.";
    case "wrong-status":
      return "That is not possible any more: the situation has changed. Look again.";
  }
}
