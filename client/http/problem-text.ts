import type { RequestProblem } from "./request.ts";

export type ProblemText = { readonly title: string; readonly whatToDo: string };

/** What a person reads about a problem: what happened and what to do. The API's own detail is for programs. */
const texts: Readonly<Record<RequestProblem["code"], ProblemText>> = {
  "bad-request": {
    title: "The server could not read that",
    whatToDo: "Check what you entered and try again.",
  },
  "not-signed-in": {
    title: "You are not signed in here",
    whatToDo: "Sign in again. If you sit an exam, open the link again that you were sent.",
  },
  "stale-proof": {
    title: "The server could not tell that it is you",
    whatToDo: "Load the page again. If that does not help, open the link again that you were sent.",
  },
  "another-browser": {
    title: "This browser is not the one in which this was opened",
    whatToDo: "Open the link again that you were sent.",
  },
  "wrong-credentials": {
    title: "The address and the password do not belong together",
    whatToDo: "Check both and try again.",
  },
  "second-factor-needed": {
    title: "A code of your app is needed too",
    whatToDo: "Sign in again, and enter the code that your authenticator app shows then.",
  },
  "second-factor-demanded": {
    title: "Your institution asks for a second factor",
    whatToDo: "Set up an authenticator app or a passkey under Your account. If you have one, sign in again with it.",
  },
  "wrong-code": {
    title: "This code is not taken",
    whatToDo: "Each code is good once. Wait for the next one of your app, or use another recovery code.",
  },
  "passkey-refused": {
    title: "This passkey is not taken here",
    whatToDo: "Try again. If it was removed from your account, sign in with your password.",
  },
  "no-provider": {
    title: "No sign-in of an institution was found there",
    whatToDo: "Check the name. Your institution may not have set it up, or its server may not answer now.",
  },
  "sign-in-otherwise": {
    title: "This would sign you out yourself",
    whatToDo:
      "You signed in with your institution's account. Sign in with your password or a passkey, and do it then: so you can always come back.",
  },
  "weak-password": {
    title: "This password would be tried first",
    whatToDo:
      "Take another one of at least twelve characters: a few words that do not belong together are easy to keep.",
  },
  "idempotency-key-reused": {
    title: "That was mixed up with something else",
    whatToDo: "Load the page again and try once more.",
  },
  "email-taken": {
    title: "This address belongs to an account already",
    whatToDo: "Use another address of theirs, or look for them among the members.",
  },
  "last-admin": {
    title: "Nobody would be left to manage the institution",
    whatToDo: "Give somebody else the role of an administrator first.",
  },
  "more-than-own": {
    title: "That is more than you may do yourself",
    whatToDo: "You can give what you may do, and nothing else. Ask somebody who may do all of it.",
  },
  "too-many-tries": {
    title: "Too many tries went wrong",
    whatToDo: "Wait a while before you try again: each further failure makes the wait longer, up to an hour.",
  },
  "proof-needed": {
    title: "This account is protected because somebody tried many passwords",
    whatToDo: "Sign in from a browser in which you have signed in before. That opens the account everywhere again.",
  },
  "not-allowed": {
    title: "Your account may not do this",
    whatToDo: "Ask an administrator of your institution to give you the role that it needs.",
  },
  "not-found": {
    title: "There is nothing at this address",
    whatToDo: "Check the link. It may have been replaced by a newer one.",
  },
  "changed-meanwhile": {
    title: "Somebody else saved this meanwhile",
    whatToDo: "Load the page again to see what they saved.",
  },
  conflict: {
    title: "Somebody else changed this meanwhile",
    whatToDo: "Load the page again to see it as it is now, then try again.",
  },
  "link-not-yet": {
    title: "This link does not open yet",
    whatToDo: "Come back at the time that your institution told you.",
  },
  "link-revoked": {
    title: "Your institution has withdrawn this link",
    whatToDo: "Ask your institution what to do. With a new link you go on where you were: what was saved is safe.",
  },
  "link-expired": {
    title: "This link is no longer valid",
    whatToDo: "Ask your institution for a new link.",
  },
  "link-in-use": {
    title: "This exam was started in another browser",
    whatToDo:
      "Go on in the browser in which you agreed to the conditions. If that is not possible, ask your proctor or your institution for a new link: it lets you go on here.",
  },
  "too-large": { title: "That is too large", whatToDo: "Make it smaller and try again." },
  "too-often": { title: "That was asked too often", whatToDo: "Wait a few minutes and try again." },
  "unsupported-media-type": { title: "The server does not take this kind of file", whatToDo: "Load the page again." },
  "hash-mismatch": {
    title: "What arrived is not what was sent",
    whatToDo: "The connection changed it on its way. It is sent again by itself.",
  },
  refused: {
    title: "That is not possible now",
    whatToDo: "Load the page again to see how things stand.",
  },
  "out-of-credit": {
    title: "Your institution has too few credits for that many candidates",
    whatToDo:
      "Nobody was added. Manage, Ledger says for how many there is credit. Add no more than that, or ask whoever provides Invigil to you for credits. Exams that are running go on.",
  },
  "media-unavailable": {
    title: "Live video is not available now",
    whatToDo: "It is tried again by itself. Recording goes on.",
  },
  "viewer-gone": {
    title: "The live picture was interrupted",
    whatToDo: "It is started again by itself.",
  },
  erased: {
    title: "This was deleted",
    whatToDo:
      "The time for which your institution keeps it is over, or the person asked for it. It does not come back.",
  },
  "internal-error": {
    title: "The server made a mistake",
    whatToDo: "The fault is ours. Wait a moment and try again.",
  },
  offline: {
    title: "The server cannot be reached",
    whatToDo: "Check your internet connection and try again.",
  },
  unreadable: {
    title: "The server's answer cannot be read",
    whatToDo: "This page may be older than the server. Load it again.",
  },
};

export function problemText(problem: Pick<RequestProblem, "code">): ProblemText {
  return texts[problem.code];
}
