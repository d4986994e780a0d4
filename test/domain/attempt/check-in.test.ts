import { describe, expect, test } from "vitest";
import { type DeviceCheck } from "#domain/attempt/command.ts";
import { brand, type RegistrationId } from "#domain/exam/ids.ts";
import { candidateCommands } from "./every-command.ts";
import { attemptAfter, consentSha256, given, type History, nine, window } from "./given.ts";
import { adaRegistered, baseTime, consentGiven, goodDevices, histories } from "./histories.ts";
import { ada, lin, mallory, session } from "./people.ts";

const brokenCamera: DeviceCheck = { ...goodDevices, camera: "failed" };

describe("nobody yet", () => {
  test("[A1] a registration begins the attempt", () => {
    given([])
      .when({ ...adaRegistered, type: "register" }, session, nine)
      .then([adaRegistered]);
  });
});

describe("registered", () => {
  test("[A1] the same registration again changes nothing, and another one is refused", () => {
    const again = given(histories.open);
    again.when({ ...adaRegistered, type: "register", name: "Ada L." }, session, nine).thenNothing();
    const other = brand<RegistrationId>("ben-1");
    again.when({ type: "register", registrationId: other, name: "Ben" }, session, nine).thenRefused("wrong-status");
  });

  test("[A2] consent keeps the hash of the text that was shown, and the browser", () => {
    given(histories.registered)
      .when({ type: "giveConsent", textSha256: consentSha256 }, ada, nine)
      .then([consentGiven]);
  });

  test("[A2] consent to another text is refused", () => {
    given(histories.registered)
      .when({ type: "giveConsent", textSha256: "d".repeat(64) }, ada, nine)
      .thenRefused("other-consent-text");
  });

  test("[A2] consent from nowhere is refused: the attempt could belong to no browser", () => {
    given(histories.registered)
      .when({ type: "giveConsent", textSha256: consentSha256 }, { ...ada, browser: null }, nine)
      .thenRefused("another-browser");
  });
});

describe("consented", () => {
  test("[A2] consent to another text afterwards is refused", () => {
    given(histories.consented)
      .when({ type: "giveConsent", textSha256: "d".repeat(64) }, ada, nine)
      .thenRefused("wrong-status");
  });

  test.each(Object.values(candidateCommands))("[A5] $type from another browser is refused", (command) => {
    given(histories.consented).when(command, mallory, nine).thenRefused("another-browser");
    given(histories.open).when(command, mallory, nine).thenRefused("another-browser");
    given(histories.open)
      .when(command, { ...ada, browser: null }, nine)
      .thenRefused("another-browser");
  });

  test("[A5] the proctor and the session have no browser and need none", () => {
    given(histories.open)
      .when({ type: "sendMessage", text: "Hello" }, lin, nine)
      .then([{ type: "messageSent", text: "Hello" }]);
    given(histories.open).when({ type: "tick" }, session, nine).thenNothing();
  });

  test("[A8] a check that failed in one part lets nobody ask", () => {
    for (const part of Object.keys(goodDevices)) {
      const check = { ...goodDevices, [part]: "failed" };
      given([...histories.consented, { type: "deviceChecked", check }])
        .when({ type: "requestAdmission" }, ada, nine)
        .thenRefused("wrong-status");
    }
  });

  test("[A3] the check may be repeated until it passes", () => {
    given([...histories.consented, { type: "deviceChecked", check: brokenCamera }])
      .when({ type: "reportDeviceCheck", check: goodDevices }, ada, nine)
      .then([{ type: "deviceChecked", check: goodDevices }]);
    const checkedAtLast = [
      ...histories.consented,
      { type: "deviceChecked", check: brokenCamera },
      { type: "deviceChecked", check: goodDevices },
    ] as const;
    expect(attemptAfter(checkedAtLast).status).toBe("checked");
  });
});

describe("checked", () => {
  test("[A4] a candidate whose device was checked asks to be let in", () => {
    given(histories.checked)
      .when({ type: "requestAdmission" }, ada, nine)
      .then([{ type: "admissionRequested" }]);
  });

  test("[A8] a later failed check is kept and takes nothing back", () => {
    given(histories.checked)
      .when({ type: "reportDeviceCheck", check: brokenCamera }, ada, nine)
      .then([{ type: "deviceChecked", check: brokenCamera }]);
    expect(attemptAfter([...histories.checked, { type: "deviceChecked", check: brokenCamera }]).status).toBe("checked");
  });
});

