import { Group, Text, TextInput } from "@mantine/core";
import type { AskedTimes } from "#domain/access/guest-link.ts";
import { momentOfField, zoneWords } from "./local-moment.ts";
import { useNow } from "./use-now.ts";

/** The two fields as they are typed; empty: as usual. */
export type TimesTyped = { readonly notBefore: string; readonly expiresAt: string };

export const usualTimes: TimesTyped = { notBefore: "", expiresAt: "" };

/** What is asked for, or what is wrong with it in words. */
export function askedTimesOf({ notBefore, expiresAt }: TimesTyped, now: number): AskedTimes | string {
  const from = notBefore === "" ? null : momentOfField(notBefore);
  const until = expiresAt === "" ? null : momentOfField(expiresAt);
  if ((notBefore !== "" && from === null) || (expiresAt !== "" && until === null)) return "Enter a day and a time.";
  if (until !== null && until <= now) return "The link would be over already.";
  if (from !== null && until !== null && until <= from) return "The link would end before it begins.";
  return { notBefore: from, expiresAt: until };
}

type LinkTimesProps = { readonly typed: TimesTyped; readonly onChange: (typed: TimesTyped) => void };

/** When links are to be good, where the usual is too wide. */
export function LinkTimes({ typed, onChange }: LinkTimesProps) {
  const now = useNow();
  const asked = askedTimesOf(typed, now);
  return (
    <details>
      <summary>Set when the link is good</summary>
      <Text size="sm" my="xs">
        Left empty, it is good at once, and until the last who may begin has had the full time. It cannot be longer.
        Whoever is in the exam when it ends goes on. In the time of this computer: {zoneWords(now)}.
      </Text>
      <Group align="flex-start">
        <TextInput
          type="datetime-local"
          label="Not before"
          value={typed.notBefore}
          onChange={(event) => onChange({ ...typed, notBefore: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label="Not after"
          value={typed.expiresAt}
          onChange={(event) => onChange({ ...typed, expiresAt: event.currentTarget.value })}
        />
      </Group>
      {typeof asked === "string" ? (
        <Text size="sm" mt={4} c="var(--mantine-color-error)" role="alert">
          {asked}
        </Text>
      ) : null}
    </details>
  );
}
