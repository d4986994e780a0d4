import { describe, expect, test } from "vitest";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { at, attemptAfter, given, type History, minutes, nine } from "./given.ts";
import { histories } from "./histories.ts";
import { ada, lin } from "./people.ts";

const ten = nine + minutes(10);
const warned: AttemptFact = { type: "warned", text: "Look at your screen" };
const warnedAda: History = [...histories.open, at(ten, warned, lin)];
const warning = warnedAda.length;

function messagesAfter(history: History) {
  const attempt = attemptAfter(history);
  return attempt.status === "unregistered" ? [] : attempt.file.messages;
}

describe("open", () => {
  test("[A50] both write, and what they wrote is kept with its author", () => {
    given(histories.open)
      .when({ type: "sendMessage", text: " May I drink? " }, ada, ten)
      .then([{ type: "messageSent", text: "May I drink?" }]);
    const talk: History = [...histories.open, at(ten, { type: "messageSent", text: "May I drink?" }, ada)];
    expect(messagesAfter(talk)).toEqual([
      { seq: talk.length, at: ten, from: ada.actor, kind: "message", text: "May I drink?", acknowledged: false },
    ]);
  });

  test("[A53] a candidate writes 200 messages and no more; the proctor goes on, and is not counted", () => {
    const words = (by: typeof ada, count: number): History =>
      Array.from({ length: count }, (_, index) => at(ten, { type: "messageSent", text: `Word ${index}` }, by));
    const message = { type: "sendMessage", text: "One more" } as const;
    const sent: AttemptFact = { type: "messageSent", text: "One more" };
    given([...histories.open, ...words(lin, 300), ...words(ada, 199)])
      .when(message, ada, ten)
      .then([sent]);
    const full = [...histories.open, ...words(ada, 200)];
    given(full).when(message, ada, ten).thenRefused("too-many-messages");
    given(full).when(message, lin, ten).then([sent]);
  });

  test("[A52] a text of white space only is refused", () => {
    given(histories.open).when({ type: "sendMessage", text: " \n\t" }, ada, ten).thenRefused("empty-text");
    given(histories.open).when({ type: "sendMessage", text: "" }, lin, ten).thenRefused("empty-text");
    given(histories.open).when({ type: "warn", text: " " }, lin, ten).thenRefused("empty-text");
  });

  test("[A51] a warning is acknowledged once", () => {
    given(histories.open).when({ type: "warn", text: " Look at your screen " }, lin, ten).then([warned]);
    const acknowledged: AttemptFact = { type: "warningAcknowledged", warning };
    const acknowledge = { type: "acknowledgeWarning", warning } as const;
    given(warnedAda).when(acknowledge, ada, ten).then([acknowledged]);
    expect(messagesAfter([...warnedAda, acknowledged])).toMatchObject([{ kind: "warning", acknowledged: true }]);
    given([...warnedAda, acknowledged])
      .when(acknowledge, ada, ten)
      .thenNothing();
  });

  test("[A51] only a warning can be acknowledged", () => {
    const talk: History = [...warnedAda, at(ten, { type: "messageSent", text: "Hello" }, lin)];
    given(talk).when({ type: "acknowledgeWarning", warning: talk.length }, ada, ten).thenRefused("no-such-warning");
    given(talk).when({ type: "acknowledgeWarning", warning: 1 }, ada, ten).thenRefused("no-such-warning");
  });

  test("[A51] acknowledging one warning leaves the other as it is", () => {
    const two: History = [...warnedAda, at(ten, warned, lin), { type: "warningAcknowledged", warning }];
    expect(messagesAfter(two).map(({ acknowledged }) => acknowledged)).toEqual([true, false]);
  });
});

describe("handed in", () => {
  test("[A50] they may still write to each other", () => {
    given(histories["handed-in"])
      .when({ type: "sendMessage", text: "Thank you" }, ada, ten)
      .then([{ type: "messageSent", text: "Thank you" }]);
  });

  test("[A51] there is nothing left to warn of", () => {
    given(histories["handed-in"]).when({ type: "warn", text: "Hey" }, lin, ten).thenRefused("handed-in");
  });
});
