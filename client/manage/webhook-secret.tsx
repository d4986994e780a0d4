import { ShownOnce } from "./shown-once.tsx";

/** The secret of a webhook, this once. */
export function WebhookSecretNotice({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  return (
    <ShownOnce title="The secret of the webhook" label="The secret" value={secret} onDone={onDone}>
      It is not shown again. Put it where your program keeps secrets: with it the program tells our messages from
      anybody else’s.
    </ShownOnce>
  );
}
