import type { SignalKind } from "#domain/integrity/signal.ts";
import { type Act, once, type Stage, wait } from "./stage.ts";

type Doing = (stage: Stage) => Promise<unknown>;

const sentence = "The moon pulls the sea on both sides of the earth at once.";

function told(about: SignalKind, title: string, play: Doing): Act {
  return { about, isThere: true, title, play: (stage) => once(() => play(stage)) };
}

function untold(about: SignalKind, title: string, play: Doing): Act {
  return {
    about,
    isThere: false,
    title,
    async play(stage) {
      await play(stage);
      return null;
    },
  };
}

const press =
  (...keys: readonly string[]): Doing =>
  async ({ page }) => {
    for (const key of keys) await page.keyboard.press(key);
  };

const selectPrompt: Doing = ({ page }) =>
  page.evaluate(() => {
    const prompt = document.querySelector("#prompt");
    if (prompt !== null) document.getSelection()?.selectAllChildren(prompt);
  });

const selectNothing: Doing = async ({ page }) => {
  await page.evaluate(() => document.getSelection()?.removeAllRanges());
  await page.locator("#answer").evaluate((field: HTMLTextAreaElement) => {
    field.focus();
    field.setSelectionRange(0, 0);
  });
};

/** The answer holds this text, put there by no hand, and the caret is at its end. */
const answerIs =
  (text: string): Doing =>
  ({ page }) =>
    page.locator("#answer").evaluate((field: HTMLTextAreaElement, value) => {
      field.value = value;
      field.focus();
      field.setSelectionRange(value.length, value.length);
    }, text);

function inTurn(...doings: readonly Doing[]): Doing {
  return async (stage) => {
    for (const doing of doings) await doing(stage);
  };
}

const clipboardHolds =
  (text: string): Doing =>
  ({ page }) =>
    page.evaluate((value) => navigator.clipboard.writeText(value), text);

const typed =
  (text: string, delay: number): Doing =>
  ({ page }) =>
    page.keyboard.type(text, { delay });

const clipboardClips: readonly Act[] = [
  told("copied", "the question is copied", inTurn(selectPrompt, press("Control+C"))),
  told("copied", "the own answer is copied", inTurn(answerIs(sentence), press("Control+A", "Control+C"))),
  told("copied", "copied with Ctrl+Insert", inTurn(selectPrompt, press("Control+Insert"))),
  untold("copied", "Ctrl+C with nothing selected", inTurn(selectNothing, press("Control+C"))),
  untold("copied", "text is selected and left so", selectPrompt),
  told("cut", "the own answer is cut", inTurn(answerIs(sentence), press("Control+A", "Control+X"))),
  told("cut", "cut with Shift+Delete", inTurn(answerIs(sentence), press("Control+A", "Shift+Delete"))),
  untold("cut", "Ctrl+X with nothing selected", inTurn(answerIs(sentence), press("Control+X"))),
  untold("cut", "a sentence is deleted", inTurn(answerIs(sentence), press("Control+A", "Delete"))),
  told("pasted", "a sentence is pasted", inTurn(answerIs(""), clipboardHolds(sentence), press("Control+V"))),
  told("pasted", "one word is pasted", inTurn(answerIs(""), clipboardHolds("tide"), press("Control+V"))),
  told("pasted", "pasted with Shift+Insert", inTurn(answerIs(""), clipboardHolds(sentence), press("Shift+Insert"))),
  untold("pasted", "the letter v is typed", inTurn(answerIs(""), press("v", "Shift+V"))),
];

const drop =
  (data: { readonly text?: string; readonly file?: string }): Doing =>
  async ({ page, devtools }) => {
    const box = await page.locator("#answer").boundingBox();
    if (box === null) throw new Error("the answer is not on the page");
    const items = data.text === undefined ? [] : [{ mimeType: "text/plain", data: data.text }];
    const files = data.file === undefined ? [] : [data.file];
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await devtools.send("Input.dispatchDragEvent", {
        type,
        x: box.x + 40,
        y: box.y + 30,
        data: { items, files, dragOperationsMask: 1 },
      });
    }
  };

