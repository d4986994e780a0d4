import type { IssuedKey } from "#protocol/http/api-key.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { ShownOnce } from "./shown-once.tsx";

type IssuedKeyNoticeProps = { readonly issued: IssuedKey; readonly onDone: () => void };

/** A new key, this once. */
export function IssuedKeyNotice({ issued, onDone }: IssuedKeyNoticeProps) {
  return (
    <ShownOnce title={`The key “${issued.name}”`} label="The key" value={issued.token} onDone={onDone}>
      We keep no copy. Put it where its program keeps secrets: whoever has it does what you have allowed it to do, until{" "}
      {formatMoment(issued.expiresAt)} or until it is revoked.
    </ShownOnce>
  );
}
