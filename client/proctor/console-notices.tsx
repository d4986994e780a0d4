import { Alert, Button, Text } from "@mantine/core";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { Refusal } from "#domain/attempt/decision.ts";
import type { Phase } from "../session/connection.ts";
import { useStore } from "../session/store.ts";
import { count } from "../ui/format-duration.ts";
import { refusalWords } from "../ui/refusal-words.ts";
import { actWords } from "./possible.ts";
import type { RoomLine, SittingConsole } from "./room-lines.ts";
import classes from "./proctor.module.css";

/** A command that the session did not carry out. */
export type Refused = {
  readonly id: string;
  readonly name: string;
  readonly act: ProctorCommand["type"];
  readonly refusal: Refusal;
};

type Props = {
  readonly session: SittingConsole;
  readonly refused: readonly Refused[];
  readonly onClose: (id: string) => void;
};

/** More at once would cover the grid; the next appear as these are closed. */
const mostShown = 3;

/** What the proctor has to know of the console itself. It lies over the page: nothing below it moves. */
export function ConsoleNotices({ session, refused, onClose }: Props) {
  return (
    <div className={classes["notices"]}>
      <LineNotices session={session} />
      <SetAsideNotice session={session} />
      {refused.slice(0, mostShown).map(({ id, name, act, refusal }) => (
        <Alert
          key={id}
          color="yellow"
          variant="outline"
          className={classes["notice"] ?? ""}
          title={`${actWords(act)}: ${name}`}
          withCloseButton
          closeButtonLabel={`Close this about ${name}`}
          onClose={() => onClose(id)}
          role="alert"
        >
          {refusalWords(refusal)}
        </Alert>
      ))}
    </div>
  );
}

/** Says who is missing among the candidates, and what is known of why. */
function SetAsideNotice({ session }: { readonly session: SittingConsole }) {
  const names = useStore(session.rooms, (rooms) => rooms.setAside);
  if (names.length === 0) return null;
  return (
    <Alert
      color="red"
      variant="outline"
      className={classes["notice"] ?? ""}
      title="Not shown here: what is stored cannot be read"
      role="alert"
    >
      {names.join(", ")}. Nothing of it was deleted, and everybody else goes on. Tell your administrator.
    </Alert>
  );
}

/** Says that the console itself is cut off, from which rooms, and that the candidates are not. */
function LineNotices({ session }: { readonly session: SittingConsole }) {
  const lines = useStore(session.lines, (all) => all);
  const unsent = useStore(session.waiting, (orders) => orders.length);
  const retrying = lines.filter(({ phase }) => phase.kind === "retrying");
  const closed = Map.groupBy(
    lines.flatMap(({ name, phase }) => (phase.kind === "closed" ? [{ name, why: phase.why }] : [])),
    ({ why }) => why,
  );
  return (
    <>
      {retrying.length === 0 ? null : (
        <Alert
          color="yellow"
          variant="outline"
          className={classes["notice"] ?? ""}
          title={
            retrying.length === lines.length
              ? "The console is reconnecting"
              : `The console is reconnecting to ${namesOf(retrying)}`
          }
          role="status"
        >
          Candidates are not affected{retrying.length < lines.length ? ", and the other rooms go on" : ""}. You will see
          everything that happens meanwhile.
          {unsent === 0 ? "" : ` ${count(unsent, "command")} of yours will be sent then.`}
        </Alert>
      )}
      {[...closed].map(([why, shut]) => (
        <Alert
          key={why}
          color="red"
          variant="outline"
          className={classes["notice"] ?? ""}
          title={shut.length === lines.length ? "The console was closed" : `Closed to you: ${namesOf(shut)}`}
          role="alert"
        >
          <Text size="sm">
            {closedWords(why)}
            {shut.length < lines.length ? " The other rooms go on." : ""}
          </Text>
          <Button mt="xs" size="xs" variant="default" onClick={() => window.location.reload()}>
            Load the page again
          </Button>
        </Alert>
      ))}
    </>
  );
}

function namesOf(lines: readonly Pick<RoomLine, "name">[]): string {
  return lines.map(({ name }) => name ?? "the room").join(", ");
}

function closedWords(why: Extract<Phase, { kind: "closed" }>["why"]): string {
  switch (why) {
    case "not-allowed":
      return "You are not, or no longer, assigned there. Ask an administrator, or sign in again.";
    case "replaced":
      return "You have opened the console in many newer tabs. Go on there, or load this one again.";
    case "not-understood":
    case "set-aside":
      return "The server did not understand this page. Load it again.";
  }
}