describe("waiting", () => {
  test("[A6] a proctor admits a candidate who waits", () => {
    given(histories.waiting)
      .when({ type: "admit" }, lin, nine)
      .then([{ type: "admitted" }]);
  });

  test("[A7] a denial has a reason, without the white space around it", () => {
    given(histories.waiting)
      .when({ type: "deny", reason: " No photo \n" }, lin, nine)
      .then([{ type: "denied", reason: "No photo" }]);
    given(histories.waiting).when({ type: "deny", reason: " \n" }, lin, nine).thenRefused("empty-text");
  });
});

describe("denied", () => {
  test("[A4] a candidate who was denied may ask again", () => {
    given(histories.denied)
      .when({ type: "requestAdmission" }, ada, nine)
      .then([{ type: "admissionRequested" }]);
  });

  test("[A6] a proctor may admit after all", () => {
    given(histories.denied)
      .when({ type: "admit" }, lin, nine)
      .then([{ type: "admitted" }]);
  });
});

describe("admitted", () => {
  test("[A7] a proctor may still deny", () => {
    given(histories.admitted)
      .when({ type: "deny", reason: "Wrong person" }, lin, nine)
      .then([{ type: "denied", reason: "Wrong person" }]);
  });

  test("[A10] the paper opens with the exam's duration as the first line of the ledger", () => {
    given(histories.admitted)
      .when({ type: "openPaper" }, ada, nine)
      .then([{ type: "paperOpened" }, baseTime]);
  });

  test.each([
    { moment: "a millisecond before the window", now: window.opensAt - 1, refusal: "exam-not-open" },
    { moment: "at the window's end", now: window.closesAt, refusal: "exam-closed" },
  ] as const)("[A11] the paper does not open $moment", ({ now, refusal }) => {
    given(histories.admitted).when({ type: "openPaper" }, ada, now).thenRefused(refusal);
  });

  test.each([
    { moment: "the window's first moment", now: window.opensAt },
    { moment: "the last moment before its end", now: window.closesAt - 1 },
  ])("[A11] the paper opens in $moment, for its whole duration", ({ now }) => {
    const entry = { ...baseTime.entry, at: now };
    given(histories.admitted)
      .when({ type: "openPaper" }, ada, now)
      .then([{ type: "paperOpened" }, { type: "timeGiven", entry }]);
  });
});

describe("open", () => {
  test("[A11] opening again changes nothing, even after the window", () => {
    given(histories.open)
      .when({ type: "openPaper" }, ada, window.closesAt + 1)
      .thenNothing();
  });

  test("[A72] what is so already is accepted, and nothing happens", () => {
    given(histories.open).when({ type: "giveConsent", textSha256: consentSha256 }, ada, nine).thenNothing();
    given(histories.open).when({ type: "resume" }, lin, nine).thenNothing();
    given(histories.waiting).when({ type: "requestAdmission" }, ada, nine).thenNothing();
    given(histories.admitted).when({ type: "admit" }, lin, nine).thenNothing();
  });
});

describe("a new link", () => {
  const released: History = [...histories.open, { type: "browserReleased" }];

  test("[A9] frees the attempt: the browser that consented can no longer go on", () => {
    given(histories.open)
      .when({ type: "releaseBrowser" }, lin, nine)
      .then([{ type: "browserReleased" }]);
    given(released).when(candidateCommands.handIn, ada, nine).thenRefused("another-browser");
    given(released).when({ type: "releaseBrowser" }, lin, nine).thenNothing();
  });

  test("[A9] ends what the browser before it shows live: nobody is to be watched under another's name", () => {
    const live: History = [...histories.open, { type: "mediaPublished", sfuSession: "sfu-1", tracks: ["thumbnail"] }];
    given(live)
      .when({ type: "releaseBrowser" }, lin, nine)
      .then([{ type: "browserReleased" }, { type: "mediaPublished", sfuSession: "sfu-1", tracks: [] }]);
  });

  test("[A9] binds the attempt to the first browser that checks in with it, and to no other", () => {
    given(released)
      .when({ type: "bindBrowser", browser: "new-laptop" }, session, nine)
      .then([{ type: "browserBound", browser: "new-laptop" }]);
    const bound = given([...released, { type: "browserBound", browser: "new-laptop" }]);
    bound.when({ type: "bindBrowser", browser: "browser-of-mallory" }, session, nine).thenRefused("another-browser");
    bound.when(candidateCommands.handIn, ada, nine).thenRefused("another-browser");
    bound.when({ type: "bindBrowser", browser: "new-laptop" }, session, nine).thenNothing();
  });
});
