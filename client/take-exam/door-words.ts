import type { ProblemText } from "../http/problem-text.ts";
import type { RequestProblem } from "../http/request.ts";

/** What a candidate reads who is not let in: a candidate has a link, and no account. */
export const doorWords: Partial<Record<RequestProblem["code"], ProblemText>> = {
  "not-signed-in": {
    title: "This browser does not know you yet",
    whatToDo:
      "Open the link again that your institution sent you: it brings you back to your place. What was saved is safe.",
  },
  "another-browser": {
    title: "Your exam was opened in another browser",
    whatToDo:
      "Go on there. If you cannot, or if it was here and this browser has forgotten it, open the link again that your institution sent you: from there you ask your proctor to go on here. What was saved is safe.",
  },
  "not-allowed": {
    title: "This exam belongs to another link",
    whatToDo: "Open the link that your institution sent you.",
  },
  "not-found": {
    title: "This link leads to no exam",
    whatToDo: "Check that it is complete: nothing may be missing at its end. A newer link may have replaced it.",
  },
  "bad-request": {
    title: "This link is not complete",
    whatToDo: "Copy it again from the message of your institution, to its last character.",
  },
};