/** The mouse goes down in the middle of what is selected and is let go so far away. */
const dragSelected =
  (selector: string, right: number, down: number): Doing =>
  async ({ page }) => {
    const box = await page.locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not on the page`);
    const [x, y] = [box.x + 40, box.y + 12];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + right / 2, y + down / 2, { steps: 3 });
    await page.mouse.move(x + right, y + down, { steps: 3 });
    await page.mouse.up();
  };

const dragClips: readonly Act[] = [
  told("drag-and-drop", "text from another window is dropped", inTurn(answerIs(""), drop({ text: sentence }))),
  told("drag-and-drop", "a file is dropped", drop({ file: import.meta.filename })),
  told(
    "drag-and-drop",
    "the question is dragged into the answer",
    inTurn(answerIs(""), selectPrompt, dragSelected("#prompt", 60, 60)),
  ),
  untold(
    "drag-and-drop",
    "a selected word is dragged to nowhere",
    inTurn(selectPrompt, dragSelected("#prompt", 900, 0)),
  ),
  untold(
    "drag-and-drop",
    "words are moved within the answer",
    inTurn(answerIs(sentence), press("Control+A"), dragSelected("#answer", 120, 40)),
  ),
];

const typingClips: readonly Act[] = [
  told(
    "burst-typed",
    "a program inserts a sentence",
    inTurn(answerIs(""), ({ page }) => page.keyboard.insertText(sentence)),
  ),
  told("burst-typed", "a program types 200 keys a second", inTurn(answerIs(""), typed(sentence, 5))),
  told(
    "burst-typed",
    "an extension fills the field",
    inTurn(answerIs(""), ({ page }) => page.locator("#answer").fill(sentence)),
  ),
  untold("burst-typed", "a fast typist (14 characters a second)", inTurn(answerIs(""), typed(sentence, 70))),
  untold(
    "burst-typed",
    "a burst of a very fast typist (25 a second)",
    inTurn(answerIs(""), typed("because the moon", 40)),
  ),
  untold(
    "burst-typed",
    "a key is held down",
    inTurn(answerIs(""), async ({ page }) => {
      for (let repeat = 0; repeat < 40; repeat += 1) await page.keyboard.down("e");
      await page.keyboard.up("e");
    }),
  ),
  untold(
    "burst-typed",
    "a corrected word",
    inTurn(answerIs("The gravitatoinal"), ({ page }) =>
      page.locator("#answer").evaluate((field: HTMLTextAreaElement) => {
        field.setSelectionRange(4, field.value.length);
        document.execCommand("insertText", false, "gravitational");
      }),
    ),
  ),
  untold(
    "burst-typed",
    "an input method",
    inTurn(answerIs(""), async ({ devtools }) => {
      const words = "潮汐は月の引力によって一日に二回高くなります";
      for (let length = 1; length <= words.length; length += 1) {
        await devtools.send("Input.imeSetComposition", {
          text: words.slice(0, length),
          selectionStart: length,
          selectionEnd: length,
        });
        await wait(60);
      }
      await devtools.send("Input.imeSetComposition", { text: "", selectionStart: 0, selectionEnd: 0 });
    }),
  ),
  untold(
    "burst-typed",
    "undone and done again",
    inTurn(answerIs(""), typed("High water, low water and ebb.", 60), press("Control+Z", "Control+Shift+Z")),
  ),
];

const clickOn =
  (selector: string, button: "left" | "right"): Doing =>
  ({ page }) =>
    page.locator(selector).click({ button });

const menuClips: readonly Act[] = [
  told("context-menu", "a right click on the question", clickOn("#prompt", "right")),
  told("context-menu", "a right click on the answer", clickOn("#answer", "right")),
  told("context-menu", "the key for the menu", inTurn(clickOn("#answer", "left"), press("ContextMenu"))),
  untold(
    "context-menu",
    "a click and a double click",
    inTurn(clickOn("#prompt", "left"), ({ page }) => page.locator("#prompt").dblclick()),
  ),
];

const keyClips: readonly Act[] = [
  told("print", "Ctrl+P", press("Control+P")),
  told("print", "Ctrl+Shift+P", press("Control+Shift+P")),
  told("print", "the page is printed without a key", ({ page }) => page.evaluate(() => window.print())),
  untold("print", "the letter p is typed", inTurn(answerIs(""), press("p", "Shift+P"))),
  told("print-screen", "PrintScreen", press("PrintScreen")),
  told("print-screen", "Alt+PrintScreen", press("Alt+PrintScreen")),
  told("print-screen", "only the key's coming up is told, as on Windows", ({ page }) =>
    page.keyboard.up("PrintScreen"),
  ),
  untold("print-screen", "Insert, ScrollLock and Pause", press("Insert", "Insert", "ScrollLock", "Pause")),
  told("shortcut", "Ctrl+S", press("Control+S")),
  told("shortcut", "Ctrl+O", press("Control+O")),
  told("shortcut", "Ctrl+H", press("Control+H")),
  untold(
    "shortcut",
    "select all, undo, bold",
    inTurn(answerIs(sentence), press("Control+A", "Control+Z", "Control+B")),
  ),
  untold("shortcut", "find, and close what finds", press("Control+F", "Escape")),
  told("developer-tools-shortcut", "F12", press("F12")),
  told("developer-tools-shortcut", "Ctrl+Shift+I", press("Control+Shift+I")),
  told("developer-tools-shortcut", "Ctrl+U", press("Control+U")),
  untold("developer-tools-shortcut", "F2, F7 and Ctrl+I", press("F2", "F7", "Control+I")),
];

export const inputClips: readonly Act[] = [...clipboardClips, ...dragClips, ...typingClips, ...menuClips, ...keyClips];
